"""How long it takes to draft an edition from the official documents, grammars compiled and all."""

import subprocess
import sys
import time
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "shared" / "sources"
_EACH = """
import sys, time
from pathlib import Path
sys.path[:0] = {path!r}
from tassei.documents.drafting import draft
from tassei.documents.reading import read_document
from tassei.encoding.compiled import standards
everything = standards()
for name in {names!r}:
    began = time.perf_counter()
    document = read_document(Path(name))
    read = time.perf_counter()
    made = draft(document, everything)
    done = time.perf_counter()
    print(Path(name).name[:3], len(made.edition.indicators), read - began, done - read, sep="\\t")
"""


def main() -> None:
    """Print a row for each of the five documents, read one after another in a fresh process."""
    names = sorted(map(str, SOURCES.glob("00?_*.txt")))
    if not names:
        print("importing: the official documents are not in ../shared/sources")
        return
    print(
        "importing the official documents (seconds; the first of a language compiles its grammar)"
    )
    print(f"{'document':<10}{'indicators':>11}{'read':>8}{'draft':>8}")
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _EACH.format(path=sys.path, names=names)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    total = 0.0
    for row in done.stdout.splitlines():
        name, count, read, draft = row.split("\t")
        total += float(read) + float(draft)
        print(f"{name:<10}{count:>11}{float(read):>8.2f}{float(draft):>8.2f}")
    print(
        f"{'together':<21}{total:>16.2f}  (with start of the program: {time.perf_counter() - began:.2f})"
    )
