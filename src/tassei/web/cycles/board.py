"""The list of cycles, and the board of one: how far it is, what is lacking, who takes part."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from tassei.errors import RequestError
from tassei.evidence.months import Month
from tassei.figures import plural
from tassei.text import Lang, Text
from tassei.web.cycle.case import COMMITTEE_FROM, State
from tassei.web.cycles import pages
from tassei.web.cycles.closing import lacking
from tassei.web.dates import called, day
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.pages import Link
from tassei.web.explorer.shelf import field_at, standards
from tassei.web.models import Assessment, Cycle
from tassei.web.reviews.shown import case_url, due_day, level_name
from tassei.web.reviews.waiting import overdue

ROWS = 50
"""Assessments of one page."""


def name_of(cycle: Cycle, lang: Lang) -> str:
    return str(cycle.name_ja if lang == "ja" else cycle.name_en)


def state_of(cycle: Cycle) -> Text:
    if cycle.closed_at is not None:
        return Text("終了", "closed")
    return Text("実施中", "open") if cycle.opened_at else Text("準備中", "being set up")


def _unit(cycle: Cycle, lang: Lang) -> str:
    if cycle.unit is None:
        return Text("全体", "everybody")[lang]
    return str(cycle.unit.name_ja if lang == "ja" else cycle.unit.name_en)


def _time(cycle: Cycle, lang: Lang) -> str:
    return Text("〜", " – ")[lang].join((day(cycle.opens)[lang], day(cycle.closes)[lang]))


def cycles_page(units: frozenset[int] | None, may_make: bool, lang: Lang) -> pages.CyclesPage:
    """The cycles of some units, the latest first; one query."""
    found = Cycle.objects.select_related("unit").annotate(people=Count("assessments"))
    if units is not None:
        found = found.filter(unit__in=units)
    rows = tuple(
        pages.CycleRow(
            name_of(c, lang),
            reverse("cycle", args=[c.pk]),
            _unit(c, lang),
            Month.parse(c.as_of).label[lang],
            state_of(c)[lang],
            _time(c, lang),
            getattr(c, "people", 0),
        )
        for c in found.order_by("-opens", "-pk")
    )
    open_ = sum(1 for r in rows if r.state == Text("実施中", "open")[lang])
    lead = Text(f"実施中の回が{open_}件あります。", f"{plural(open_, 'cycle')} open now.")
    return pages.CyclesPage(
        Text("評価の回", "Cycles")[lang],
        lead[lang] if rows else "",
        rows,
        reverse("cycle-new") if may_make else "",
    )


def cycle_page(cycle: Cycle, may_change: bool, show: str, at: int, lang: Lang) -> pages.CyclePage:
    """One cycle; a fixed number of queries, however many take part."""
    counts, total, late = _counts(cycle, show, lang)
    lacks = lacking(cycle).count()
    decided = sum(c.count for c in counts if c.url.endswith(("=decided", "=closed")))
    rows, more = _rows(cycle, show, at, lang)
    address = reverse("cycle", args=[cycle.pk])
    return pages.CyclePage(
        name_of(cycle, lang),
        _lead(cycle, total, decided, late)[lang] if total else "",
        state_of(cycle)[lang],
        _facts(cycle, lang),
        counts,
        Link(
            Text(
                f"{lacks}件は上司か審査員が足りません",
                f"{plural(lacks, 'assessment')} without a superior or enough members",
            )[lang],
            f"{address}?show=lacking",
        )
        if lacks
        else None,
        rows,
        _shown(show, lang),
        f"{address}?show={show if show in _SHOWN else ''}&page={at - 1}" if at > 1 else "",
        f"{address}?show={show if show in _SHOWN else ''}&page={at + 1}" if more else "",
        _links(cycle, lang) if may_change else (),
        may_change,
    )


_STATES = {s.value: s for s in State}
_SHOWN = {*_STATES, "lacking", "overdue"}


def _shown(show: str, lang: Lang) -> str:
    if show in _STATES:
        return _STATES[show].label[lang]
    names = {
        "lacking": Text("上司か審査員が足りないもの", "lacking a superior or members"),
        "overdue": Text("期限を過ぎたもの", "past the day"),
    }
    return names[show][lang] if show in names else ""


def _lead(cycle: Cycle, total: int, decided: int, late: int) -> Text:
    ja = f"{total}件のうち{decided}件が決定しました" + (
        f"。{late}件は期限を過ぎています。" if late else "。"
    )
    en = f"{decided} of {plural(total, 'assessment')} decided" + (
        f"; {late} past the day." if late else "."
    )
    return Text(ja, en)  # fmt: skip


def _facts(cycle: Cycle, lang: Lang) -> tuple[tuple[str, str], ...]:
    dues = (
        (Text("本人の期限", "engineers submit by"), cycle.due_self),
        (Text("上司の期限", "superiors check by"), cycle.due_superior),
        (Text("審査員の期限", "committees decide by"), cycle.due_committee),
    )
    fields: dict[str, list[str]] = {}
    for path in cycle.fields:
        try:
            edition, one = field_at(path)
        except RequestError:
            continue
        fields.setdefault(edition_name(edition)[lang], []).append(one.name[lang])
    comma = Text("、", ", ")[lang]
    said = [
        (Text("参加する組織", "unit")[lang], _unit(cycle, lang)),
        (Text("期間", "time")[lang], _time(cycle, lang)),
        (Text("判定の基準月", "judged as of")[lang], Month.parse(cycle.as_of).label[lang]),
        *((name[lang], day(due)[lang]) for name, due in dues if due),
        (Text("審査の定足数", "quorum of committees")[lang], str(cycle.quorum)),
        *((edition, comma.join(names)) for edition, names in fields.items()),
        *_readings(cycle, lang),
    ]
    return tuple(said)


def _readings(cycle: Cycle, lang: Lang) -> list[tuple[str, str]]:
    return [
        (r.question[lang], a.meaning[lang])
        for r in standards().readings
        for a in r.alternatives
        if cycle.readings.get(r.id) == a.id
    ]


def _counts(cycle: Cycle, show: str, lang: Lang) -> tuple[tuple[pages.StateCount, ...], int, int]:
    """How many stand where, and how many of them past their day; one query."""
    late = Count("pk", filter=Q(pk__in=_overdue(cycle).values("pk")))
    found = {
        r["state"]: (r["n"], r["late"])
        for r in Assessment.objects.filter(cycle=cycle)
        .order_by()
        .values("state")
        .annotate(n=Count("pk"), late=late)
    }
    address = reverse("cycle", args=[cycle.pk])
    counts = tuple(
        pages.StateCount(
            s.label[lang], f"{address}?show={s.value}", *found.get(s.value, (0, 0)), show == s.value
        )
        for s in State
    )
    return counts, sum(n for n, _ in found.values()), sum(n for _, n in found.values())


def _overdue(cycle: Cycle) -> QuerySet[Assessment]:
    found: QuerySet[Assessment] = overdue(
        Assessment.objects.filter(cycle=cycle, cycle__closed_at=None)
    )
    return found


def _rows(
    cycle: Cycle, show: str, at: int, lang: Lang
) -> tuple[tuple[pages.Participant, ...], bool]:
    found: QuerySet[Assessment] = Assessment.objects.filter(cycle=cycle)
    if show in _STATES:
        found = found.filter(state=show)
    elif show == "lacking":
        found = found.filter(pk__in=lacking(cycle).values("pk"))
    elif show == "overdue":
        found = _overdue(cycle)
    page = list(
        found.select_related("cycle", "person", "superior")
        .prefetch_related("seats")
        .order_by("person__code", "pk")[(at - 1) * ROWS : at * ROWS + 1]
    )
    return tuple(_participant(a, lang) for a in page[:ROWS]), len(page) > ROWS


def _participant(row: Assessment, lang: Lang) -> pages.Participant:
    due, late = due_day(row, lang)
    return pages.Participant(
        called(row.person),
        level_name(row, lang),
        case_url(row),
        State(row.state).label[lang],
        called(row.superior) if row.superior else "",
        due,
        late,
        _lacks(row)[lang],
    )


def _lacks(row: Assessment) -> Text:
    if row.state in (State.DECIDED.value, State.CLOSED.value, State.WITHDRAWN.value):
        return Text("", "")
    members = sum(
        s.seated and not s.excluded and not s.heard and s.person_id != row.superior_id
        for s in row.seats.all()
    )
    short = row.cycle.quorum - members if row.level >= COMMITTEE_FROM else 0
    ja = ["上司"] if row.superior_id is None and row.state != State.COMMITTEE.value else []
    en = ["a superior"] if ja else []
    if short > 0:
        ja.append(f"審査員{short}人")
        en.append(plural(short, "member"))
    return Text("、".join(ja), ", ".join(en))


def _links(cycle: Cycle, lang: Lang) -> tuple[Link, ...]:
    if cycle.closed_at is not None:
        return ()
    turn = (
        Link(Text("回を終了する", "Close the cycle")[lang], reverse("cycle-close", args=[cycle.pk]))
        if cycle.opened_at
        else Link(
            Text("回を始める", "Open the cycle")[lang], reverse("cycle-open", args=[cycle.pk])
        )
    )
    return (
        Link(Text("人を加える", "Add people")[lang], reverse("cycle-people", args=[cycle.pk])),
        turn,
        Link(Text("設定を変える", "Change the settings")[lang], reverse("cycle-edit", args=[cycle.pk])),
    )  # fmt: skip
