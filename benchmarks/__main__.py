"""`script/bench [NAME]...`: prints the tables that the documentation quotes."""

import sys

from benchmarks import documents, fuzz_readers, importing, judging, planning

TABLES = {
    "judge": judging.main,
    "plan": planning.main,
    "documents": documents.main,
    "importing": importing.main,
    "fuzz": fuzz_readers.main,
}
LONG = {"fuzz"}
"""Run only where they are named."""


def main(names: list[str]) -> int:
    unknown = [n for n in names if n not in TABLES]
    if unknown:
        print(
            f"no benchmark is called {unknown[0]}; there are: {', '.join(TABLES)}", file=sys.stderr
        )
        return 2
    for name in names or [n for n in TABLES if n not in LONG]:
        TABLES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
