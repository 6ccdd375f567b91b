"""The dossier: one case on paper, from the question at the front to the digests at the end."""

import io
import json
from collections.abc import Iterable, Iterator
from typing import ClassVar

import segno
from attrs import evolve, frozen
from django.urls import reverse

from tassei.evidence.model import Engagement, Evidence
from tassei.evidence.months import Month
from tassei.judging.judge import evidence_digest
from tassei.judging.verdict import Verdict as Outcome
from tassei.reporting.judgements import SCHEMA, engine
from tassei.rules.wording import figure, short
from tassei.text import Lang, Text
from tassei.web import clock
from tassei.web.asking.questions import questions_of
from tassei.web.cycle.case import State
from tassei.web.dates import called, day, minute_of
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.pages import Link
from tassei.web.models import Remark, Verdict
from tassei.web.permits import Act
from tassei.web.proofs import Node
from tassei.web.reviews import pages
from tassei.web.reviews.beside import Beside, beside
from tassei.web.reviews.cases import Opened, decisions_of
from tassei.web.reviews.judged import Judged
from tassei.web.reviews.proficiency import SkillLine, proficiency_of
from tassei.web.reviews.rows import Group, groups_of, works_of
from tassei.web.reviews.shown import (
    committee_shown,
    cycle_name,
    held_by,
    remark_shown,
    verdict_line,
)
from tassei.web.reviews.trail import trail

YEARS = 5
"""How far back the work history reaches in full."""


@frozen
class Line:
    """One line of the checklist.

    Args:
        number: of the clause, or of the work with the clause behind it.
        numbers: of the works that show it.
    """

    number: str
    text: str
    place: str
    claim: str
    numbers: str
    mark: str
    verdict: str
    said: str


@frozen
class WorkShown:
    """One engagement in the history."""

    number: int
    title: str
    period: str
    facts: tuple[tuple[str, str], ...]


@frozen
class Kept:
    """A verdict that was kept, with all that it depends on."""

    what: str
    when: str
    verdict: str
    digests: tuple[tuple[str, str], ...]


@frozen
class DossierPage:
    template: ClassVar[str] = "web/dossier.html"
    title: str
    case: Link
    running: str
    person: str
    code: str
    unit: str
    level: str
    edition: str
    cycle: str
    state: str
    held: str
    answer: str
    verdict: pages.Clause
    decisions: tuple[pages.DecisionShown, ...]
    checklist: tuple[Line, ...]
    history: tuple[WorkShown, ...]
    history_said: str
    earlier: tuple[WorkShown, ...]
    skills: tuple[SkillLine, ...]
    areas: tuple[tuple[str, str], ...]
    works: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    superior: str
    committee: pages.CommitteeShown | None
    remarks: tuple[pages.RemarkShown, ...]
    readings: str
    doubts: tuple[Link, ...]
    kept: tuple[Kept, ...]
    provisional: bool
    code_url: str


def dossier_page(one: Opened, judged: Judged, lang: Lang) -> DossierPage:
    """The dossier of a case; a fixed number of queries."""
    row = one.assessment
    judgement, level, person = judged.judgement, judged.level, row.person
    steps = trail(row, lang)
    extra = beside(row, judged.evidence)
    groups = groups_of(judged, lang, extra)
    line = verdict_line(judged, lang)
    now, earlier = _history(judged, extra, lang)
    edition = edition_name(level.edition)[lang]
    today = day(clock.today())[lang]
    remarks = Remark.objects.filter(assessment=row).select_related("author").order_by("at")
    doubts = sorted(
        (d for d in judged.judge.doubts(judgement.rung) if d.changes_rule), key=lambda d: d.id
    )
    unit = person.unit
    return DossierPage(
        Text(f"審査資料: {called(person)}", f"Dossier: {called(person)}")[lang],
        Link(Text("評価へ戻る", "Back to the case")[lang], reverse("case", args=[row.pk])),
        f"{called(person)} · {level.name[lang]} · {edition} · {today}",
        called(person),
        person.code,
        (unit.name_ja if lang == "ja" else unit.name_en) if unit else "",
        level.name[lang],
        edition,
        cycle_name(row, lang),
        State(row.state).label[lang],
        held_by(row, one.case, lang),
        line.answer,
        line,
        decisions_of(row, steps, lang),
        tuple(_checklist(groups, lang)),
        now,
        _history_said(judgement.as_of, lang),
        earlier,
        proficiency_of(judged, lang),
        _areas(judged, lang),
        _works(judged, lang),
        tuple(_others(judged.evidence, lang)),
        called(row.superior) if row.superior else "—",
        committee_shown(row, one.case, steps, lang, may_read=one.may(Act.READ_VIEWS)),
        tuple(_remarks(remarks, groups, lang)),
        line.readings,
        tuple(Link(d.title[lang], reverse("doubt", args=[d.id]), d.id) for d in doubts),
        tuple(_kept(one, lang)),
        not judged.submitted,
        reverse("dossier-code", args=[row.pk]),
    )


