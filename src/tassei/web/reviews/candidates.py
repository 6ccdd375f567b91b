"""Who can be named in a move: only people whom the move would not refuse, few enough to choose from."""

from django.db.models import Q, QuerySet

from tassei.text import Lang, Text
from tassei.web.cycle.case import Role
from tassei.web.cycle.moves import Asked, refusals
from tassei.web.dates import called
from tassei.web.explorer.pages import Choice, OptionGroup
from tassei.web.models import Person
from tassei.web.reviews.cases import Opened

MOST = 60


def present() -> QuerySet[Person]:
    """The people of the organisation who have not left."""
    found: QuerySet[Person] = Person.objects.filter(active=True, erased_at=None)
    return found


def candidates(
    one: Opened, move: str, asked: str, chosen: str, lang: Lang
) -> tuple[OptionGroup, ...]:
    """The people whom a move may name.

    Args:
        asked: a part of a name or code to look for.
        chosen: the code of who was chosen.
    """
    near = {int(p) for p in one.case.committee}
    near |= {s for s in (one.assessment.person.superior_id, one.assessment.superior_id) if s}
    first = present().filter(pk__in=near)
    rest = present().exclude(pk__in=near)
    if asked:
        hit = Q(name__icontains=asked) | Q(code__icontains=asked)
        first, rest = first.filter(hit), rest.filter(hit)
    elif move == "seat":
        rest = rest.filter(grants__role=Role.MEMBER.value).distinct()
    else:
        rest = rest.filter(team__isnull=False).distinct()
    groups = (
        (Text("この評価に関わる人", "People of this case"), first),
        (Text("ほかの人", "Others"), rest),
    )
    made = (
        OptionGroup(name[lang], tuple(_choices(one, move, people, chosen)))
        for name, people in groups
    )
    return tuple(g for g in made if g.options)


def _choices(one: Opened, move: str, people: QuerySet[Person], chosen: str) -> list[Choice]:
    found = []
    for person in people.order_by("name", "code")[: 3 * MOST]:
        asked = Asked(one.actor, "-", str(person.pk), True)
        if not refusals(one.case, move, asked):
            label = called(person) + (f" ({person.code})" if person.name else "")
            found.append(Choice(person.code, label, person.code == chosen))
    return found[:MOST]
