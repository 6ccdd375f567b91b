"""DuckDB: one query with window functions over tables in memory."""

import duckdb
from rule import ALL_OUTCOMES, LEVELS, Level
from serve import Columns, Masks, packed, serve


def prepare(columns: Columns):
    """Load the tables; the query is prepared anew each time, which takes under a millisecond."""
    database = duckdb.connect()
    for table in ("work", "person"):
        part = {k.removeprefix(f"{table}_"): v for k, v in columns.items() if k.startswith(table)}
        if table == "person":
            part["person"] = range_of(len(part["depth"]))
        names = ", ".join(f'"{n}"' for n in part)
        database.execute(f"create table {table}s as select {names} from part")
    query = _query()
    return lambda: database.execute(query).fetchnumpy()


def range_of(count: int):
    """Numbers of rows, in the type that engagements name people by."""
    import numpy as np

    return np.arange(count, dtype=np.int32)


def _of_level(asked: Level) -> str:
    count = f"bit_count(criteria & {asked.criteria}::utinyint)"
    required = f"and criteria & {asked.required} = {asked.required}" if asked.required else ""
    return f"""({count} >= {asked.at_least} {required} and (
        staff >= {asked.staff} or yen >= {asked.yen}
        or ({count} >= {asked.at_least_low}
            and (staff >= {asked.staff_low} or yen >= {asked.yen_low}))))"""


def _query() -> str:
    cases, gains, sums, met = [], [], [], []
    for n, asked in enumerate(LEVELS):
        level, of_level = asked.level, " or ".join(map(_of_level, LEVELS[: n + 1]))
        cases.append(f"when role >= {asked.role} and ({of_level}) then {level}")
        gains.append(f"""case when counts >= {level} then greatest(0, last - greatest(first - 1,
            coalesce(max(last) filter (counts >= {level}) over before, -1))) end as gain_{level}""")
        sums.append(f"sum(gain_{level}) as months_{level}")
        met.append(f"""coalesce(months_{level}, 0) >= {asked.months} and depth >= {asked.depth}
            and bit_count(kinds) >= {asked.kinds} and mentoring as level_{level}""")
    return f"""
    with counted as materialized (
        select person, first, last, case {" ".join(cases)} else 0 end::tinyint as counts
        from works
        where field and succeeded and outcomes = {ALL_OUTCOMES} and first >= 0
            and role >= {min(a.role for a in LEVELS)} and counts > 0
    ), gained as (
        select person, {", ".join(gains)} from counted
        window before as (partition by person order by first
            rows between unbounded preceding and 1 preceding)
    ), covered as (select person, {", ".join(sums)} from gained group by person)
    select {", ".join(met)} from persons left join covered using (person) order by person
    """


def masks(found: dict) -> Masks:
    """Of the four columns."""
    return packed(*(found[f"level_{asked.level}"] for asked in LEVELS))


if __name__ == "__main__":
    serve(f"DuckDB {duckdb.__version__}", prepare, masks)
