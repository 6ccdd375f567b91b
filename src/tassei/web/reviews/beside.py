"""What stands beside a record and is shown with it: documents, and amounts that are masked."""

from collections.abc import Mapping

from attrs import field, frozen
from django.urls import reverse

from tassei.evidence.model import Evidence
from tassei.text import Text
from tassei.web.explorer.pages import Link
from tassei.web.masks import said
from tassei.web.models import Assessment, Attachment, Discretion
from tassei.web.record.files import size_said


@frozen
class Beside:
    """What is shown with engagements.

    Args:
        documents: engagement -> its documents, with addresses that reviewers may open.
        masks: engagement and measure -> the masked amount in words.
    """

    documents: Mapping[str, tuple[Link, ...]] = field(factory=dict)
    masks: Mapping[tuple[str, str], Text] = field(factory=dict)


def beside(assessment: Assessment, evidence: Evidence) -> Beside:
    """What stands beside the engagements of the record that is assessed; two queries."""
    person, documents = assessment.person, dict[str, tuple[Link, ...]]()
    files = Attachment.objects.filter(entry__person=person, entry__kind="engagement")
    for key, pk, name, size in files.order_by("pk").values_list("entry__key", "pk", "name", "size"):
        url = reverse("case-document", args=[assessment.pk, pk])
        documents[key] = (*documents.get(key, ()), Link(name, url, size_said(size)))
    sizes = {e.id: e.size for e in evidence.engagements or ()}
    masks = {}
    kept_back = Discretion.objects.filter(entry__person=person)
    for key, amounts in kept_back.values_list("entry__key", "amounts"):
        for measure, by in amounts.items():
            kept = sizes.get(key, {}).get(measure)
            if isinstance(kept, int):
                masks[key, measure] = said(measure, kept, str(by))
    return Beside(documents, masks)
