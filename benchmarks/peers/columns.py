"""A population -> the columns that the peers read, made as easy for them as they could wish.

Lists of terms are bits already, the depth is that of the deepest area that matters, months are counted,
and what is not recorded stands for "no", since the peers know two values only.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.peers.rule import AREAS, CRITERIA, KINDS, OUTCOMES
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Vocabulary

FIELD = "itss-v2-2006/it-service-management/operations-management"
_WORK = (
    "person", "fields", "role", "succeeded", "achieved", "complexity", "from_month", "to_month", "size",
)  # fmt: skip
_PERSON = ("person", "areas", "succession", "mentoring")


def write_columns(population: Path, vocabulary: Vocabulary, now: int, folder: Path) -> None:
    """Write a `.npy` file a column.

    Args:
        now: the month that ongoing work is counted up to, as `Month.number` counts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    people = pq.read_table(population / "people.parquet", columns=list(_PERSON)).combine_chunks()
    works = pq.read_table(population / "engagements.parquet", columns=list(_WORK)).combine_chunks()
    row = pc.index_in(works["person"], value_set=people["person"])
    columns = {f"work_{k}": v for k, v in _work_columns(works, vocabulary, now).items()}
    columns["work_person"] = row.combine_chunks().to_numpy().astype(np.int32)
    columns |= {f"person_{k}": v for k, v in _person_columns(people, vocabulary).items()}
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", column)


def _work_columns(works: pa.Table, vocabulary: Vocabulary, now: int) -> dict[str, NDArray[Any]]:
    size = works["size"].combine_chunks()
    roles = pc.index_in(works["role"], value_set=pa.array(r.id for r in sorted(Role)))
    last = _months(works["to_month"])
    return {
        "field": _bits(works["fields"], [FIELD], vocabulary).astype(bool),
        "role": _numbers(roles).astype(np.int8),
        "succeeded": _yes(works["succeeded"]),
        "outcomes": _bits(works["achieved"], OUTCOMES, vocabulary),
        "criteria": _bits(works["complexity"], CRITERIA, vocabulary),
        "staff": _numbers(pc.struct_field(size, "managed_staff")),
        "yen": _numbers(pc.struct_field(size, "annual_contract_yen")),
        "first": _months(works["from_month"]),
        "last": np.where(last < 0, now, np.minimum(last, now)).astype(np.int32),
    }


def _person_columns(people: pa.Table, vocabulary: Vocabulary) -> dict[str, NDArray[Any]]:
    areas = people["areas"].combine_chunks()
    ranks = pa.array(d.id for d in sorted(Depth))
    depth = _numbers(pc.index_in(areas.values.field("depth"), value_set=ranks))
    asked = pc.is_in(areas.values.field("area"), value_set=pa.array(AREAS)).to_numpy(False)
    deepest = _reduced(np.maximum, np.where(asked, depth + 1, 0).astype(np.int8), areas) - 1
    return {
        "depth": deepest.astype(np.int8),
        "kinds": _bits(people["succession"], KINDS, vocabulary, "kind"),
        "mentoring": _yes(people["mentoring"]),
    }


def _bits(
    column: pa.ChunkedArray, terms: Any, vocabulary: Vocabulary, member: str | None = None
) -> NDArray[np.uint8]:
    """For each list the bits of the terms in it, and of those that follow from them."""
    lists = column.combine_chunks()
    values = lists.values.field(member) if member else lists.values
    encoded = values.dictionary_encode()
    bit = {term: 1 << n for n, term in enumerate(terms)}
    words = [
        sum(bit.get(t, 0) for t in vocabulary.with_broader([w]))
        for w in encoded.dictionary.tolist()
    ]
    return _reduced(np.bitwise_or, np.array(words, np.uint8)[encoded.indices.to_numpy()], lists)


def _reduced(how: np.ufunc, values: NDArray[Any], lists: pa.ListArray) -> NDArray[Any]:
    """One value a list; 0 for an empty one."""
    offsets = lists.offsets.to_numpy()
    padded = np.append(values, values.dtype.type(0))
    found = how.reduceat(padded, offsets[:-1])
    return np.where(np.diff(offsets) > 0, found, 0).astype(values.dtype)


def _numbers(column: Any) -> NDArray[np.int64]:
    filled = pc.fill_null(column, -1)
    return np.asarray(filled.to_numpy()).astype(np.int64)


def _months(column: Any) -> NDArray[np.int32]:
    written = _numbers(column)
    return np.where(written < 0, -1, written // 100 * 12 + written % 100 - 1).astype(np.int32)


def _yes(column: Any) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False), bool)
