"""Arrow tables -> the columns of the kernel: every value as a number that its tables know."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from tassei.framework.scales import Depth, Role
from tassei.population.kernel import (
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
from tassei.population.program import Codebook, TermColumn
from tassei.population.schema import HOLDINGS
from tassei.population.screen import Words


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
    words = book.words_of_person
    of = book.of_person
    depths = {depth.id: int(depth) for depth in Depth}
    return People(
        edition_start=editions.start,
        edition=_codes(editions.values, book.editions, "written_for", editions).astype(np.int32),
        listed=(_flags(table["engagements_listed"]) != 1).astype(np.int8),
        codes=_flags(table["mentoring"])[None, :],
        measures=np.zeros((0, len(table)), np.int64),
        terms=_together(
            _ranked(table["areas"], "areas", ("area", "depth"), of["areas"], words, depths),
            _terms(table["succession"], "succession", of["succession"], words, member="kind"),
            _terms(table["examinations"], "examinations", of["examinations"], words, member="name"),
            _ranked(table["skills"], "skills", ("skill", "level"), of["skills"], words),
            _terms(table["knowledge"], "knowledge", of["knowledge"], words),
        ),
    )  # fmt: skip


def work_columns(table: pa.RecordBatch, start: NDArray[np.int64], book: Codebook) -> Works:
    """The engagements of a batch; `start` says where those of each person begin.

    Raises:
        UnknownValue: a term, a role or a size in words that does not exist.
    """
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
    words, of = book.words_of_work, book.of_work
    complexity, achieved, activities = (
        _terms(table[name], name, of[name], words, table[f"{name}_not"]) for name in HOLDINGS
    )
    return Works(
        start,
        _numbers(table["from_month"], -1).astype(np.int32, copy=False),
        _numbers(table["to_month"], -1).astype(np.int32, copy=False),
        np.stack(codes),
        measures,
        _together(
            _terms(table["fields"], "fields", of["fields"], words), complexity, achieved, activities
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
    """One column of lists of terms, with its own codes.

    Args:
        denied: the lists of terms that do not hold; None where no row has one.
        bits, named: (codes, words) for both.
    """

    state: Codes
    start: Integers
    code: Integers
    bits: Words
    named: Words
    denied: tuple[Integers, Integers] | None = None


def _terms(
    column: pa.Array,
    name: str,
    terms: TermColumn,
    words: int,
    denied: pa.Array | None = None,
    member: str | None = None,
) -> _Column:
    """Lists of terms, with those of terms that do not hold where the column has them.

    Args:
        member: where the lists are of structs, the member that is the term.
    """
    lists = _list(column)
    state = np.where(lists.valid, COMPLETE, NOT_SAID).astype(np.int8)
    code, spelt = _dictionary(lists.values.field(member) if member else lists.values)
    bits = _rows(code, spelt, terms, name, lists, words)
    if denied is None or denied.null_count == len(denied):
        return _Column(state, lists.start, code, bits, bits)
    without = _list(denied)
    state[without.valid] = PARTIAL
    denied_code, denied_spelt = _dictionary(without.values)
    more = _rows(denied_code, denied_spelt, terms, f"{name}_not", without, words)
    bits = np.concatenate([bits, more])
    denied_code = denied_code + np.int32(len(spelt))
    return _Column(state, lists.start, code, bits, bits, (without.start, denied_code))


def _ranked(
    column: pa.Array,
    name: str,
    members: tuple[str, str],
    terms: TermColumn,
    words: int,
    ranks: Mapping[str, int] | None = None,
) -> _Column:
    """Lists of terms with a rank; the code of an entry is made of both.

    Args:
        ranks: the words for ranks; None where the rank is a number.
    """
    lists = _list(column)
    term, rank = members
    number, spelt = _dictionary(lists.values.field(term))
    ranked = lists.values.field(rank)
    height = _codes(ranked, ranks, f"{name}.{rank}", lists) if ranks else _numbers(ranked, 0)
    used = int(height.max(initial=0)) + 1
    bits = [_rows(number, spelt, terms, f"{name}.{term}", lists, words, r) for r in range(used)]
    named = _rows(number, spelt, terms, name, lists, words, terms.top)
    return _Column(
        np.where(lists.valid, COMPLETE, NOT_SAID).astype(np.int8),
        lists.start,
        (number * used + height).astype(np.int32),
        np.stack(bits, axis=1).reshape(-1, words),
        np.repeat(named, used, axis=0),
    )


def _together(*columns: _Column) -> TermLists:
    """Columns one behind the other, each with its own part of the codes."""
    rows = len(columns[0].state)
    nobody = np.zeros(rows + 1, np.int32), np.zeros(0, np.int32)
    lists = [(c.start, c.code) for c in columns] + [c.denied or nobody for c in columns]
    starts = np.empty((len(lists), rows + 1), np.int32)
    codes = np.empty(sum(len(code) for _, code in lists), np.int32)
    bases = [0, *accumulate(len(c.bits) for c in columns[:-1])] * 2
    at = 0
    for number, ((start, code), base) in enumerate(zip(lists, bases, strict=True)):
        starts[number] = start + np.int32(at)
        codes[at : at + len(code)] = code + np.int32(base)
        at += len(code)
    ranked = any(c.named is not c.bits for c in columns)
    bits = np.concatenate([c.bits for c in columns])
    named = np.concatenate([c.named for c in columns])
    return TermLists(
        np.stack([c.state for c in columns]),
        starts[: len(columns)],
        starts[len(columns) :],
        codes.view(np.uint32),
        bits,
        named if ranked else named[:0],
    )


def _rows(
    numbers: NDArray[np.int32],
    spelt: Sequence[str | None],
    terms: TermColumn,
    name: str,
    lists: _List,
    words: int,
    rank: int = 0,
) -> Words:
    """The bits of each word of a dictionary."""
    known = terms.ids
    found = [
        terms.row(word, rank) if word and (known is None or word in known) else None
        for word in spelt
    ]
    _refuse_unknown(numbers, found, spelt, name, lists)
    rows = [row or [0] * words for row in found]
    return np.array(rows, np.uint64).reshape(len(rows), words)


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
