"""Made people for the benchmarks, kept in `.cache/` from one run to the next."""

import hashlib
import importlib
import sys
import time
from pathlib import Path

from tassei.encoding.compiled import fingerprint, shipped, standards
from tassei.population.generate import ROWS
from tassei.population.generate import generate as generated
from tassei.population.store import Writer

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "benchmarks"
SEED = 2026
_MADE_BY = (
    "book", "careers", "demands", "draws", "generate", "lists", "names", "recipes", "schema", "store",
    "units",
)  # fmt: skip


def population(people: int, edition: str | None = None) -> Path:
    """The folder of a population of so many people; made where it is not there yet.

    Args:
        edition: the only one whose fields the people work in; all where left out.
    """
    kind = edition.replace("/", "-") if edition else "all"
    folder = CACHE / _digest() / f"{kind}-{people}"
    if folder.exists():
        return folder
    started = time.monotonic()
    every = standards()
    with Writer(folder, every.vocabulary) as writer:
        made = 0
        for batch in generated(people, SEED, every, editions=[edition] if edition else None):
            writer.write(*batch)
            made += batch[0].num_rows
            if made % (16 * ROWS) == 0:
                print(f"made {made:,} of {people:,} people", file=sys.stderr, flush=True)
    seconds = time.monotonic() - started
    print(f"made {people:,} people in {seconds:.0f} s: {folder}", file=sys.stderr, flush=True)
    return folder


def _digest() -> str:
    """Of all that the people depend on: another generator or another standard makes others."""
    digest = hashlib.sha256(fingerprint(shipped("standards")).encode())
    for name in _MADE_BY:
        source = importlib.import_module(f"tassei.population.{name}").__file__
        assert source is not None
        digest.update(Path(source).read_bytes())
    return digest.hexdigest()[:12]
