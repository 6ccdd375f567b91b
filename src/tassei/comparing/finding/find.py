"""All rules over one edition and its document."""

import tassei.comparing.finding.demands
import tassei.comparing.finding.lists
import tassei.comparing.finding.marks
import tassei.comparing.finding.open_places
import tassei.comparing.finding.phrases
import tassei.comparing.finding.sizes
import tassei.comparing.finding.skill_part  # noqa: F401  # importing a module registers its rules
from tassei.comparing.finding.proposal import RULES, Proposal, Rule
from tassei.comparing.finding.sections import Laid
from tassei.documents.pieces import Document
from tassei.encoding.standards import Standards
from tassei.framework.doubts import Doubt
from tassei.framework.edition import Edition
from tassei.source import Place


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are tried."""
    return tuple(RULES)


def find_doubts(edition: Edition, document: Document | None = None) -> tuple[Proposal, ...]:
    """Everything that the rules propose, in the order of the document.

    Args:
        document: the text that the edition was encoded from; without it, only the rules on the
            encoding speak.
    """
    laid = Laid(edition, document)
    found = [p for r in RULES for p in r.proposals(laid)]
    return tuple(sorted(found, key=lambda p: (p.places[0], p.rule, p.subject)))


def registered(standards: Standards, proposal: Proposal) -> tuple[Doubt, ...]:
    """The entries of the register that may be the proposal, the likeliest first.

    They are of its kind, stand in the same list as one of its lines and touch one of its clauses;
    which of them it is, if any, a person has to see.
    """
    found = [
        (near, d)
        for d in standards.doubts
        if d.kind == proposal.kind
        and (near := _likeness(proposal.places, d.places))
        and _touched(d, proposal)
    ]
    return tuple(d for _, d in sorted(found, key=lambda x: -x[0]))


_A_LIST = 8
"""Lines that a list takes: a rule points at its first line, the register often at its items."""


def _likeness(one: tuple[Place, ...], other: tuple[Place, ...]) -> float:
    """The share of the lines of both that lie by a line of the other; 0 where none does."""

    def near(place: Place, places: tuple[Place, ...]) -> bool:
        return any(
            p.document == place.document and abs(p.line - place.line) <= _A_LIST for p in places
        )

    close = sum(near(p, other) for p in one) + sum(near(p, one) for p in other)
    return close / (len(one) + len(other))


def _touched(doubt: Doubt, proposal: Proposal) -> bool:
    """Whether a doubt touches a clause that the proposal names; either may leave the clause open."""
    for written in proposal.touches:
        edition, category, *rest = written.split("/")
        field_id, level, clause = [*rest, "*", "*", "*"][:3]
        for touch in doubt.touches:
            if touch.edition == f"{edition}/{category}" and all(
                mine == "*" or theirs is None or mine == str(theirs)
                for mine, theirs in (
                    (field_id, touch.field_id),
                    (level, touch.level),
                    (clause, touch.clause),
                )
            ):
                return True
    return False
