"""Where a reader can go from every page: one row a part of the application, shown to those it is open to."""

from collections.abc import Callable

from attrs import frozen
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse

from tassei.text import Text
from tassei.web.insights.reach import Reach
from tassei.web.models import Account
from tassei.web.optional import PLANS
from tassei.web.permits import Viewer
from tassei.web.viewers import viewer_of


@frozen
class Row:
    """One part of the application.

    Args:
        section: the first step of its addresses.
        name: of the address that it begins at.
        shown: whether somebody has anything to do there; the pages themselves ask `permits`.
    """

    section: str
    label: Text
    name: str
    shown: Callable[[Viewer], bool]


@frozen
class Place:
    """A row as one reader sees it."""

    label: Text
    url: str
    here: bool


def _everybody(viewer: Viewer) -> bool:
    return True


def _with_account(viewer: Viewer) -> bool:
    return viewer.person is not None


def _reads_totals(viewer: Viewer) -> bool:
    return viewer.person is not None and bool(Reach.of(viewer).scopes)


ROWS: tuple[Row, ...] = (
    Row("standard", Text("基準", "Standard"), "home", _everybody),
    Row("compare", Text("比べる", "Compare"), "compare-levels", _everybody),
    Row("try", Text("試す", "Try it"), "try", _everybody),
    Row("record", Text("私の記録", "My record"), "record", _with_account),
    *((Row("plan", Text("計画", "Plan"), "plan", _with_account),) if PLANS else ()),
    Row("insights", Text("集計", "Insights"), "insights", _reads_totals),
)


def menu(request: HttpRequest) -> tuple[Place, ...]:
    """The rows that a reader sees; one query for who has an account."""
    section = request.path.strip("/").split("/")[0] or "standard"
    viewer = _viewer(request)
    return tuple(
        Place(row.label, reverse(row.name), row.section == section)
        for row in ROWS
        if row.shown(viewer)
    )


def _viewer(request: HttpRequest) -> Viewer:
    try:
        account = getattr(request, "user", None)
        return viewer_of(account.person) if isinstance(account, Account) else Viewer()
    except DatabaseError:
        # the page that tells of a fault of the database must not fail for the same reason
        return Viewer()
