"""Every change leaves who, when and why; texts can be erased, and the chain stays whole."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tassei.web import history
from tassei.web.history import Author, Stale
from tassei.web.models import Event, EventText, Person, Unit
from tassei.web.models.recorded import Unrecorded

pytestmark = pytest.mark.usefixtures("database")


def _somebody(code: str = "E1") -> Person:
    return history.create(Author(None, "joined"), Person(code=code, name="見本 花子"))


def test_a_change_is_recorded_with_who_and_why() -> None:
    """An event says what was done to which row by whom; its text has the values and the reason."""
    person = _somebody()
    history.change(Author(person.pk, "married"), person, 1, name="見本 春子")
    event = Event.objects.get(number=2)
    assert (event.actor_id, event.kind, event.table, event.row, event.version) == (
        person.pk, "changed", "person", person.pk, 2,
    )  # fmt: skip
    text = EventText.objects.get(event=event)
    assert (text.values, text.why) == ({"name": ["見本 花子", "見本 春子"]}, "married")
    assert history.broken() is None


def test_who_comes_second_is_told() -> None:
    """A change that was made upon an older version writes nothing."""
    person, same = _somebody(), Person.objects.get(code="E1")
    history.change(Author(None), person, 1, name="first")
    with pytest.raises(Stale):
        history.change(Author(None), same, 1, name="second")
    with pytest.raises(Stale):
        history.remove(Author(None), same, 1)
    assert Person.objects.get(code="E1").name == "first"
    assert Event.objects.count() == 2
    assert history.broken() is None


def test_a_change_of_nothing_leaves_no_trace() -> None:
    """Sending a form unchanged raises no version."""
    person = _somebody()
    history.change(Author(None), person, 1, name=person.name)
    assert (person.version, Event.objects.count()) == (1, 1)


def test_no_change_goes_past_the_history() -> None:
    """Saving, removing, and changing many rows at once are refused."""
    person = _somebody()
    for attempt in (
        person.save,
        person.delete,
        lambda: Person.objects.update(name="x"),
        lambda: Person.objects.all().delete(),
        lambda: Person.objects.bulk_create([Person(code="E2")]),
        lambda: Person.objects.create(code="E2"),
        Event.objects.get().save,
        Event.objects.get().delete,
        lambda: Event.objects.all().delete(),
    ):
        with pytest.raises(Unrecorded):
            attempt()
    assert Person.objects.get().name == "見本 花子"


def test_erased_texts_leave_the_chain_whole() -> None:
    """After erasure no word about the person is left in the history, and every event still is."""
    person = _somebody()
    history.create(Author(person.pk), Unit(code="U1", name_ja="部", name_en="unit"))
    history.change(Author(None, "of 見本"), person, 1, name="", email="")
    kept = history.head()
    assert history.erase(person.pk) == 2
    assert [t.event_id for t in EventText.objects.all()] == [2]
    assert Event.objects.count() == 3
    assert history.broken(kept) is None


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("UPDATE web_event SET kind = 'x' WHERE number = 2", "event 2 was changed"),
        (
            "UPDATE web_eventtext SET why = 'x' WHERE event_id = 2",
            "the text of event 2 was changed",
        ),
        ("DELETE FROM web_eventtext WHERE event_id = 1", None),
    ],
)
def test_a_changed_event_is_found(tampering: str, told: str | None) -> None:
    """What was changed behind the application's back is named; an erased text is no change."""
    for code in ("E1", "E2", "E3"):
        _somebody(code)
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    assert history.broken() == told


def test_a_cut_off_end_is_found_by_what_was_kept() -> None:
    """A chain whose end is gone looks whole, but for a head that is kept elsewhere."""
    _somebody("E1")
    early = history.head()
    _somebody("E2")
    late = history.head()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM web_eventtext WHERE event_id = 2")
        cursor.execute("DELETE FROM web_event WHERE number = 2")
        cursor.execute("UPDATE web_chainhead SET number = 1, digest = %s", [early[1]])
    assert history.broken() is None
    assert history.broken(late) == "events after 1 are missing"


def test_a_head_that_leads_nowhere_is_found() -> None:
    """Whether it names an event that is not there, or one before the last."""
    for code in ("E1", "E2"):
        _somebody(code)
    early = Event.objects.get(number=1).digest
    for number, digest in ((3, "x" * 64), (1, early), (2, early)):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE web_chainhead SET number = %s, digest = %s", (number, digest))
        assert history.broken() == "events after 2 are missing"


def test_what_is_recorded_during_the_check_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody writes while the chain is followed, in parts; that is no fault, and is looked at."""
    monkeypatch.setattr(history, "_BATCH", 1)
    _somebody("E1")
    _somebody("E2")
    follow, later = history._after, iter(["E3", "E4"])

    def followed(number: int) -> Iterator[tuple[Event, EventText | None]]:
        for code in later:
            _somebody(code)
            break
        yield from follow(number)

    monkeypatch.setattr(history, "_after", followed)
    assert history.broken() is None
    assert Event.objects.count() == 4
