"""Evidence -> facts: for every question that the rules ask, whether it is surely and possibly so.

Each question (`Atom`) has a bit. A person's facts are two sets of bits for the person and two for each
engagement: what surely holds, and what possibly holds. Every unknown is in the second and not in the
first; that is all that the evaluation of a rule needs to know.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from attrs import frozen

from tassei.evidence.known import Kind, Known
from tassei.evidence.model import Engagement, Evidence, Holding
from tassei.evidence.months import Month, Run
from tassei.framework.scales import Role
from tassei.rules.nodes import Atom, Leaf, Rule, walk

NO_MONTH: Run = (0, -1)
EVERY_MONTH: Run = (0, 1_000_000)


@frozen
class World:
    """One way the facts may be: all unknowns no, or all unknowns yes.

    Args:
        person: bits of the atoms that hold for the person.
        engagements: for each engagement the bits that hold and the months it covers.
        unlisted: there may be engagements that the record does not list.
    """

    person: int
    engagements: tuple[tuple[int, Run], ...]
    unlisted: bool


@frozen
class Facts:
    """A person's facts in both worlds; engagements in the order of the evidence."""

    evidence: Evidence
    surely: World
    possibly: World


@frozen
class Asked:
    """A leaf in bits: what it asks, how many of it, and which are mandatory."""

    atoms: tuple[tuple[Atom, int], ...]
    mask: int
    required: int
    at_least: int


