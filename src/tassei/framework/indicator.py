"""The achievement indicator (達成度指標) of one level, clause by clause as the document has it.

Where the document leaves something open (幾つか, no quantifier, a list of simplicity), the value says
so: `"some"`, `None`, `kind="ceiling"`. What an open place is taken to mean is a reading, decided in
`rules.from_indicators` and nowhere else.
"""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Measure, Scale, Term
from tassei.source import Place
from tassei.text import Text

SOME: Literal["some"] = "some"
ALL: Literal["all"] = "all"


@frozen
class Engagements:
    """ "n or more, of which m at level A, the others at level B or above".

    Args:
        at_least: how many engagements in all.
        of_which: how many of them at `of_which_level` or above; None where nothing is singled out.
        others_level: the level of the rest; None where the text gives one level for all, or says
            nothing of the rest.
    """

    at_least: int
    of_which: int | None = None
    of_which_level: int | None = None
    others_level: int | None = None


@frozen
class Responsibility:
    """責任性: in which part, how long or how often, and with which outcomes.

    Args:
        supervised: the text speaks of the guidance of a higher level (R-SUPERVISED).
        succeeded: the indicator asks for success (成功裡).
        continued: the text says 継続 / continued (R-YEARS).
        work_level: "equivalent to the complexity and size of level L"; None where the text has no
            such words (V1).
        or_above: the text says 以上 / "or above" after that level (R-ENTRY).
        implied: reading id -> activity that the engagement must show when the reading is `stated`.
        experiences: activities asked for beside the years.
    """

    place: Place
    role: Role
    supervised: bool = False
    succeeded: bool = False
    continued: bool = False
    years: int | None = None
    engagements: Engagements | None = None
    work_level: int | None = None
    or_above: bool = False
    outcomes: tuple[Term, ...] = ()
    experiences: tuple[Term, ...] = ()
    implied: Mapping[str, Term] = field(factory=dict)


@frozen
class Complexity:
    """複雑性: how many of which criteria.

    Args:
        at_least: a count, `"some"` for 幾つか, or 0 where any complexity will do.
        kind: `ceiling` for a list of simplicity: the least demanding work that counts (R-CEILING).
    """

    place: Place
    at_least: int | Literal["some"] = 0
    required: tuple[str, ...] = ()
    criteria: tuple[Term, ...] = ()
    kind: Literal["demand", "ceiling"] = "demand"


@frozen
class Bound:
    """A measure with its bounds: `at_least` includes its value, `below` excludes it."""

    measure: Measure
    at_least: int | None = None
    below: int | None = None


@frozen
class Rung:
    """A size in words: at least this term of a scale."""

    scale: Scale
    at_least: Term


@frozen
class SizeItem:
    """One check box of the size clause: any of its bounds, with an extra complexity condition or none.

    Args:
        complexity_at_least: how many criteria of the same indicator must hold besides.
        leading: the condition stands before the sizes and so governs all of them; one that stands
            behind may be read as belonging to the last size alone (R-BRANCH).
        same_as_level: instead of bounds, the size clause of this level of the same field (004).
    """

    place: Place
    any_of: tuple[Bound | Rung, ...] = ()
    complexity_at_least: int | None = None
    leading: bool = False
    same_as_level: int | None = None


@frozen
class Areas:
    """ "Of these areas k at this depth".

    Args:
        at_least: a count, all, or `"some"` for 幾つか (R-SOME); None where the text has no quantifier
            (R-AREAS).
    """

    place: Place
    depth: Depth
    items: tuple[Term, ...]
    at_least: int | Literal["all", "some"] | None = None


@frozen
class Succession:
    """技術の継承: k different kinds of work handed on; `items` as the document prints them."""

    place: Place
    at_least: int
    items: tuple[Term, ...]
    restored: tuple[Term, ...] = ()

    def kinds(self) -> tuple[Term, ...]:
        """The distinct kinds that count: the list as printed, or as restored where it is defective."""
        return tuple({t.id: t for t in self.restored or self.items}.values())


@frozen
class Contributions:
    """V1: contributions to the profession that the task characteristics name as examples (R-EXAMPLES)."""

    place: Place
    items: tuple[Term, ...]
    mentoring: Term | None = None


@frozen
class Professional:
    """プロフェッショナル貢献: what was given back to the profession."""

    areas: Areas | None = None
    succession: Succession | None = None
    mentoring: Place | None = None
    contributions: Contributions | None = None


@frozen
class Tasks:
    """タスク特性 (V1): what every engagement that counts must have shown (R-TASK).

    Args:
        noted: characteristics that describe the work and decide nothing.
    """

    place: Place
    items: tuple[Term, ...]
    noted: tuple[Term, ...] = ()


@frozen
class Examination:
    """A remark that passing an examination is regarded as attaining the level (R-EXAM)."""

    place: Place
    name: str
    title: Term


@frozen
class Unparsed:
    """A clause of the document that the importer could not read, so that nobody can be judged by it.

    Args:
        clause: which part of the indicator it belongs to.
        sign: the first word that fits nowhere; empty where something is missing instead.
    """

    place: Place
    clause: str
    sign: str = ""


@frozen
class Indicator:
    """The conditions for one level of one specialty field, or of several that share the level.

    Args:
        notes: what the document says of the work beside, and no rule asks.
        unparsed: clauses of a draft that await a person; while there is one, nobody meets the level.
    """

    field_id: str
    level: int
    place: Place
    responsibility: Responsibility
    complexity: Complexity
    size: tuple[SizeItem, ...]
    size_place: Place
    professional: Professional = field(factory=Professional)
    tasks: Tasks | None = None
    examinations: tuple[Examination, ...] = ()
    notes: tuple[Text, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
