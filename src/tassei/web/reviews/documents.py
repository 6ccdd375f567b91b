"""Names of the documents that are attached to engagements, where the portfolio keeps any."""

from django.apps import apps

from tassei.web.models import Person


def documents_of(person: Person) -> dict[str, tuple[str, ...]]:
    """Engagement -> names of its documents; one query, none where no documents are kept."""
    model = apps.all_models["web"].get("attachment")
    if model is None:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    rows = model._default_manager.filter(entry__person=person, entry__kind="engagement")
    for key, name in rows.order_by("pk").values_list("entry__key", "name"):
        found[key] = (*found.get(key, ()), name)
    return found