class AtomTable:
    """The bit of every atom that some rules ask, arranged by what evidence records.

    Built once for a set of rules; `facts` is then a few look-ups for each recorded value.
    """

    def __init__(self, rules: Iterable[Rule], known: Known) -> None:
        self.known = known
        self.bits: dict[Atom, int] = {}
        for rule in rules:
            for node in walk(rule):
                for atom in node.asks if isinstance(node, Leaf) else ():
                    self.bits.setdefault(atom, 1 << len(self.bits))
        self._by_id: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._ranked: dict[str, dict[str, list[tuple[Atom, int]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._mask: dict[str, int] = defaultdict(int)
        for atom, bit in self.bits.items():
            self._by_id[atom.kind][atom.id] |= bit
            self._ranked[atom.kind][atom.id].append((atom, bit))
            self._mask[atom.kind] |= bit
        self._roles = {
            role: sum(bit for atom, bit in self._ranked["role"][""] if role >= (atom.at_least or 0))
            for role in Role
        }
        self._unknown_to: dict[tuple[str, ...], dict[str, int]] = {}
        self._asked: dict[int, tuple[Leaf, Asked]] = {}

    def asked(self, leaf: Leaf) -> Asked:
        """What a leaf asks, in bits."""
        # by identity, which is faster than comparing leaves; the leaf is kept, so that it stays so
        found = self._asked.get(id(leaf))
        if found is None:
            atoms = tuple((a, self.bits[a]) for a in leaf.asks)
            required = self._sum(bit for a, bit in atoms if a.id in leaf.required)
            asked = Asked(atoms, self._sum(bit for _, bit in atoms), required, leaf.at_least)
            found = self._asked[id(leaf)] = (leaf, asked)
        return found[1]

    def facts(self, evidence: Evidence, as_of: Month) -> Facts:
        """Answer every question from one person's evidence, as of a month."""
        sure_person, possible_person = self.of_person(evidence)
        sure, possible = [], []
        for engagement in evidence.engagements or ():
            certain, open_ = self.of_engagement(engagement, evidence.written_for)
            months = _months(engagement, as_of)
            sure.append((certain, months or NO_MONTH))
            possible.append((open_, months or EVERY_MONTH))
        return Facts(
            evidence,
            World(sure_person, tuple(sure), unlisted=False),
            World(possible_person, tuple(possible), unlisted=evidence.engagements is None),
        )

    def _foreign(self, written_for: tuple[str, ...]) -> dict[str, int]:
        """For each kind, the bits that evidence for these editions says nothing about by omission."""
        if written_for not in self._unknown_to:
            known = self.known
            kinds: Mapping[str, Kind] = {
                "criterion": known.criteria, "outcome": known.outcomes, "activity": known.activities,
                "task": known.outcomes, "area": known.areas, "kind": known.succession,
                "skill": known.skills, "knowledge": known.knowledge,
            }  # fmt: skip
            found = {
                name: self._sum(self._by_id[name].get(i, 0) for i in kind.outside(written_for))
                for name, kind in kinds.items()
            }
            found["field"] = self._sum(
                bit
                for field, bit in self._by_id["field"].items()
                if known.fields[field].id not in written_for
            )
            self._unknown_to[written_for] = found
        return self._unknown_to[written_for]

    def of_engagement(
        self, engagement: Engagement, written_for: tuple[str, ...]
    ) -> tuple[int, int]:
        """The bits that surely and that possibly hold for an engagement."""
        foreign = self._foreign(written_for)
        mask, by_id = self._mask, self._by_id
        sure = possible = 0
        if engagement.fields is None:
            possible |= mask["field"]
        else:
            fields = self._sum(by_id["field"].get(f, 0) for f in engagement.fields)
            sure |= fields
            excluded = self._sum(by_id["field"].get(f, 0) for f in engagement.not_in)
            possible |= fields | foreign["field"] & ~excluded
        if engagement.role is None:
            possible |= mask["role"]
        else:
            sure |= self._roles[engagement.role]
            possible |= self._roles[engagement.role]
        for kind, value in (
            ("supervised", engagement.supervised),
            ("succeeded", engagement.succeeded),
        ):
            if value is not False:
                possible |= mask[kind]
                sure |= mask[kind] if value else 0
        for kind, holding in (
            ("criterion", engagement.complexity),
            ("outcome", engagement.achieved),
            ("activity", engagement.activities),
        ):
            certain, open_ = self._holding(kind, holding, foreign)
            sure |= certain
            possible |= open_
        certain, open_ = self._tasks(engagement, foreign)
        sure |= certain
        possible |= open_
        certain, open_ = self._sizes(engagement.size)
        return sure | certain, possible | open_ | mask["unparsed"]

    def _tasks(self, engagement: Engagement, foreign: Mapping[str, int]) -> tuple[int, int]:
        """A task characteristic may be recorded as an outcome or as an activity.

        It holds where either says so; it does not where either denies it, or both leave it out.
        """
        sure = possible = denied = 0
        for holding in (engagement.achieved, engagement.activities):
            certain, open_ = self._holding("task", holding, foreign)
            sure |= certain
            possible |= open_
            denied |= (
                self._sum(self._by_id["task"].get(i, 0) for i in holding.false) if holding else 0
            )
        return sure, sure | (possible & ~denied)

    def _holding(
        self, kind: str, holding: Holding | None, foreign: Mapping[str, int]
    ) -> tuple[int, int]:
        if holding is None:
            return 0, self._mask[kind]
        by_id = self._by_id[kind]
        true = self._sum(by_id.get(i, 0) for i in holding.true)
        false = self._sum(by_id.get(i, 0) for i in holding.false)
        if holding.complete:
            return true, true | foreign[kind] & ~false
        return true, self._mask[kind] & ~false

    def _sizes(self, size: Mapping[str, int | str]) -> tuple[int, int]:
        sure = possible = 0
        for measure, atoms in self._ranked["measure"].items():
            value = size.get(measure)
            if value is None:
                possible |= self._by_id["measure"][measure]
                continue
            for atom, bit in atoms:
                if (atom.at_least is None or value >= atom.at_least) and (  # type: ignore[operator]  # measures are int
                    atom.below is None or value < atom.below  # type: ignore[operator]
                ):
                    sure |= bit
        for scale, atoms in self._ranked["scale"].items():
            term = size.get(scale)
            if term is None:
                possible |= self._by_id["scale"][scale]
                continue
            sure |= self._sum(bit for atom, bit in atoms if term in atom.any_of)
            possible |= self._sum(bit for atom, bit in atoms if term not in atom.none_of)
        return sure, possible | sure

    def of_person(self, evidence: Evidence) -> tuple[int, int]:
        """The bits that surely and that possibly hold for the person, engagements apart."""
        foreign = self._foreign(evidence.written_for)
        professional = evidence.professional
        kinds = (
            None
            if professional.succession is None
            else Holding(
                self.known.vocabulary.with_broader(w.kind for w in professional.succession)
            )
        )
        knowledge = None if evidence.knowledge is None else Holding(evidence.knowledge)
        pairs = [
            self._ranks("area", professional.areas, foreign),
            self._holding("kind", kinds, foreign),
            self._ranks("skill", evidence.skills, foreign),
            self._holding("knowledge", knowledge, foreign),
        ]
        pairs.append((0, self._mask["unparsed"]))
        mentoring = self._mask["mentoring"]
        if professional.mentoring is not False:
            pairs.append((mentoring if professional.mentoring else 0, mentoring))
        if evidence.examinations is None:
            pairs.append((0, self._mask["examination"]))
        else:
            passed = self._sum(
                self._by_id["examination"].get(x.name, 0) for x in evidence.examinations
            )
            pairs.append((passed, passed))
        return self._sum(sure for sure, _ in pairs), self._sum(possible for _, possible in pairs)

    def _ranks(
        self, kind: str, found: Mapping[str, int] | None, foreign: Mapping[str, int]
    ) -> tuple[int, int]:
        if found is None:
            return 0, self._mask[kind]
        atoms = self._ranked[kind]
        sure = self._sum(
            bit
            for i, rank in found.items()
            for atom, bit in atoms.get(i, ())
            if rank >= (atom.at_least or 0)
        )
        named = self._sum(self._by_id[kind].get(i, 0) for i in found)
        return sure, sure | (foreign[kind] & ~named)

    @staticmethod
    def _sum(bits: Iterable[int]) -> int:
        total = 0
        for bit in bits:
            total |= bit
        return total


def _months(engagement: Engagement, as_of: Month) -> Run | None:
    """The months covered, or None where the start is unknown; an engagement still going on ends now."""
    if engagement.first is None:
        return None
    last = min(engagement.last or as_of, as_of)
    return engagement.first.number, last.number
