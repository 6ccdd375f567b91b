"""A judgement for people: where a person stands, the proof as a tree, what is missing.

The first line answers; each line below has its clause, its verdict and what was found side by side.
"""

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from tassei.figures import plural
from tassei.judging.judge import Judge, Judgement, Standing
from tassei.judging.prove import Proof, deciding
from tassei.judging.verdict import Verdict
from tassei.reporting.doubts import Marker
from tassei.reporting.found import NOT_RECORDED, action, found
from tassei.reporting.layout import hanging, pad
from tassei.rules.nodes import Activities, All, Any, Counted, InField, Leaf, Terms, Years, walk
from tassei.rules.wording import sentence, short
from tassei.text import Lang, Text

_HIDDEN = frozenset({"field"})
"""Clauses that go without saying where an engagement is shown under its field."""

SAYS_ALL = frozenset(
    {
        "role",
        "supervised",
        "succeeded",
        "mentoring",
        "outcomes",
        "tasks",
        "activities",
        "examination",
    }
)
"""Clauses that, once met, need no word about what was found."""

_DOUBTS_SHOWN = 5

NEXT = Text("次", "Next")
FOUND = Text("記録", "found")
LACKS = Text("満たさない条項", "falls short on")
CLAUSES = {
    "field": Text("専門分野", "field"),
    "role": Text("役割", "role"),
    "supervised": Text("指導の下", "guidance"),
    "succeeded": Text("成功裡", "success"),
    "outcomes": Text("成果", "outcomes"),
    "tasks": Text("タスク特性", "task characteristics"),
    "activities": Text("活動", "activities"),
    "complexity": Text("複雑性", "complexity"),
    "size": Text("サイズ", "size"),
    "of_which": Text("そのうちの回数", "of which"),
    "count": Text("回数", "number of engagements"),
    "years": Text("年数", "years"),
    "areas": Text("領域", "areas"),
    "succession": Text("技術の継承", "technology succession"),
    "mentoring": Text("後進の育成", "mentoring"),
    "contributions": Text("プロフェッショナルとしての貢献", "contribution as a professional"),
    "examination": Text("試験", "examination"),
    "unparsed": Text("読み取れていない条項", "clause that could not be read"),
}
"""Short names of the clauses that can decide a verdict, in the order of an indicator."""


@frozen
class Line:
    """One line of a proof before it is laid out."""

    head: str
    text: str
    place: str = ""

    def said(self, seen: str, width: int) -> str:
        return hanging(self.head, self.text, width, "" if self.place == seen else self.place)


