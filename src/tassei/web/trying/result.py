"""A record and its verdicts as a page shows them: the answer, the ladder, what is missing, the proof."""

import json
from collections.abc import Iterator

from attrs import evolve, frozen
from django.urls import reverse

from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import Judge, Judgement, Rung, Standing
from tassei.judging.verdict import Verdict
from tassei.reporting.found import action
from tassei.reporting.proofs import Teller
from tassei.text import Lang, Text
from tassei.web.explorer.build import edition_name, level_url
from tassei.web.explorer.pages import Link
from tassei.web.explorer.shelf import level_at
from tassei.web.proofs import Node, proof_tree

_MOST_DOUBTS = 5


@frozen
class Cell:
    """The verdict of one level.

    Args:
        path: `EDITION/FIELD/LEVEL`, by which its proof is asked for.
        shown: its proof is the one on the page.
    """

    level: int
    path: str
    mark: str
    verdict: str
    said: str
    shown: bool


@frozen
class Ladder:
    """A field with the verdicts of its levels, the highest first."""

    name: str
    edition: str
    standing: str
    cells: tuple[Cell, ...]


@frozen
class Result:
    """Everything that the record says.

    Args:
        evidence: the record as an evidence file (JSON), to keep, and to ask for another proof with.
    """

    answer: str
    as_of: str
    ladders: tuple[Ladder, ...]
    level: Link
    verdict: str
    mark: str
    said: str
    missing: tuple[str, ...]
    proof: Node
    doubts: tuple[Link, ...]
    evidence: str


def named(evidence: Evidence) -> Evidence:
    """The same record with engagements called by their titles, as people know them.

    Of a title that is used more than once each has its first month, or a number, beside it.
    """
    if evidence.engagements is None:
        return evidence
    titles = [e.title or e.id for e in evidence.engagements]
    used: set[str] = set()
    called = []
    for engagement, title in zip(evidence.engagements, titles, strict=True):
        name = title
        if titles.count(title) > 1 and engagement.first:
            name = f"{title} ({engagement.first})"
        number = 1
        while name in used:
            number += 1
            name = f"{title} ({number})"
        used.add(name)
        called.append(evolve(engagement, id=name, title=""))
    return evolve(evidence, engagements=tuple(called))


def rung_to_show(
    judge: Judge, standings: tuple[Standing, ...], asked: str, evidence: Evidence
) -> Rung:
    """The level asked for; else the next one up in the field where the person stands highest."""
    for rung in judge.rungs:
        if asked == f"{rung.edition.qualified(rung.field_id)}/{rung.level}":
            return rung
    works = [w.fields or frozenset[str]() for w in evidence.engagements or ()]

    def height(standing: Standing) -> tuple[int, bool, int]:
        path = standing.edition.qualified(standing.field_id)
        return standing.level or 0, bool(standing.open_above), sum(path in w for w in works)

    best = max(standings, key=height)
    level = best.next_level or best.level
    assert level is not None, "a field has at least one level"
    return judge.rung(best.edition.id, best.field_id, level)


def result_of(
    judge: Judge, evidence: Evidence, as_of: Month, asked: str, lang: Lang, field: str = ""
) -> Result:
    """Judge a record.

    Args:
        asked: the level whose proof is wanted; the most useful one where it names none.
        field: only this field is shown; all fields where it is empty.
    """
    told = named(evidence)
    standings = tuple(
        s
        for s in judge.standings(told, as_of)
        if not field or s.edition.qualified(s.field_id) == field
    )
    rung = rung_to_show(judge, standings, asked, told)
    judgement = judge.judge(told, as_of, rung)
    teller = Teller(judge, lang)
    level = level_at(f"{rung.edition.qualified(rung.field_id)}/{rung.level}")
    plain = json.dumps(plain_evidence(evidence), ensure_ascii=False, indent=1)
    return Result(
        teller.answer(judgement, _reached(judge, told, as_of, standings, rung)),
        as_of.label[lang],
        tuple(ladders(standings, rung, lang)),
        Link(level.name[lang], level_url(level), edition_name(rung.edition)[lang]),
        judgement.verdict.id,
        judgement.verdict.mark,
        judgement.verdict.label[lang],
        tuple(action(m)[lang] for m in judgement.missing),
        proof_tree(judgement, judge, lang),
        doubt_links(judge, rung, lang),
        plain,
    )


def doubt_links(judge: Judge, rung: Rung, lang: Lang) -> tuple[Link, ...]:
    """The doubts that could change a verdict, those that a reading settles first."""
    doubts = sorted((d for d in judge.doubts(rung) if d.changes_rule), key=lambda d: not d.readings)
    return tuple(
        Link(d.title[lang], reverse("doubt", args=[d.id]), d.id) for d in doubts[:_MOST_DOUBTS]
    )


def _reached(
    judge: Judge, evidence: Evidence, as_of: Month, standings: tuple[Standing, ...], rung: Rung
) -> Judgement | None:
    of_field = (rung.edition.id, rung.field_id)
    level = next(s.level for s in standings if (s.edition.id, s.field_id) == of_field)
    return judge.judge(evidence, as_of, judge.rung(*of_field, level)) if level else None


def ladders(standings: tuple[Standing, ...], shown: Rung, lang: Lang) -> Iterator[Ladder]:
    """Each field with the verdicts of its levels.

    Args:
        shown: the level whose proof is on the page.
    """
    here = f"{shown.edition.qualified(shown.field_id)}/{shown.level}"
    for standing in standings:
        edition = standing.edition
        field = edition.field(standing.field_id)
        assert field is not None, "standings are of fields that exist"
        path = edition.qualified(field.id)
        yield Ladder(
            field.name[lang],
            edition_name(edition)[lang],
            _standing(standing)[lang],
            tuple(
                Cell(
                    level,
                    f"{path}/{level}",
                    verdict.mark,
                    verdict.id,
                    _SAID[verdict].format(level=level)[lang],
                    f"{path}/{level}" == here,
                )
                for level, verdict in standing.verdicts
            ),
        )


def _standing(standing: Standing) -> Text:
    if standing.level is None:
        return Text("まだ満たしたレベルはありません", "no level yet")
    by = standing.level in standing.by_examination
    return Text(
        f"レベル{standing.level}" + ("（試験による）" if by else ""),
        f"level {standing.level}" + (" (by examination)" if by else ""),
    )


_SAID = {
    Verdict.MET: Text("レベル{level} 満たす", "level {level} met"),
    Verdict.NOT_MET: Text("レベル{level} 満たさない", "level {level} not met"),
    Verdict.UNDETERMINED: Text("レベル{level} 判断できない", "level {level} cannot tell"),
}
