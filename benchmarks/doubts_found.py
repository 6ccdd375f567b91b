"""How good the rules are that find doubts: precision by hand-made labels, recall against the register.

Run it where the five official documents lie in `../shared/sources`:

    python -m benchmarks.doubts_found

A proposal counts as real where `doubts_found.labels.yaml` says so, after it was held against the
document; one without a label counts as not real. Recall is the share of the register's entries that
some real proposal hits, over all entries and by kind.
"""

import sys
from collections import Counter
from pathlib import Path

from attrs import frozen

from tassei.comparing.finding.find import find_doubts
from tassei.comparing.finding.open_places import RULES_OF_OPEN_PLACES
from tassei.comparing.finding.proposal import Proposal
from tassei.documents.pieces import Document
from tassei.encoding.compiled import standards
from tassei.framework.doubts import Doubt
from tassei.marked import parse

ROOT = Path(__file__).resolve().parent.parent
LABELS = Path(__file__).with_name("doubts_found.labels.yaml")
SOURCES = ROOT.parent / "shared" / "sources"
BY_MEANING = frozenset({"ambiguity", "contradiction", "mistranslation"})
"""Kinds that mostly need somebody who understands the text, or its original in the other language."""


@frozen
class Label:
    """What a person says of one proposal, having looked at the document."""

    real: bool
    doubts: tuple[str, ...]
    why: str


@frozen
class Score:
    """The figures of one run."""

    proposals: tuple[Proposal, ...]
    real: tuple[Proposal, ...]
    new: tuple[Proposal, ...]
    unlabelled: tuple[Proposal, ...]
    hit: frozenset[str]
    register: tuple[Doubt, ...]

    @property
    def precision(self) -> float:
        return len(self.real) / len(self.proposals)

    @property
    def recall(self) -> float:
        return len(self.hit) / len(self.register)

    def without_open_places(self) -> float:
        """Precision without the rules on what a text leaves open by its nature, which seldom err."""
        mine = [p for p in self.proposals if p.rule not in RULES_OF_OPEN_PLACES]
        return sum(p in self.real for p in mine) / len(mine)

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """Kind -> entries hit, and entries in the register."""
        total = Counter(d.kind for d in self.register)
        hit = Counter(d.kind for d in self.register if d.id in self.hit)
        return {kind: (hit[kind], total[kind]) for kind in sorted(total)}

    def of_kinds(self, *, by_meaning: bool) -> tuple[int, int]:
        """Entries hit and in the register, of the kinds that a linter could or could not be asked to find."""
        mine = [d for d in self.register if (d.kind in BY_MEANING) is by_meaning]
        return sum(d.id in self.hit for d in mine), len(mine)


def labels() -> dict[str, Label]:
    """The labels by the key of the proposal."""
    tree = parse(LABELS.read_text("utf-8"), LABELS.name).plain()
    return {x["key"]: Label(x["real"], tuple(x["doubts"]), x["why"]) for x in tree["labels"]}


def score(documents: dict[str, Document]) -> Score:
    """Run all rules over the editions whose documents are given, by their number."""
    everything = standards()
    known = labels()
    found = tuple(
        p
        for e in everything.editions
        if e.document in documents
        for p in find_doubts(e, documents[e.document])
    )
    real = tuple(p for p in found if p.key in known and known[p.key].real)
    return Score(
        found,
        real,
        tuple(p for p in real if not known[p.key].doubts),
        tuple(p for p in found if p.key not in known),
        frozenset(d for p in real for d in known[p.key].doubts),
        everything.doubts,
    )


def report(result: Score) -> str:
    """The figures as text."""
    lines = [
        f"proposals            {len(result.proposals)}",
        f"real                 {len(result.real)}",
        f"  of them new        {len(result.new)}  (not in the register)",
        f"not labelled         {len(result.unlabelled)}",
        f"precision            {result.precision:.1%}",
        f"  without open places {result.without_open_places():.1%}",
        f"recall, register     {len(result.hit)} of {len(result.register)}  {result.recall:.1%}",
    ]
    for words, meaning in (("kinds of form", False), ("kinds of meaning", True)):
        hit, total = result.of_kinds(by_meaning=meaning)
        lines.append(f"  {words:18} {hit} of {total}  {hit / total:.1%}")
    lines += ["", "kind                 found  of"]
    lines += [f"{k:20} {hit:5} {total:3}" for k, (hit, total) in result.by_kind().items()]
    lines += [f"not labelled: {p.key}" for p in result.unlabelled]
    return "\n".join(lines)


def main() -> int:
    if not SOURCES.is_dir():
        print(f"the official documents are not at {SOURCES}", file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT / "tests"))
    from comparing.sources import source

    print(report(score({n: source(n) for n in ("000", "001", "002", "003", "004")})))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
