"""Made people for the benchmarks, kept in `.cache/` from one run to the next."""

import hashlib
import importlib
import sys
import time
from pathlib import Path

from attrs import evolve

from tassei.encoding.compiled import fingerprint, shipped, standards
from tassei.encoding.standards import Standards
from tassei.population.generate import ROWS
from tassei.population.generate import generate as generated
from tassei.population.store import Writer

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "benchmarks"
SEED = 2026
_MADE_BY = (
    "book", "careers", "demands", "draws", "generate", "lists", "names", "recipes", "schema", "store",
    "units",
)  # fmt: skip


def population(people: int, field: str | None = None) -> Path:
    """The folder of a population of so many people; made where it is not there yet.

    Args:
        field: `EDITION/FIELD`, the only one that the people work in; all fields where left out.
    """
    kind = field.rsplit("/", 1)[-1] if field else "all"
    folder = CACHE / _digest() / f"{kind}-{people}"
    if folder.exists():
        return folder
    started = time.monotonic()
    every = standards()
    of = only(every, field) if field else every
    with Writer(folder, every.vocabulary) as writer:
        made = 0
        for batch in generated(people, SEED, of):
            writer.write(*batch)
            made += batch[0].num_rows
            if made % (16 * ROWS) == 0:
                print(f"made {made:,} of {people:,} people", file=sys.stderr, flush=True)
    seconds = time.monotonic() - started
    print(f"made {people:,} people in {seconds:.0f} s: {folder}", file=sys.stderr, flush=True)
    return folder


def only(every: Standards, field: str) -> Standards:
    """The standards, cut down to one field."""
    edition_id, _, field_id = field.rpartition("/")
    edition = every.edition(edition_id)
    edition = evolve(
        edition,
        fields=tuple(f for f in edition.fields if f.id == field_id),
        indicators=tuple(i for i in edition.indicators if i.field_id == field_id),
    )
    return evolve(every, editions=(edition,))


def _digest() -> str:
    """Of all that the people depend on: another generator or another standard makes others."""
    digest = hashlib.sha256(fingerprint(shipped("standards")).encode())
    for name in _MADE_BY:
        source = importlib.import_module(f"tassei.population.{name}").__file__
        assert source is not None
        digest.update(Path(source).read_bytes())
    return digest.hexdigest()[:12]