def _checklist(groups: tuple[Group, ...], lang: Lang) -> Iterator[Line]:
    """What the level asks of the person, clause by clause; then each work that carries it."""
    for group in groups:
        work = group.work
        if work is not None and group.verdict == "not_met":
            continue
        if work is not None:
            head = Text(f"業務{work.number}", f"Work {work.number}")[lang]
            yield Line(
                head, work.title, "", work.period, str(work.number), group.mark, group.verdict,
                group.said,
            )  # fmt: skip
        for number, row in enumerate(group.rows, start=1):
            name = f"{work.number}.{number}" if work else str(number)
            carried = ", ".join(str(w.number) for w in row.evidence)
            yield Line(
                name, _wording(row.node), row.node.place, row.claim, carried,
                row.node.mark, row.node.verdict, row.node.said,
            )  # fmt: skip


def _wording(node: Node) -> str:
    """A clause with its parts, on one line."""
    parts = [f"{i.mark} {i.text}" for i in node.items] or [p.text for p in node.parts if not p.work]
    return f"{node.text}（{' / '.join(parts)}）" if parts else node.text


def _history_said(as_of: Month, lang: Lang) -> str:
    first = Month(as_of.number - 12 * YEARS + 1)
    return Text("{first}から{last}まで", "{first} to {last}").format(
        first=first.label, last=as_of.label
    )[lang]


def _history(
    judged: Judged, extra: Beside, lang: Lang
) -> tuple[tuple[WorkShown, ...], tuple[WorkShown, ...]]:
    """The engagements of the last years in full, the latest first; and those before, in a line each."""
    since = judged.judgement.as_of.number - 12 * YEARS + 1
    numbered = works_of(judged.evidence, lang, extra.documents)
    now: list[WorkShown] = []
    earlier: list[WorkShown] = []
    for work in judged.evidence.engagements or ():
        entry = numbered[work.id]
        recent = work.last is None or work.last.number >= since
        shown = WorkShown(
            entry.number,
            entry.title,
            entry.period,
            tuple(_facts(work, judged, extra, lang)) if recent else (),
        )
        (now if recent else earlier).append(shown)
    return tuple(sorted(now, key=_latest)), tuple(sorted(earlier, key=_latest))


def _latest(shown: WorkShown) -> int:
    return -shown.number


def _facts(
    work: Engagement, judged: Judged, extra: Beside, lang: Lang
) -> Iterator[tuple[str, str]]:
    """What is recorded of an engagement, in the words of the edition where it knows them."""
    edition = judged.level.edition
    terms = edition.terms
    comma = Text("、", ", ")[lang]
    if work.role is not None:
        yield Text("役割", "role")[lang], work.role.label[lang]
    if work.succeeded is not None:
        yield (
            Text("成功裡に", "succeeded")[lang],
            (Text("はい", "yes") if work.succeeded else Text("いいえ", "no"))[lang],
        )
    names = {
        t.id: short(t.name)[lang]
        for kind in (terms.criteria, terms.outcomes, terms.activities)
        for t in kind
    }
    for label, holding in (
        (Text("複雑性", "complexity"), work.complexity),
        (Text("成果", "results"), work.achieved),
        (Text("活動", "activities"), work.activities),
    ):
        held = [names[i] for i in sorted(holding.true) if i in names] if holding else []
        if held:
            yield label[lang], comma.join(held)
    measures = {m.id: m for m in questions_of(edition, judged.level.field).measures}
    for name, value in sorted(work.size.items()):
        if name in measures and isinstance(value, int):
            amount = extra.masks.get((work.id, name)) or figure(measures[name], value)
            yield measures[name].name[lang], amount[lang]
    for document in extra.documents.get(work.id, ()):
        yield Text("添付文書", "document")[lang], document.text


