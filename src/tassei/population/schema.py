"""The tables of a population: what each column holds, and what a null in it means.

A population is a folder with `people.parquet` and `engagements.parquet`; either may be a folder of
part files instead, read in the order of their names. People are sorted by `person` (by the bytes of
UTF-8) and there once; engagements are grouped by `person` in the same order. A null is an unknown,
never a no. Months are numbers of the form 201904.
"""

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from tassei.framework.vocabulary import Vocabulary

PEOPLE = "people"
ENGAGEMENTS = "engagements"
VERSION = "tassei/population/1"
HOLDINGS = ("complexity", "achieved", "activities")
"""Columns of terms that hold; each has a second one, `…_not`, of terms that do not.

Where the second is null, the first is complete: what it leaves out does not hold, as far as the
editions in `written_for` know the term. Where it is a list, what neither names is unknown.
"""

_TERMS = pa.list_(pa.string())


def people_schema() -> pa.Schema:
    """One row a person, with all that is not about one engagement."""
    return pa.schema(
        [
            pa.field("person", pa.string(), nullable=False),
            pa.field("name", pa.string()),
            pa.field("unit", pa.string()),
            pa.field("written_for", _TERMS),
            # false: the record does not say whether there are engagements
            pa.field("engagements_listed", pa.bool_()),
            pa.field("areas", pa.list_(pa.struct([("area", pa.string()), ("depth", pa.string())]))),
            pa.field(
                "succession",
                pa.list_(
                    pa.struct([("kind", pa.string()), ("title", pa.string()), ("on", pa.int32())])
                ),
            ),
            pa.field("mentoring", pa.bool_()),
            pa.field(
                "examinations",
                pa.list_(pa.struct([("name", pa.string()), ("passed", pa.int32())])),
            ),
            pa.field("skills", pa.list_(pa.struct([("skill", pa.string()), ("level", pa.int8())]))),
            pa.field("knowledge", _TERMS),
        ],
        metadata={"schema": VERSION},
    )


def engagements_schema(vocabulary: "Vocabulary") -> pa.Schema:
    """One row an engagement; `size` has a column for each measure and scale of the vocabulary."""
    sizes = [pa.field(m, pa.int64()) for m in sorted(vocabulary.measures)]
    sizes += [pa.field(s, pa.string()) for s in sorted(vocabulary.scales)]
    columns = [
        pa.field("person", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("title", pa.string()),
        pa.field("fields", _TERMS),
        pa.field("from_month", pa.int32()),
        # null while the work goes on
        pa.field("to_month", pa.int32()),
        pa.field("role", pa.string()),
        pa.field("supervised", pa.bool_()),
        pa.field("succeeded", pa.bool_()),
    ]
    for name in HOLDINGS:
        columns += [pa.field(name, _TERMS), pa.field(f"{name}_not", _TERMS)]
    return pa.schema([*columns, pa.field("size", pa.struct(sizes))], metadata={"schema": VERSION})
