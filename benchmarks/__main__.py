"""`script/bench [NAME]...`: prints the tables that the documentation quotes."""

import sys

from benchmarks import judging, planning

TABLES = {"judge": judging.main, "plan": planning.main}


def main(names: list[str]) -> int:
    unknown = [n for n in names if n not in TABLES]
    if unknown:
        print(
            f"no benchmark is called {unknown[0]}; there are: {', '.join(TABLES)}", file=sys.stderr
        )
        return 2
    for name in names or TABLES:
        TABLES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
