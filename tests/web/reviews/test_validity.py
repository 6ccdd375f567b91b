"""Results are valid for as long as was chosen when they became final, and those concerned are told in time."""

import datetime
from typing import Any

import pytest

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web import clock
from tassei.web.administration.retention import choose, mark
from tassei.web.dates import day
from tassei.web.models import Decision
from tassei.web.periods import VALIDITY, chosen, months_after
from tassei.web.reviews.validity import MONTHS_AHEAD, Phase, ending, phase
from web.reading import faults_of
from web.reviews.year import NOBODY, Office, assessment, cycle, office

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def here(database: None, lang: Lang) -> Office:
    return office(lang)


def _decided(here: Office, attained: str = "yes", **values: Any) -> int:
    """A case of level 3 that the superior has decided."""
    row = assessment(here, cycle(here, **values), level=3)
    here.move("midori", row.pk, "begin")
    here.move("midori", row.pk, "submit")
    here.move("cho", row.pk, "settle", reason="見たとおり", attained=attained)
    return row.pk


def _years(years: int) -> None:
    before = chosen()
    assert choose(NOBODY, {VALIDITY.key: years}, mark(before))


def test_a_final_result_is_valid_for_the_years_that_were_chosen(
    here: Office, lang: Lang, standards: Standards
) -> None:
    """From the day it is closed; a number that is chosen later changes no result that somebody has."""
    number = _decided(here)
    decision = Decision.objects.get()
    assert decision.valid_until is None
    here.move("hana", number, "close", reason="確定")
    decision.refresh_from_db()
    until = months_after(clock.today(), 36)
    assert decision.valid_until == until
    _years(1)
    for who, address in (
        ("midori", "/assessments/"),
        ("midori", f"/reviews/{number}/"),
        ("cho", f"/reviews/{number}/dossier/"),
    ):
        page = here.get(who, address)
        assert day(until)[lang] in page.said, address
        assert faults_of(page, lang, standards) == []  # fmt: skip
    decision.refresh_from_db()
    assert decision.valid_until == until


def test_closing_a_cycle_fixes_all_its_results(here: Office) -> None:
    """Those attained; what was not attained has nothing to run out."""
    number = _decided(here)
    page = here.get("hana", f"/cycles/{_cycle_of(number)}/close/")
    version = page.one("main input[name=version]").attributes["value"]
    here.post(
        "hana", f"/cycles/{_cycle_of(number)}/close/", version=version, reason="終わり", sure="yes"
    )
    assert Decision.objects.get().valid_until == months_after(clock.today(), 36)  # fmt: skip


def _cycle_of(number: int) -> int:
    return Decision.objects.get(assessment=number).assessment.cycle_id


def test_what_is_not_attained_runs_out_never(here: Office) -> None:
    number = _decided(here, "no")
    here.move("hana", number, "close", reason="確定")
    assert Decision.objects.get().valid_until is None


def test_without_an_end_nothing_runs_out(here: Office) -> None:
    """0 years stands for ever."""
    _years(0)
    number = _decided(here)
    here.move("hana", number, "close", reason="確定")
    assert Decision.objects.get().valid_until is None


@pytest.mark.parametrize(
    ("months", "stands"),
    [(-1, Phase.ENDED), (1, Phase.ENDING), (MONTHS_AHEAD, Phase.ENDING), (MONTHS_AHEAD + 1, Phase.VALID)],
)  # fmt: skip
def test_the_end_is_told_in_time(here: Office, lang: Lang, months: int, stands: Phase) -> None:
    """A year ahead the engineer is told to renew; afterwards that it has run out."""
    number = _decided(here)
    here.move("hana", number, "close", reason="確定")
    until = Decision.objects.get().valid_until
    assert until is not None
    then = months_after(until, -months)
    moment = datetime.datetime(then.year, then.month, then.day, 12, tzinfo=datetime.UTC)
    with clock.at(moment):
        assert phase(until) is stands
        assert list(ending().values_list("assessment", flat=True)) == (
            [] if stands is Phase.VALID else [number]
        )
        tags = here.get("midori", "/assessments/").tree.css("strong.tag.late")
    said = "".join(t.text() for t in tags)
    assert (day(until)[lang] in said) == (stands is not Phase.VALID)


@pytest.mark.parametrize("years", [3, 0])
def test_a_later_result_of_the_field_makes_up_for_it(here: Office, years: int) -> None:
    """Once it is final, with an end or without one, nobody is told of the old one any more."""
    first = _decided(here)
    here.move("hana", first, "close", reason="確定")
    with clock.at(clock.now() + datetime.timedelta(days=365 * 2 + 100)):
        assert ending().count() == 1
        _years(years)
        second = _decided(here, name_ja="次の回", name_en="Next")
        assert ending().count() == 1
        assert here.get("midori", "/assessments/").tree.css("strong.tag.late")
        here.move("hana", second, "close", reason="確定")
        assert ending().count() == 0
        assert not here.get("midori", "/assessments/").tree.css("strong.tag.late")
