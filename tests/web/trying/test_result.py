"""What engagements are called in a verdict."""

from tassei.evidence.model import Engagement, Evidence, Person
from tassei.evidence.months import Month
from tassei.web.trying.result import named


def test_work_of_one_name_is_told_apart() -> None:
    """By its first month where there is one, else by a number, and never by an id."""
    works = (
        Engagement("a", "operations", first=Month.of(2019, 4)),
        Engagement("b", "operations", first=Month.of(2021, 4)),
        Engagement("c", "operations"),
        Engagement("d", "operations", first=Month.of(2021, 4)),
        Engagement("e", "other"),
        Engagement("f"),
    )
    called = named(Evidence(Person("p", "p"), (), works)).engagements or ()
    assert [e.id for e in called] == [
        "operations (2019-04)",
        "operations (2021-04)",
        "operations",
        "operations (2)",
        "other",
        "f",
    ]
    assert named(Evidence(Person("p", "p"))).engagements is None
