"""What the person can do, as a dossier shows it: the proficiency of each skill item, and the knowledge behind it.

It stands beside the indicator and changes no verdict: one tells what was done, the other what can be done.
"""

from collections.abc import Iterator

from attrs import frozen

from tassei.framework.skills import Proficiency
from tassei.judging.skills import Coverage, ProficiencyStanding, coverages, proficiency_standings
from tassei.rules.wording import bounds
from tassei.text import Lang, Text
from tassei.web.reviews.judged import Judged


@frozen
class SkillLine:
    """One skill item.

    Args:
        level: the highest level that is surely reached, or what it may be.
        ability: what somebody at that level can do, and in work of which size; empty where none is
            reached.
        knowledge: how many of the items behind it are known.
    """

    item: str
    place: str
    level: str
    ability: str
    knowledge: str


def proficiency_of(judged: Judged, lang: Lang) -> tuple[SkillLine, ...]:
    """The items of the field, in the order of the document; none where the edition describes none."""
    return tuple(_lines(judged, lang))


def _lines(judged: Judged, lang: Lang) -> Iterator[SkillLine]:
    level, standards = judged.level, judged.judge.standards
    asked = (standards, level.edition, judged.evidence, judged.judgement.as_of)
    covered = {(c.block.field_id, c.block.item): c for c in coverages(*asked)}
    for standing in proficiency_standings(*asked):
        if standing.field_id != level.field.id:
            continue
        item, reached = standing.item, standing.reached
        yield SkillLine(
            item.name[lang],
            str(reached.place if reached else item.place),
            _level(standing)[lang],
            _ability(reached)[lang] if reached else "",
            _known(covered.get((level.field.id, item.id)))[lang],
        )


def _level(standing: ProficiencyStanding) -> Text:
    reached, possible = standing.reached, standing.possible
    if possible is None:
        return Text("どのレベルにも届かない", "no level")
    if reached is None:
        return Text("判断できない", "cannot tell")
    if possible.level > reached.level:
        return Text(
            f"レベル{reached.level}以上（{possible.level}まで判断できない）",
            f"level {reached.level} or more (cannot tell up to {possible.level})",
        )
    return Text(f"レベル{reached.level}", f"level {reached.level}")


def _ability(reached: Proficiency) -> Text:
    if not reached.scope:
        return reached.ability
    sizes = [bounds(b.measure, b.at_least, b.below) for b in reached.scope]
    either = Text("、または".join(s.ja for s in sizes), ", or ".join(s.en for s in sizes))
    return Text("{can}（業務の規模: {sizes}）", "{can} (in work of: {sizes})").format(
        can=reached.ability, sizes=either
    )


def _known(coverage: Coverage | None) -> Text:
    if coverage is None:
        return Text("", "")
    known, total = len(coverage.known), coverage.total
    if coverage.open:
        return Text(
            f"{total}項目中{known}（未回答{len(coverage.open)}）",
            f"{known} of {total} ({len(coverage.open)} not answered)",
        )
    return Text(f"{total}項目中{known}", f"{known} of {total}")
