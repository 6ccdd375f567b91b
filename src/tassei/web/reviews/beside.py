"""What stands beside a record and is shown with it: names of documents, and amounts that are masked."""

from collections.abc import Mapping

from attrs import field, frozen

from tassei.evidence.model import Evidence
from tassei.text import Text
from tassei.web.masks import said
from tassei.web.models import Attachment, Discretion, Person


@frozen
class Beside:
    """What is shown with engagements.

    Args:
        documents: engagement -> the names of its documents.
        masks: engagement and measure -> the masked amount in words.
    """

    documents: Mapping[str, tuple[str, ...]] = field(factory=dict)
    masks: Mapping[tuple[str, str], Text] = field(factory=dict)


def beside(person: Person, evidence: Evidence) -> Beside:
    """What stands beside the engagements of a record; two queries."""
    documents: dict[str, tuple[str, ...]] = {}
    files = Attachment.objects.filter(entry__person=person, entry__kind="engagement")
    for key, name in files.order_by("pk").values_list("entry__key", "name"):
        documents[key] = (*documents.get(key, ()), name)
    sizes = {e.id: e.size for e in evidence.engagements or ()}
    masks = {}
    kept_back = Discretion.objects.filter(entry__person=person)
    for key, amounts in kept_back.values_list("entry__key", "amounts"):
        for measure, by in amounts.items():
            kept = sizes.get(key, {}).get(measure)
            if isinstance(kept, int):
                masks[key, measure] = said(measure, kept, str(by))
    return Beside(documents, masks)