def _areas(judged: Judged, lang: Lang) -> tuple[tuple[str, str], ...]:
    areas = judged.evidence.professional.areas or {}
    names = {t.id: t.name[lang] for t in judged.level.edition.terms.areas}
    return tuple((names[a], d.label[lang]) for a, d in sorted(areas.items()) if a in names)


def _works(judged: Judged, lang: Lang) -> tuple[tuple[str, str], ...]:
    kinds = {
        t.id: t.name[lang]
        for t in questions_of(judged.level.edition, judged.level.field).succession
    }
    return tuple(
        (kinds.get(w.kind, ""), " ".join(filter(None, (w.title, w.on.label[lang] if w.on else ""))))
        for w in judged.evidence.professional.succession or ()
        if w.kind in kinds
    )


def _others(evidence: Evidence, lang: Lang) -> Iterator[tuple[str, str]]:
    mentoring = evidence.professional.mentoring
    if mentoring is not None:
        yield (
            Text("後進の育成", "developing juniors")[lang],
            (Text("行っている", "yes") if mentoring else Text("行っていない", "no"))[lang],
        )
    for passed in evidence.examinations or ():
        when = passed.passed.label[lang] if passed.passed else ""
        yield Text("試験", "examination")[lang], f"{passed.name.upper()} {when}".strip()


def _remarks(
    remarks: Iterable[Remark], groups: tuple[Group, ...], lang: Lang
) -> Iterator[pages.RemarkShown]:
    clauses = {row.key: row.node.text for g in groups for row in g.rows}
    for remark in remarks:
        shown = remark_shown(remark, lang, may_answer=False)
        yield evolve(shown, clause=clauses.get(remark.clause, ""))


def _kept(one: Opened, lang: Lang) -> Iterator[Kept]:
    submitted = Text("提出のとき", "when submitted")
    decided = Text("決定のとき", "when decided")
    if one.assessment.computed:
        yield _kept_one(submitted[lang], one.assessment.computed, lang)
    for decision in one.assessment.decisions.all():
        if decision.computed:
            yield _kept_one(decided[lang], decision.computed, lang)


def _kept_one(what: str, verdict: Verdict, lang: Lang) -> Kept:
    return Kept(
        what,
        minute_of(verdict.at)[lang],
        Outcome[verdict.verdict.upper()].label[lang],
        (
            (Text("版", "edition")[lang], verdict.edition_digest),
            (Text("記録", "record")[lang], verdict.evidence_digest),
            (Text("エンジン", "engine")[lang], verdict.engine),
        ),
    )


def judgement_code(one: Opened, judged: Judged) -> str:
    """What the QR code says: the judgement without its proof, as JSON that programs can read."""
    judgement = judged.judgement
    rung = judgement.rung
    said = {
        "schema": SCHEMA,
        "person": one.assessment.person.code,
        "edition": rung.edition.id,
        "field": rung.field_id,
        "level": rung.level,
        "as_of": str(judgement.as_of),
        "verdict": judgement.verdict.id,
        "digests": {
            "edition": judged.judge.standards.digests[rung.edition.id],
            "evidence": evidence_digest(judged.evidence),
            "engine": engine(),
        },
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def drawn(text: str) -> str:
    """A QR code as SVG, black on white, with the border that readers need."""
    written = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(written, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, nl=False)
    return written.getvalue().decode()
