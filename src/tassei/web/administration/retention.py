"""How long things are kept: choosing it, what would go now, and letting it go."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from attrs import frozen
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tassei.web.administration.erasing import erase
from tassei.web.administration.roles import locked
from tassei.web.clock import now, today
from tassei.web.history import Author, change, create
from tassei.web.models import Person, Run, Setting, Upload, Verdict
from tassei.web.periods import LEFT, RULES, VERDICTS, chosen, months_after

DAY = timedelta(days=1)


def choose(author: Author, values: dict[str, int], seen: str) -> bool:
    """Change the numbers; False, and nothing is written, where they are no longer those that were seen."""
    with transaction.atomic():
        locked()
        if mark(chosen()) != seen:
            return False
        present = {s.key: s for s in Setting.objects.all()}
        for key, value in values.items():
            row = present.get(key)
            if row is None:
                create(author, Setting(key=key, value=value))
            else:
                change(author, row, row.version, value=value)
    return True


def mark(values: dict[str, int]) -> str:
    """What a form carries to say which numbers it was made from."""
    return ",".join(str(values[r.key]) for r in RULES)


@frozen
class Due:
    """What would go now."""

    people: tuple[Person, ...]
    verdicts: int

    @property
    def nothing(self) -> bool:
        return not self.people and not self.verdicts


def due(today: date) -> Due:
    """What has been kept for longer than was chosen."""
    return Due(tuple(_gone(today)), _old(today).count())


def _gone(today: date) -> QuerySet[Person]:
    months = chosen()[LEFT.key]
    people = Person.objects.filter(active=False, erased_at=None, left_on__isnull=False)
    return people.filter(left_on__lte=months_after(today, -months)) if months else people.none()


def _old(today: date) -> QuerySet[Verdict]:
    years = chosen()[VERDICTS.key]
    if not years:
        return Verdict.objects.none()
    day = months_after(today, -12 * years)
    midnight = timezone.make_aware(datetime(day.year, day.month, day.day))
    used = (f.related_model for f in Verdict._meta.related_objects)
    found = Verdict.objects.filter(at__lt=midnight)
    for model, name in zip(used, _names(), strict=True):
        found = found.exclude(pk__in=model._base_manager.exclude(**{name: None}).values(name))
    return found


def _names() -> Iterator[str]:
    return (str(f.field.name) for f in Verdict._meta.related_objects)


def let_go(author: Author, today: date) -> dict[str, int]:
    """Erase what is due, and record how much it was."""
    with transaction.atomic():
        locked()
        found = due(today)
        for person in found.people:
            erase(author, person, person.version)
        _old(today).delete()
        Upload.objects.filter(at__lt=now() - DAY).delete()
        figures = {"people": len(found.people), "verdicts": found.verdicts}
        create(author, Run(kind="retention", at=now(), figures=figures))
    return figures


def let_go_daily() -> bool:
    """Do it unless it was done within a day; says whether it was done now. Any process may call it."""
    with transaction.atomic():
        locked()
        last = Run.objects.filter(kind="retention").order_by("-at").first()
        if last is not None and last.at > now() - DAY:
            return False
        let_go(Author(None, "retention"), today())
    return True
