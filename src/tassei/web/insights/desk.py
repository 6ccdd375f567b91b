"""What an address of the pages of totals asks for, and the frame that they share."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import define, frozen
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from tassei.evidence.months import Month
from tassei.framework.edition import Edition
from tassei.text import Lang, Text
from tassei.web.clock import this_month
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.pages import Choice, Link
from tassei.web.explorer.shelf import standards
from tassei.web.insights.heads import Heads, standings_at
from tassei.web.insights.pages import Filter, InsightsPage, Tab, Table, shown
from tassei.web.insights.reach import TEAM, Reach, Scope
from tassei.web.models import Cycle, Person, Standing
from tassei.web.permits import Act
from tassei.web.site import lang_of
from tassei.web.standings import renewing
from tassei.web.viewers import viewer_of

_MOST_DIGITS = 18
REVIEWERS = "insights-reviewers"
TABS: tuple[tuple[str, Text], ...] = (
    ("insights", Text("人数", "Head-count")),
    ("insights-units", Text("組織別", "By unit")),
    ("insights-movement", Text("変化", "Movement")),
    ("insights-gaps", Text("目標との差", "Gaps")),
    ("insights-near", Text("あと一歩", "Near misses")),
    ("insights-risks", Text("一人に頼る分野", "Risks")),
    ("insights-ending", Text("期限", "Running out")),
    (REVIEWERS, Text("審査員", "Reviewers")),
)


@frozen
class Asked:
    """The parts of an address, checked."""

    scope: Scope
    cycle: int | None
    edition: Edition


@define
class Desk:
    """One request for totals.

    Raises:
        PermissionDenied: there is nothing that the person may read totals of, or not of that.
        Http404: the address names what does not exist.
    """

    request: HttpRequest
    person: Person
    name: str

    @cached_property
    def lang(self) -> Lang:
        return lang_of(self.request)

    @cached_property
    def given(self) -> Mapping[str, str]:
        return {k: str(v) for k, v in self.request.GET.items()}

    @cached_property
    def reach(self) -> Reach:
        found = Reach.of(viewer_of(self.person), passing_on=self.given.get("masked") == "1")
        if not found.scopes:
            raise PermissionDenied
        return found

    @cached_property
    def cycles(self) -> Mapping[int, Cycle]:
        """The rounds that standings were taken for, the latest first; one query."""
        taken = Standing.objects.filter(field="").values("cycle_id")
        return {c.pk: c for c in Cycle.objects.filter(pk__in=taken).order_by("-as_of", "-pk")}

    @cached_property
    def asked(self) -> Asked:
        scope = self._scope()
        cycle = self.cycle_named("cycle")
        return Asked(scope, cycle, self._edition(cycle))

    def _scope(self) -> Scope:
        written = self.given.get("unit", "")
        if not written:
            return self.reach.begin()
        if written == TEAM:
            found: Scope = TEAM
        else:
            units = self.reach.organisation.units.values()
            found = next((u.pk for u in units if u.code == written), 0)
            if found == 0:
                raise Http404
        if found not in self.reach.scopes:
            raise PermissionDenied
        return found

    def cycle_named(self, name: str) -> int | None:
        """The round that a part of the address names; None for the present.

        Raises:
            Http404: there is no such round.
        """
        written = self.given.get(name, "")
        if not written or written == "now":
            return None
        number = int(written) if written.isdecimal() and len(written) <= _MOST_DIGITS else 0
        if number not in self.cycles:
            raise Http404
        return number

    def _edition(self, cycle: int | None) -> Edition:
        everything = standards()
        written = self.given.get("edition", "")
        if written:
            found = next((e for e in everything.editions if e.id == written), None)
            if found is None:
                raise Http404
            return found
        first = standings_at(cycle, self.reach).exclude(field="").order_by("-low", "pk")
        path = first.values_list("field", flat=True).first()
        of_path = path.rpartition("/")[0] if path else ""
        return next((e for e in everything.editions if e.id == of_path), everything.editions[0])

    @cached_property
    def heads(self) -> Heads:
        return Heads(self.reach, self.asked.cycle, self.asked.edition)

    def field_named(self) -> str:
        """The path of the field that the address names, or of the first one.

        Raises:
            Http404: the edition has no such field.
        """
        written = self.given.get("field", "")
        if not written:
            return self.heads.fields[0]
        if written not in self.heads.fields:
            raise Http404
        return written

    def level_named(self, path: str) -> int:
        """The level that the address names, which the field must have.

        Raises:
            Http404: it has none of that number.
        """
        written = self.given.get("level", "")
        if written not in {str(n) for n in self.heads.levels(path)}:
            raise Http404
        return int(written)

    # --- addresses

    def url(self, name: str = "", **parts: str | int) -> str:
        """A page of totals about the same, with other parts of the address."""
        asked: dict[str, str | int] = {k: v for k, v in self.given.items() if k in _KEPT}
        return f"{reverse(name or self.name)}?{urlencode({**asked, **parts})}"

    def unit_name(self, scope: Scope) -> Text:
        if scope is None:
            return Text("全体", "everybody")
        if scope == TEAM:
            return Text("私のチーム", "my team")
        unit = self.reach.organisation.units[scope]
        return Text(unit.name_ja, unit.name_en)

    def unit_code(self, scope: Scope) -> str:
        if scope is None:
            return ""
        return TEAM if scope == TEAM else self.reach.organisation.units[scope].code

    def cycle_name(self, cycle: int | None) -> Text:
        if cycle is None:
            return Text("現在", "now")
        found = self.cycles[cycle]
        return Text(found.name_ja, found.name_en)

    def field_name(self, path: str) -> Text:
        field = self.asked.edition.field(path.rpartition("/")[2])
        assert field is not None, "the path was checked"
        return field.name

    # --- the frame

    @property
    def common(self) -> tuple[Filter, ...]:
        """The filters of every page: unit, cycle, edition."""
        lang, asked = self.lang, self.asked
        depth = dict(self.reach.organisation.tree(None))
        units = tuple(
            Choice(
                self.unit_code(s),
                "　" * (depth[s] if isinstance(s, int) else 0) + self.unit_name(s)[lang],
                s == asked.scope,
            )
            for s in self.reach.scopes
        )
        return (
            Filter("unit", Text("範囲", "Of whom")[lang], units),
            self.cycle_filter("cycle", Text("時点", "As of"), asked.cycle),
            Filter(
                "edition",
                Text("版", "Edition")[lang],
                tuple(
                    Choice(e.id, edition_name(e)[lang], e.id == asked.edition.id)
                    for e in standards().editions
                ),
            ),
        )

    def cycle_filter(self, name: str, label: Text, chosen: int | None) -> Filter:
        rounds: list[int | None] = [None, *self.cycles]
        options = tuple(
            Choice("now" if c is None else str(c), self.cycle_name(c)[self.lang], c == chosen)
            for c in rounds
        )
        return Filter(name, label[self.lang], options)

    def field_filter(self, chosen: str) -> Filter:
        options = tuple(
            Choice(p, self.field_name(p)[self.lang], p == chosen) for p in self.heads.fields
        )
        return Filter("field", Text("専門分野", "Field")[self.lang], options)

    def page(
        self,
        title: Text,
        lead: Text,
        tables: Sequence[Table],
        filters: Sequence[Filter] = (),
        more: Sequence[Link] = (),
        keep: Mapping[str, str] | None = None,
        *,
        masks: bool = True,
    ) -> InsightsPage:
        """The tables in their frame.

        Args:
            masks: there is a masked form of them, to be passed on.
        """
        lang = self.lang
        filters = filters or self.common
        here = self.request.path
        downloads = tuple(
            Link(form.upper(), f"{here}?{urlencode({**self.given, 'as': form})}")
            for form in ("csv", "xlsx")
        )
        kept = dict(keep or {})
        if self.reach.passing_on:
            kept["masked"] = "1"
        as_of, renew = self._age()
        return InsightsPage(
            title[lang],
            lead[lang],
            as_of,
            tuple(
                Tab(text[lang], self.url(name), name == self.name)
                for name, text in TABS
                if name != REVIEWERS or self._sees_reviewers
            ),
            tuple(filters),
            tuple(kept.items()),
            not self.heads.knows_all(self.asked.scope),
            tuple(shown(t, n, lang) for n, t in enumerate(tables)),
            downloads if tables else (),
            renew,
            renew and renewing(),
            (*more, self._masking()) if masks else tuple(more),
        )

    @property
    def _sees_reviewers(self) -> bool:
        units = (s for s in self.reach.scopes if s != TEAM)
        return not self.reach.passing_on and any(
            self.reach.reads(s, Act.READ_REVIEWERS) for s in units
        )

    def _masking(self) -> Link:
        given = {k: v for k, v in self.given.items() if k != "masked"}
        if self.reach.passing_on:
            text = Text("伏せない数を見る", "Show the numbers that you may see")
        else:
            text = Text("人に渡せるよう、小さな数を伏せる", "Mask small numbers, to pass it on")
            # the own team is a group that only the reader sees
            given = {k: v for k, v in given.items() if not (k == "unit" and v == TEAM)}
            given["masked"] = "1"
        return Link(text[self.lang], f"{self.request.path}?{urlencode(given)}")

    def _age(self) -> tuple[str, bool]:
        """What the numbers are as of; and whether the reader may renew them, where that is of use."""
        at = standings_at(self.asked.cycle, self.reach).filter(field="")
        oldest = at.order_by("as_of").values_list("as_of", flat=True).first()
        manager = self.reach.reads(None, Act.SET_UP_CYCLE)
        if oldest is None:
            return "", manager and self.asked.cycle is None
        month = Month.parse(oldest)
        old = self.asked.cycle is None and month < this_month()
        return month.label[self.lang], old and manager


_KEPT = ("unit", "cycle", "edition", "masked", "field", "from")