@frozen
class Teller:
    """Tells judgements of one judge in one language, in a given width of columns."""

    judge: Judge
    lang: Lang
    width: int = 80
    full: bool = False

    def say(self, text: Text) -> str:
        return text[self.lang]

    def standings(self, standings: Iterable[Standing]) -> Iterator[str]:
        """A table: a line a field, a mark a level, the highest level first."""
        by_edition: dict[str, list[Standing]] = {}
        for standing in standings:
            by_edition.setdefault(standing.edition.id, []).append(standing)
        for group in by_edition.values():
            yield from self._edition_table(group)

    def _edition_table(self, standings: list[Standing]) -> Iterator[str]:
        edition = standings[0].edition
        levels = range(max(level for s in standings for level, _ in s.verdicts), 0, -1)
        title = f"{self.say(edition.category.name)} · {edition.label}"
        yield f"  {pad(title, 48)}" + "  ".join(map(str, levels))
        for standing in standings:
            field = edition.field(standing.field_id)
            name = self.say(field.name) if field else standing.field_id
            verdicts = dict(standing.verdicts)
            shown = "  ".join(verdicts[n].mark if n in verdicts else "·" for n in levels)
            yield f"  {pad(name, 28)}{pad(self._level(standing), 20)}{shown}"
        yield ""

    def _level(self, standing: Standing) -> str:
        if standing.level is None:
            return self.say(Text("レベルなし", "no level"))
        by = standing.level in standing.by_examination
        return self.say(
            Text(
                f"レベル{standing.level}" + ("（試験）" if by else ""),
                f"level {standing.level}" + (" (by exam)" if by else ""),
            )
        )

    def answer(self, judgement: Judgement, reached: Judgement | None) -> str:
        """One sentence: where the person stands in the field, and what the level asked for says.

        Args:
            reached: the judgement of the highest level that is met; None where none is.
        """
        rung = judgement.rung
        field = rung.edition.field(rung.field_id)
        name = field.name if field else Text(rung.field_id, rung.field_id)
        where = Text(f"{rung.edition.label} · {name.ja}: ", f"{rung.edition.label} · {name.en}: ")
        said = [_met(reached)] if reached is not None else []
        if reached is None or reached.rung is not rung:
            said.append(_open_or_not(judgement))
        ja = "".join(f"{s.ja}。" for s in said).removesuffix("。")
        en = ". ".join(s.en[:1].upper() + s.en[1:] for s in said)
        return self.say(Text(where.ja + ja, where.en + en))

    def proof(self, judgement: Judgement) -> Iterator[str]:
        """The proof as a tree; clauses that are met stay folded unless `full`."""
        rung = judgement.rung
        marker = Marker(self.judge.doubts(rung), rung.edition, rung.indicator, self.lang)
        seen = ""
        for line in self._tree(judgement.proof, 0, judgement, marker):
            # a place is said once for the clauses that share it
            yield line.said(seen, self.width)
            seen = line.place or seen

    def _tree(
        self, proof: Proof, depth: int, judgement: Judgement, marker: Marker
    ) -> Iterator[Line]:
        yield self._clause(proof, depth, marker)
        if (got := self._found(proof)) is not None:
            yield Line(f"{'  ' * depth}    {self.say(FOUND)}: ", got)
        if self._folded(proof, depth):
            return
        for part in self._shown(proof):
            if isinstance(proof.rule, Years | Counted) and part.engagement:
                yield from self._engagement(part, depth + 1, judgement, marker)
            else:
                yield from self._tree(part, depth + 1, judgement, marker)

    def _engagement(
        self, proof: Proof, depth: int, judgement: Judgement, marker: Marker
    ) -> Iterator[Line]:
        """An engagement; unfolded where something is missing in it, else one line with what it lacks."""
        work = proof.engagement
        assert work is not None, "the caller looked"
        title = f"{work.id}" + (f" — {work.title}" if work.title else "")
        head = "  " * depth
        yield Line(f"{head}{proof.verdict.mark} ", title)
        missing_here = any(m.engagement == work for m in judgement.missing)
        # what every engagement must show stands above already
        of_which = all(p.label == "engagement" for p in proof.parts[:1])
        if self.full or missing_here:
            for part in _flat(proof.parts):
                hidden = part.label in _HIDDEN or of_which
                if self.full or not hidden or part.verdict is not Verdict.MET:
                    yield from self._tree(part, depth + 1, judgement, marker)
        elif proof.verdict is not Verdict.MET:
            yield Line(f"{head}    {self.say(LACKS)}: ", self._names(deciding(proof)))

    def _names(self, labels: frozenset[str]) -> str:
        return self.say(Text("、", ", ")).join(self.say(CLAUSES[n]) for n in CLAUSES if n in labels)

    def _shown(self, proof: Proof) -> tuple[Proof, ...]:
        """Of alternatives, those that come nearest: one level of the work, the sizes still open."""
        if self.full or not isinstance(proof.rule, Any):
            return proof.parts
        best = max((p.verdict for p in proof.parts), default=proof.verdict)
        nearest = tuple(p for p in proof.parts if p.verdict is best)
        return nearest[:1] if proof.label == "work_level" else nearest

    def _clause(self, proof: Proof, depth: int, marker: Marker) -> Line:
        text = self.say(sentence(proof.rule)[0])
        if isinstance(proof.rule, Terms) and proof.rule.label == "outcomes":
            text = self._with_items(text, proof.rule)
        if self._folded(proof, depth) and isinstance(proof.rule, All | Any):
            # "all of the following" where nothing follows
            text = text.split(": ")[0]
        if proof.label == "experience":
            text += self._experience(proof)
        head = f"{'  ' * depth}{proof.verdict.mark} "
        return Line(head, text + marker.mark(proof.label), str(proof.rule.place or ""))

    def _folded(self, proof: Proof, depth: int) -> bool:
        """A clause that is met is not unfolded, but for the first ones."""
        met = proof.verdict is Verdict.MET and not self.full
        return met and depth > 0 and proof.label not in ("business", "work")

    def _experience(self, proof: Proof) -> str:
        """Which experience an otherwise equal clause is about."""
        activities = [r for r in walk(proof.rule) if isinstance(r, Activities)]
        names = [self.say(t.name) for a in activities for t in a.terms]
        return ": " + ", ".join(names)

    def _with_items(self, text: str, rule: Terms) -> str:
        names = [self.say(short(t.name)) for t in rule.terms]
        if len(names) < 2:
            return text
        joined = self.say(Text("、", ", ")).join(names)
        return f"{text}: {joined}"

    def _found(self, proof: Proof) -> str | None:
        if not isinstance(proof.rule, Leaf | Years | Counted) or isinstance(proof.rule, InField):
            return None
        if proof.verdict is Verdict.MET and proof.label in SAYS_ALL:
            return None
        return self.say(found(proof) or NOT_RECORDED)

    def missing(self, judgement: Judgement) -> Iterator[str]:
        """What is missing, shortest first, each with an action."""
        for number, item in enumerate(judgement.missing, start=1):
            yield hanging(f"  {number}. ", self.say(action(item)), self.width)

    def doubts(self, judgement: Judgement) -> Iterator[str]:
        """The doubts that could change the verdict, the first few with their titles."""
        rung = judgement.rung
        # first those that a reading settles: a reader can switch them
        found = sorted(
            (d for d in self.judge.doubts(rung) if d.changes_rule), key=lambda d: not d.readings
        )
        for doubt in found[:_DOUBTS_SHOWN]:
            yield hanging(f"  {doubt.id}  ", self.say(doubt.title), self.width)
        if len(found) > _DOUBTS_SHOWN:
            path = f"{rung.edition.id}/{rung.indicator.field_id}/{rung.level}"
            more = len(found) - _DOUBTS_SHOWN
            yield "  " + self.say(
                Text(
                    f"ほか{more}件: tassei doubts {path}", f"and {more} more: tassei doubts {path}"
                )
            )

    def readings(self, defaults: Mapping[str, str]) -> str:
        """Which readings are in force, as people say it."""
        other = [f"{k}={v}" for k, v in self.judge.readings if defaults[k] != v]
        if not other:
            return self.say(Text("既定の読み", "default readings"))
        return self.say(Text("読み ", "readings ")) + ", ".join(other)


def _flat(parts: tuple[Proof, ...]) -> list[Proof]:
    """The parts of an engagement; one that is again "the engagement" is taken apart."""
    return [q for p in parts for q in (_flat(p.parts) if p.label == "engagement" else [p])]


def _met(judgement: Judgement) -> Text:
    level = judgement.rung.level
    by = judgement.route == "examination"
    return Text(
        f"レベル{level}を満たしています" + ("（試験による）" if by else ""),
        f"level {level} is met" + (" (by examination)" if by else ""),
    )


def _open_or_not(judgement: Judgement) -> Text:
    """What the record says about a level, and how many things are missing."""
    if judgement.verdict is Verdict.MET:
        return _met(judgement)
    level, verdict, lack = judgement.rung.level, judgement.verdict.label, len(judgement.missing)
    return Text(
        f"レベル{level}については、{verdict.ja}（足りないもの{lack}件）",
        f"level {level}: {verdict.en} ({plural(lack, 'thing')} missing)",
    )
