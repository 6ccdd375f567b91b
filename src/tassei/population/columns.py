"""Arrow tables -> the columns of the kernel: every value as a number that its tables know."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from tassei.framework.scales import Depth, Role
from tassei.population.program import Codebook, TermColumn
from tassei.population.records import (
    COMPLETE,
    NOT_SAID,
    PARTIAL,
    UNKNOWN,
    Codes,
    Integers,
    People,
    TermLists,
    Works,
)
from tassei.population.schema import HOLDINGS
from tassei.population.slices import NOT_ASKED


class UnknownValue(ValueError):
    """A value that nobody knows, with the column it stands in."""

    def __init__(self, column: str, value: str, row: int) -> None:
        super().__init__(f"{column}: {value!r} in row {row}")
        self.column, self.value, self.row = column, value, row


def people_columns(table: pa.RecordBatch, book: Codebook) -> People:
    """The people of a batch.

    Raises:
        UnknownValue: a term, a depth or an edition that does not exist.
    """
    editions = _list(table["written_for"])
    of = book.of_person
    depths = {depth.id: int(depth) for depth in Depth}
    return People(
        edition_start=editions.start,
        edition=_codes(editions.values, book.editions, "written_for", editions).astype(np.int32),
        listed=(_flags(table["engagements_listed"]) != 1).astype(np.int8),
        codes=_flags(table["mentoring"])[None, :],
        measures=np.zeros((0, len(table)), np.int64),
        terms=_together(
            _ranked(table["areas"], "areas", ("area", "depth"), of["areas"], depths),
            _terms(table["succession"], "succession", of["succession"], member="kind"),
            _terms(table["examinations"], "examinations", of["examinations"], member="name"),
            _ranked(table["skills"], "skills", ("skill", "level"), of["skills"]),
            _terms(table["knowledge"], "knowledge", of["knowledge"]),
        ),
    )  # fmt: skip


def work_columns(table: pa.RecordBatch, start: NDArray[np.int64], book: Codebook) -> Works:
    """The engagements of a batch; `start` says where those of each person begin.

    Raises:
        UnknownValue: a term, a role or a size in words that does not exist.
    """
    order = _by_start(_numbers(table["from_month"], -1), start)
    if order is None:
        return _work_columns(table, start, book)
    try:
        return _work_columns(table.take(order), start, book)
    except UnknownValue as error:
        raise UnknownValue(error.column, error.value, int(order[error.row])) from None


def _by_start(first: NDArray[np.int64], start: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """The order by start among those of one person; None where they stand in it already."""
    falls = np.flatnonzero(np.diff(first) < 0) + 1
    if not np.setdiff1d(falls, start).size:
        return None
    people = np.repeat(np.arange(len(start) - 1), np.diff(start))
    return np.lexsort((first, people))


def _work_columns(table: pa.RecordBatch, start: NDArray[np.int64], book: Codebook) -> Works:
    size = table["size"]
    recorded = {f.name for f in size.type}
    roles = {role.id: 1 + role for role in Role}
    codes = [_codes(table["role"], roles, "role").astype(np.int8)]
    codes += [_flags(table["supervised"]), _flags(table["succeeded"])]
    measures = np.full((len(book.measures), len(table)), UNKNOWN, np.int64)
    for row, measure in enumerate(book.measures):
        if measure in recorded:
            measures[row] = _numbers(pc.struct_field(size, measure), UNKNOWN)
    for scale, terms in book.scales.items():
        found = np.zeros(len(table), np.int8)
        if scale in recorded:
            found = _codes(pc.struct_field(size, scale), terms, f"size.{scale}").astype(np.int8)
        codes.append(found)
    of = book.of_work
    complexity, achieved, activities = (
        _terms(table[name], name, of[name], table[f"{name}_not"]) for name in HOLDINGS
    )
    return Works(
        start,
        _months(table["from_month"]),
        _months(table["to_month"]),
        np.stack(codes),
        measures,
        _together(
            _terms(table["fields"], "fields", of["fields"]), complexity, achieved, activities
        ),
    )


@frozen
class _List:
    """A list column taken apart: list i is `values[start[i]:start[i + 1]]`."""

    start: Integers
    values: pa.Array
    valid: NDArray[np.bool_]


def _list(column: pa.Array) -> _List:
    """Null lists become empty ones that are not valid."""
    offsets = column.offsets.to_numpy(zero_copy_only=False)
    valid = column.is_valid().to_numpy(zero_copy_only=False)
    # the values of the batch alone, whatever it was cut from
    values = column.values.slice(offsets[0], offsets[-1] - offsets[0])
    return _List((offsets - offsets[0]).astype(np.int32), values, valid)


def _numbers(column: pa.Array, unknown: int) -> NDArray[np.int64]:
    found = pc.fill_null(column, unknown) if column.null_count else column
    return found.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _months(column: pa.Array) -> Integers:
    """Months as numbers; -1 for null."""
    written: Integers = _numbers(column, -1).astype(np.int32, copy=False)
    months = np.where(written < 0, -1, written // 100 * 12 + written % 100 - 1)
    found: Integers = months.astype(np.int32, copy=False)
    return found


def _flags(column: pa.Array) -> Codes:
    """0 for null, 1 for no, 2 for yes."""
    yes = pc.fill_null(pc.cast(column, pa.int8()), -1).to_numpy(zero_copy_only=False)
    flags: Codes = (yes + 1).astype(np.int8)
    return flags


def _dictionary(column: pa.Array) -> tuple[NDArray[np.int32], list[str | None]]:
    """Numbers of the words, -1 for null, and the words."""
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column)
    indices = pc.fill_null(column.indices, -1) if column.null_count else column.indices
    numbers = indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return numbers, column.dictionary.to_pylist()


def _codes(
    column: pa.Array, codes: Mapping[str, int], name: str, lists: _List | None = None
) -> NDArray[np.int64]:
    """Words -> their codes; 0 for null."""
    numbers, words = _dictionary(column)
    found = [codes.get(word or "") for word in words]
    _refuse_unknown(numbers, found, words, name, lists)
    return np.array([*(code or 0 for code in found), 0], np.int64)[numbers]


@frozen
class _Column:
    """One column of lists of terms.

    Args:
        denied: the lists of terms that do not hold; None where no row has one.
    """

    state: Codes
    start: Integers
    code: Integers
    denied: tuple[Integers, Integers] | None = None


def _terms(
    column: pa.Array,
    name: str,
    terms: TermColumn,
    denied: pa.Array | None = None,
    member: str | None = None,
) -> _Column:
    """Lists of terms, with those of terms that do not hold where the column has them.

    Args:
        member: where the lists are of structs, the member that is the term.
    """
    lists = _list(column)
    state = np.where(lists.valid, COMPLETE, NOT_SAID).astype(np.int8)
    number, spelt = _dictionary(lists.values.field(member) if member else lists.values)
    _refuse_strangers(number, spelt, terms, name, lists)
    code = _coded(number, [terms.held.get((word or "", 0), NOT_ASKED) for word in spelt])
    if denied is None or denied.null_count == len(denied):
        return _Column(state, lists.start, code)
    without = _list(denied)
    state[without.valid] = PARTIAL
    number, spelt = _dictionary(without.values)
    _refuse_strangers(number, spelt, terms, f"{name}_not", without)
    refused = _coded(number, [terms.denied.get(word or "", NOT_ASKED) for word in spelt])
    return _Column(state, lists.start, code, (without.start, refused))


def _ranked(
    column: pa.Array,
    name: str,
    members: tuple[str, str],
    terms: TermColumn,
    ranks: Mapping[str, int] | None = None,
) -> _Column:
    """Lists of terms with a rank; the code of an entry is that of both.

    Args:
        ranks: the words for ranks; None where the rank is a number.
    """
    lists = _list(column)
    term, rank = members
    number, spelt = _dictionary(lists.values.field(term))
    _refuse_strangers(number, spelt, terms, f"{name}.{term}", lists)
    ranked = lists.values.field(rank)
    height = _codes(ranked, ranks, f"{name}.{rank}", lists) if ranks else _numbers(ranked, 0)
    used = int(height.max(initial=0)) + 1
    codes = [terms.held.get((word or "", r), NOT_ASKED) for word in spelt for r in range(used)]
    state = np.where(lists.valid, COMPLETE, NOT_SAID).astype(np.int8)
    return _Column(state, lists.start, _coded(number * used + height, codes))


def _coded(numbers: NDArray[np.integer[Any]], codes: Sequence[int]) -> Integers:
    """Numbers of words -> the codes of the words."""
    found: Integers = np.array([*codes, NOT_ASKED], np.int32)[numbers]
    return found


def _together(*columns: _Column) -> TermLists:
    """Columns one behind the other."""
    rows = len(columns[0].state)
    nobody = np.zeros(rows + 1, np.int32), np.zeros(0, np.int32)
    lists = [(c.start, c.code) for c in columns] + [c.denied or nobody for c in columns]
    starts = np.empty((len(lists), rows + 1), np.int32)
    at = 0
    for number, (start, code) in enumerate(lists):
        starts[number] = start + np.int32(at)
        at += len(code)
    return TermLists(
        np.stack([c.state for c in columns]),
        starts[: len(columns)],
        starts[len(columns) :],
        np.concatenate([code for _, code in lists]),
    )


def _refuse_strangers(
    numbers: NDArray[np.int32],
    spelt: Sequence[str | None],
    terms: TermColumn,
    name: str,
    lists: _List,
) -> None:
    """Refuse a term that evidence may not name in this column."""
    known = [word if terms.knows(word) else None for word in spelt]
    _refuse_unknown(numbers, known, spelt, name, lists)


def _refuse_unknown(
    numbers: NDArray[np.int32],
    found: Sequence[object],
    words: Sequence[str | None],
    name: str,
    lists: _List | None,
) -> None:
    """Refuse a word that nobody knows, where it is used, and a null among the entries of a list."""
    wrong = [n for n, one in enumerate(found) if one is None]
    if lists is not None:
        wrong.append(-1)
    for n in wrong:
        used = np.flatnonzero(numbers == n)
        if used.size:
            at = int(used[0])
            row = at if lists is None else int(np.searchsorted(lists.start, at, "right")) - 1
            raise UnknownValue(name, "null" if n < 0 else str(words[n]), row)
