"""The skill part of a document: skill areas, proficiency and knowledge trees."""

from attrs import field, frozen

from tassei.documents.meaning import Problem
from tassei.framework.skills import Skills


@frozen
class SkillPart:
    """What was understood of the skill part; `lost` are the pieces that were not."""

    skills: Skills = field(factory=Skills)
    problems: tuple[Problem, ...] = ()
    lost: tuple[int, ...] = ()


def skills_of(outline, terms, naming, measures, fields, document):  # type: ignore
    return SkillPart()
