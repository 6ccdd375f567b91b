"""All rules over one edition and its document."""

import tassei.comparing.finding.encoded
import tassei.comparing.finding.open_places
import tassei.comparing.finding.skill_part
import tassei.comparing.finding.worded  # noqa: F401  # importing a module registers its rules
from tassei.comparing.finding.proposal import RULES, Proposal, Rule
from tassei.comparing.finding.sections import Laid
from tassei.documents.pieces import Document
from tassei.encoding.standards import Standards
from tassei.framework.doubts import Doubt
from tassei.framework.edition import Edition


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
    """The entries of the register that stand at a place of the proposal and are of its kind."""
    places = set(proposal.places)
    return tuple(d for d in standards.doubts if d.kind == proposal.kind and places & set(d.places))
