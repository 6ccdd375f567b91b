"""The register of doubts: every defect, ambiguity and contradiction found in the documents.

A doubt is never repaired in silence. It says where it stands, what the text says, which reading was
taken and why, and it appears wherever a clause that it touches appears.
"""

from attrs import frozen

from tassei.source import Place
from tassei.text import Text

KINDS = frozenset(
    {"copy-error", "mistranslation", "lost-mark", "doubled-list", "short-list", "gap", "overlap",
     "only-upper-bound", "missing-quantifier", "missing-bound-word", "missing-role", "wrong-noun", "spelling", "ambiguity",
     "contradiction", "no-progress", "layout"}
)  # fmt: skip
CLAUSES = frozenset(
    {"responsibility", "complexity", "size", "areas", "succession", "mentoring", "contributions", "tasks",
     "examinations", "outline", "name", "skills", "knowledge"}
)  # fmt: skip
_BESIDE_THE_INDICATOR = frozenset({"outline", "skills", "knowledge"})


@frozen
class Touch:
    """What a doubt concerns: an edition, or a field, level and clause of it; None stands for every."""

    edition: str
    field_id: str | None = None
    level: int | None = None
    clause: str | None = None


@frozen
class Doubt:
    """One entry of the register.

    Args:
        id: `D-012`, never reused.
        places: the lines of the documents where it is seen.
        changes_rule: another reading would change a verdict or a list that a rule uses.
        readings: ids of the readings that settle it, if any.
    """

    id: str
    kind: str
    places: tuple[Place, ...]
    touches: tuple[Touch, ...]
    title: Text
    says: Text
    reading: Text
    why: Text
    changes_rule: bool
    readings: tuple[str, ...] = ()

    def concerns(self, edition: str, field_id: str, level: int) -> bool:
        """Whether the doubt touches an indicator."""
        return any(
            t.edition == edition
            and t.field_id in (None, field_id)
            and t.level in (None, level)
            and t.clause not in _BESIDE_THE_INDICATOR
            for t in self.touches
        )

    def concerns_clause(self, edition: str, field_id: str, level: int, clause: str) -> bool:
        """Whether the doubt touches one clause of an indicator by name."""
        return any(
            t.edition == edition
            and t.field_id in (None, field_id)
            and t.level in (None, level)
            and t.clause == clause
            for t in self.touches
        )
