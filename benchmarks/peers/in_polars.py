"""Polars: one lazy query over data frames in memory."""

from functools import reduce
from operator import or_

import polars as pl
from rule import ALL_OUTCOMES, LEVELS, Level
from serve import Columns, Masks, packed, serve

_SPAN = 1 << 20
"""More months than there are."""


def prepare(columns: Columns):
    """The query, to be collected again and again."""
    works = pl.DataFrame({k[5:]: v for k, v in columns.items() if k.startswith("work_")})
    people = pl.DataFrame({k[7:]: v for k, v in columns.items() if k.startswith("person_")})
    people = people.with_row_index("person")
    query = _query(works.lazy(), people.lazy())
    return query.collect


def _of_level(asked: Level) -> pl.Expr:
    """Whether complexity and size of an engagement are of this level."""
    count = (pl.col("criteria") & asked.criteria).bitwise_count_ones()
    staff, yen = pl.col("staff"), pl.col("yen")
    clause = (count >= asked.at_least) & (
        (staff >= asked.staff)
        | (yen >= asked.yen)
        | ((count >= asked.at_least_low) & ((staff >= asked.staff_low) | (yen >= asked.yen_low)))
    )
    if asked.required:
        clause &= (pl.col("criteria") & asked.required) == asked.required
    return clause


def _counts() -> pl.Expr:
    """The highest level that an engagement counts for."""
    found: pl.Expr | None = None
    for n, asked in enumerate(LEVELS):
        of_level = reduce(or_, (_of_level(higher) for higher in LEVELS[: n + 1]))
        condition = (pl.col("role") >= asked.role) & of_level
        found = (pl if found is None else found).when(condition).then(pl.lit(asked.level, pl.Int8))
    return found.otherwise(pl.lit(0, pl.Int8))


def _months(asked: Level) -> pl.Expr:
    """The months that an engagement adds to those before it; rows come by person and start.

    The person is the greater part of each number, so that one running maximum serves all of them.
    """
    base = pl.col("person").cast(pl.Int64) * _SPAN
    counts = pl.col("counts") >= asked.level
    end = pl.when(counts).then(base + pl.col("last") + 1).otherwise(base)
    before = end.cum_max().shift(1, fill_value=0)
    return (
        pl.when(counts)
        .then((end - pl.max_horizontal(before, base + pl.col("first"))).clip(0))
        .otherwise(0)
        .alias(f"months_{asked.level}")
    )


def _query(works: pl.LazyFrame, people: pl.LazyFrame) -> pl.LazyFrame:
    covered = (
        works.filter(
            pl.col("field")
            & pl.col("succeeded")
            & (pl.col("role") >= min(asked.role for asked in LEVELS))
            & (pl.col("outcomes") == ALL_OUTCOMES)
            & (pl.col("first") >= 0)
        )
        .select("person", "first", "last", counts=_counts())
        .filter(pl.col("counts") > 0)
        .sort("person", "first")
        .select("person", *map(_months, LEVELS))
        .group_by("person")
        .agg(pl.all().sum())
    )
    return people.join(covered, on="person", how="left", maintain_order="left").select(
        (
            (pl.col(f"months_{asked.level}").fill_null(0) >= asked.months)
            & (pl.col("depth") >= asked.depth)
            & (pl.col("kinds").bitwise_count_ones() >= asked.kinds)
            & pl.col("mentoring")
        ).alias(f"level_{asked.level}")
        for asked in LEVELS
    )


def masks(found: pl.DataFrame) -> Masks:
    """Of the four columns."""
    return packed(*(found[f"level_{asked.level}"].to_numpy() for asked in LEVELS))


if __name__ == "__main__":
    serve(f"Polars {pl.__version__}", prepare, masks)
