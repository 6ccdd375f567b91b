"""Where a reader can go from every page: one row a part of the application, shown to those it is open to."""

from collections.abc import Callable

from attrs import frozen
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse

from tassei.text import Text
from tassei.web.cycle.case import Role
from tassei.web.insights.reach import Reach
from tassei.web.models import Account
from tassei.web.optional import PLANS
from tassei.web.permits import Viewer
from tassei.web.reviews.waiting import Waiting, waiting_for
from tassei.web.viewers import viewer_of


@frozen
class Row:
    """One part of the application.

    Args:
        section: the first step of its addresses.
        name: of the address that it begins at.
        shown: whether somebody has anything to do there; the pages themselves ask `permits`.
        waits: how many things there wait for somebody.
    """

    section: str
    label: Text
    name: str
    shown: Callable[[Viewer], bool]
    waits: Callable[[Waiting], int] = lambda waiting: 0


@frozen
class Place:
    """A row as one reader sees it."""

    label: Text
    url: str
    here: bool
    waits: int = 0


@frozen
class Menu:
    """The rows that a reader sees, and what waits for the reader."""

    places: tuple[Place, ...]
    waiting: Waiting


def _everybody(viewer: Viewer) -> bool:
    return True


def _with_account(viewer: Viewer) -> bool:
    return viewer.person is not None


def _reads_totals(viewer: Viewer) -> bool:
    return viewer.person is not None and bool(Reach.of(viewer).scopes)


def _manages_or_audits(viewer: Viewer) -> bool:
    return any(role in (Role.MANAGER, Role.AUDITOR) for role, _ in viewer.roles)


def _administers(viewer: Viewer) -> bool:
    kept = {Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR}
    return any(role in kept for role, _ in viewer.roles)


ROWS: tuple[Row, ...] = (
    Row("standard", Text("基準", "Standard"), "home", _everybody),
    Row("compare", Text("比べる", "Compare"), "compare-levels", _everybody),
    Row("try", Text("試す", "Try it"), "try", _everybody),
    Row("record", Text("私の記録", "My record"), "record", _with_account),
    *((Row("plan", Text("計画", "Plan"), "plan", _with_account),) if PLANS else ()),
    Row("assessments", Text("私の評価", "My assessments"), "mine", _with_account, lambda w: w.mine),
    Row("reviews", Text("審査", "Reviews"), "reviews", _with_account, lambda w: w.reviews),
    Row("cycles", Text("評価の回", "Cycles"), "cycles", _manages_or_audits),
    Row("insights", Text("集計", "Insights"), "insights", _reads_totals),
    Row("admin", Text("管理", "Admin"), "admin", _administers),
)


def menu(request: HttpRequest) -> Menu:
    """The rows that a reader sees; two queries for who has an account."""
    section = request.path.strip("/").split("/")[0] or "standard"
    viewer, waiting = _viewer(request)
    return Menu(
        tuple(
            Place(row.label, reverse(row.name), row.section == section, row.waits(waiting))
            for row in ROWS
            if row.shown(viewer)
        ),
        waiting,
    )


def _viewer(request: HttpRequest) -> tuple[Viewer, Waiting]:
    try:
        account = getattr(request, "user", None)
        if isinstance(account, Account):
            return viewer_of(account.person), waiting_for(account.person_id)
    except DatabaseError:
        # the page that tells of a fault of the database must not fail for the same reason
        pass
    return Viewer(), Waiting()
