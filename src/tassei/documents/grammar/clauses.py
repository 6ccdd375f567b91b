"""What a sentence of an indicator says, as typed values: the output of the grammars.

Names are as the sentence has them, folded; which term they mean is decided later, in one place.
"""

from typing import Literal

from attrs import frozen

from tassei.framework.scales import Depth, Role


@frozen
class InRole:
    """ "as a person responsible": the part that the person had."""

    role: Role


@frozen
class Leads:
    """ "leads the team": whom or what the person led, in the document's words."""

    whom: str


@frozen
class TakesPart:
    """The person took part in the work; the weakest role, where the text names none."""


@frozen
class UnderGuidance:
    """The work is done under the guidance of a higher level."""


@frozen
class Times:
    """ "n times or more"."""

    at_least: int


@frozen
class ForYears:
    """ "n years or more"."""

    years: int


@frozen
class OfLevel:
    """ "equivalent to the complexity and size of level L", and how many at another level.

    Args:
        level: of the work, or of the others where some are singled out; None where the text says
            nothing of the others.
        or_above: said behind `level`.
    """

    level: int | None
    or_above: bool = False
    of_which: int | None = None
    of_which_level: int | None = None


@frozen
class Success:
    """The work succeeded."""


@frozen
class Continuing:
    """The work went on."""


@frozen
class Pick:
    """How many of a list: a number, some, any one, half, more than half, all."""

    at_least: int | Literal["some", "any", "half", "most", "all"]


@frozen
class Mandatory:
    """Names of list items that must be among those that hold."""

    names: tuple[str, ...]


@frozen
class OneComponent:
    """One main area among several (`main`), or any one of them (`any`)."""

    which: Literal["main", "any"]


@frozen
class Achieved:
    """Nouns that the work assured, kept or improved."""

    names: tuple[str, ...]


@frozen
class OutcomeNamed:
    """An outcome that the list of terms knows by a phrase."""

    id: str
    phrase: str


@frozen
class Experienced:
    """Experiences asked for beside the main one."""

    names: tuple[str, ...]


@frozen
class AtDepth:
    """How deep a specialty goes."""

    depth: Depth


@frozen
class HandsOn:
    """The sentence is about technology succession."""


@frozen
class Mentors:
    """The sentence is about bringing up juniors."""


@frozen
class AnyComplexity:
    """ "regardless of complexity"."""


@frozen
class AnySize:
    """ "not specified", "regardless of size"."""


@frozen
class FollowsManuals:
    """The work follows given manuals or procedures."""


@frozen
class Recognised:
    """Passing an examination counts as attaining a level; None where the sentence names no level."""

    level: int | None


@frozen
class Amount:
    """A size in figures.

    Args:
        label: the words around it that say what is counted.
        unit: as the document writes it; empty where it writes none.
        at_least, below: in units; `below` excludes its value.
        bare: the document gives the figure without saying on which side of it the bound lies.
    """

    label: str
    unit: str
    at_least: int | None
    below: int | None
    bare: bool = False


@frozen
class InWords:
    """A size in words."""

    words: str


@frozen
class WithComplexity:
    """ "with n or more of the above complexity criteria".

    Args:
        leading: it stands before the sizes that it conditions.
    """

    at_least: int
    leading: bool


@frozen
class SameSizeAs:
    """ "fulfils the size requirements of level n"."""

    level: int


Value = (
    InRole | Leads | UnderGuidance | Times | ForYears | OfLevel | Success | Continuing | Pick
    | Mandatory | OneComponent | Achieved | OutcomeNamed | Experienced | AtDepth | HandsOn | Mentors
    | AnyComplexity | AnySize | FollowsManuals | Recognised | Amount | InWords | WithComplexity
    | SameSizeAs | TakesPart
)  # fmt: skip


@frozen
class NotUnderstood:
    """A sentence that the grammar does not know.

    Args:
        text: the sentence, folded.
        at: offset of the first sign that fits nowhere.
        sign: what stands there.
    """

    text: str
    at: int
    sign: str
