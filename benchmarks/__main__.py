"""`script/bench [NAME]...`: prints the tables that the documentation quotes."""

import argparse
from collections.abc import Callable

from attrs import evolve

from benchmarks import documents, fuzz_readers, importing, judging, planning

TABLES: dict[str, Callable[[], object]] = {
    "judge": judging.main,
    "plan": planning.main,
    "documents": documents.main,
    "importing": importing.main,
    "fuzz": fuzz_readers.main,
}
LONG = {"fuzz", "population"}
"""Run only where they are named."""


def main() -> None:
    """Print what is asked for."""
    from benchmarks.population import PARTS, QUICK, Plan
    from benchmarks.population import main as population

    every = [*TABLES, "population"]
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("name", nargs="*", choices=[*every, []], help="the short ones without it")
    parser.add_argument(
        "--quick", action="store_true", help="population: fewer people, to see that all runs"
    )
    parser.add_argument(
        "--part", action="append", choices=PARTS, help="population: this part of the table alone"
    )
    parser.add_argument("--rounds", type=int, help="population: how often each is measured")
    asked = parser.parse_args()
    for name in asked.name or [n for n in every if n not in LONG]:
        if name != "population":
            TABLES[name]()
            continue
        plan = QUICK if asked.quick else Plan()
        if asked.rounds:
            plan = evolve(
                plan, rounds=asked.rounds, long_rounds=min(asked.rounds, plan.long_rounds)
            )
        population(plan, asked.part or ())


if __name__ == "__main__":
    main()
