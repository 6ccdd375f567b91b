"""`script/bench [NAME]...`: prints the tables that the documentation quotes."""

import argparse
from collections.abc import Callable
from contextlib import nullcontext

from attrs import evolve

from benchmarks import documents, fuzz_readers, importing, judging, planning, web_live

TABLES: dict[str, Callable[[], object]] = {
    "judge": judging.main,
    "documents": documents.main,
    "importing": importing.main,
    "fuzz": fuzz_readers.main,
    "web-live": web_live.main,
}
NAMES = (*TABLES, "engines", "plan", "population", "web")
LONG = {"engines", "fuzz", "plan", "population", "web", "web-live"}
"""Run only where they are named."""


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument(
        "name", nargs="*", help=f"{', '.join(NAMES)}; all but {', '.join(sorted(LONG))} without it"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="engines, plan, population, web: fewer people, to see that all runs",
    )
    parser.add_argument("--part", action="append", help="population: this part of the table alone")
    parser.add_argument(
        "--rounds", type=int, help="engines, population: how often each is measured"
    )
    parser.add_argument(
        "--quote",
        action="store_true",
        help="engines, plan, population, web: put the table into the documentation",
    )
    asked = parser.parse_args()
    unknown = [n for n in asked.name if n not in NAMES]
    if unknown:
        parser.error(f"no benchmark is called {unknown[0]}; there are: {', '.join(NAMES)}")
    if asked.quote and (asked.quick or asked.part):
        parser.error("what the documentation quotes is the whole table, of the whole population")
    for name in asked.name or [n for n in NAMES if n not in LONG]:
        if name == "population":
            _population(asked)
        elif name == "plan":
            _plan(asked)
        elif name == "engines":
            _engines(asked)
        elif name == "web":
            _web(asked)
        else:
            TABLES[name]()


def _plan(asked: argparse.Namespace) -> None:
    from benchmarks.quoting import quoted

    with quoted("plan") if asked.quote else nullcontext():
        planning.main(planning.QUICK if asked.quick else planning.GENERATED)


def _web(asked: argparse.Namespace) -> None:
    from benchmarks import web
    from benchmarks.quoting import quoted

    with quoted("web") if asked.quote else nullcontext():
        web.main(web.QUICK if asked.quick else web.Plan())


def _population(asked: argparse.Namespace) -> None:
    from benchmarks.population import QUICK, Plan
    from benchmarks.population import main as population
    from benchmarks.quoting import quoted

    plan = QUICK if asked.quick else Plan()
    if asked.rounds:
        plan = evolve(plan, rounds=asked.rounds, long_rounds=min(asked.rounds, plan.long_rounds))
    with quoted("population") if asked.quote else nullcontext():
        population(plan, asked.part or ())


def _engines(asked: argparse.Namespace) -> None:
    from benchmarks.engines import PEOPLE, QUICK, ROUNDS
    from benchmarks.engines import main as engines
    from benchmarks.quoting import quoted

    page = "explanation/thirty-million-people.md"
    with quoted("engines", page) if asked.quote else nullcontext():
        engines(QUICK if asked.quick else PEOPLE, asked.rounds or (1 if asked.quick else ROUNDS))


if __name__ == "__main__":
    main()
