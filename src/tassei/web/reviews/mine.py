"""An engineer's own assessments: what each step means, and choosing field and level where that is left open."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tassei.errors import RequestError
from tassei.figures import plural
from tassei.text import Lang, Text
from tassei.web.cycle.case import COMMITTEE_FROM, Actor, Case, State
from tassei.web.cycle.moves import offered
from tassei.web.desk import actor_of, case_of, lines_above
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.pages import Choice, OptionGroup
from tassei.web.explorer.shelf import field_at, level_at
from tassei.web.history import Author, Stale, change
from tassei.web.models import Assessment, Cycle, Person
from tassei.web.permits import Act, may
from tassei.web.reviews import pages
from tassei.web.reviews.queue import OPEN_QUESTIONS
from tassei.web.reviews.shown import (
    case_url,
    cycle_name,
    due_day,
    level_name,
    move_link,
    valid_said,
)
from tassei.web.reviews.validity import ending
from tassei.web.site import lang_of, render
from tassei.web.typing_in import number as number_in
from tassei.web.typing_in import typed
from tassei.web.viewers import concern_of, signed_in, viewer_of

MEANS = {
    State.OPEN: Text("まだ始めていません。始めると、記録を書き足して提出できます。", "Not begun. Once you begin, you add to your record and submit it."),
    State.SELF: Text("あなたの番です。記録を書き足し、質問に答え、提出してください。", "It is your turn: add to your record, answer questions, and submit."),
    State.SUPERIOR: Text("上司が、提出された記録の主張を条項ごとに確かめています。", "Your superior checks the claims of what you submitted, clause by clause."),
    State.COMMITTEE: Text("審査員が一人ずつ意見を出し、その後に決定します。", "The members each give a view, and then decide."),
    State.DECIDED: Text("決定しました。同意できない場合は、確定するまでに一度だけ不服を申し立てられます。", "It is decided. If you do not agree, you can appeal once until it is closed."),
    State.CLOSED: Text("確定しました。", "It is closed."),
    State.WITHDRAWN: Text("取り下げました。スキル管理者がやり直せます。", "It was withdrawn. A skills manager can reopen it."),
}  # fmt: skip


@require_safe
@signed_in
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """All of one's own assessments, those that wait first."""
    lang = lang_of(request)
    if not may(viewer_of(person), Act.READ_ASSESSMENT, concern_of(person)):
        raise PermissionDenied
    found = (
        Assessment.objects.filter(person=person, cycle__opened_at__isnull=False)
        .select_related("cycle", "person", "superior")
        .prefetch_related("seats", "decisions")
        .annotate(questions=OPEN_QUESTIONS)
        .order_by("-cycle__opens", "pk")
    )
    actor, above = actor_of(person), lines_above([person.pk])[person.pk]
    wanting = frozenset(ending().filter(assessment__person=person).values_list("pk", flat=True))
    rows = [(a, _row(a, case_of(a, above), actor, wanting, lang)) for a in found]
    now = tuple(r for a, r in rows if a.cycle.closed_at is None)
    turn = [a for a, _ in rows if a.cycle.closed_at is None and a.state in ("open", "self")]
    lead = Text(
        f"{len(turn)}件があなたの番です。", f"{plural(len(turn), 'assessment')} waiting for you."
    )
    none = Text("いまあなたの番のものはありません。", "None of them waits for you now.")
    page = pages.MinePage(
        Text("私の評価", "My assessments")[lang],
        (lead if turn else none)[lang] if rows else "",
        now,
        tuple(r for a, r in rows if a.cycle.closed_at is not None),
    )
    return render(request, page)


def _row(
    row: Assessment, case: Case, actor: Actor, wanting: frozenset[int], lang: Lang
) -> pages.MineRow:
    """One assessment.

    Args:
        wanting: decisions of which it is to be told that they run out; not those that a later one replaced.
    """
    due, overdue = due_day(row, lang)
    cycle, state = row.cycle, State(row.state)
    moves = offered(case, actor, cycle_open=cycle.closed_at is None, cycle_begun=True)
    standing = next((d for d in row.decisions.all() if not d.upheld), None)
    valid, late = valid_said(standing, lang)
    if late and standing is not None and standing.pk not in wanting:
        valid, late = "", False
    return pages.MineRow(
        level_name(row, lang),
        case_url(row),
        cycle_name(row, lang),
        state.label[lang],
        MEANS[state][lang],
        due,
        overdue,
        getattr(row, "questions", 0),
        tuple(move_link(row, m, lang) for m in moves if m.by.value == "subject"),
        reverse("choose", args=[row.pk]) if may_choose(row) else "",
        valid,
        late,
    )


def may_choose(row: Assessment) -> bool:
    """Whether field and level can be chosen: the cycle leaves it open, and it has not begun."""
    cycle = row.cycle
    return bool(
        cycle.choosing
        and row.state == State.OPEN.value
        and cycle.opened_at is not None
        and cycle.closed_at is None
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choose(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Choose the field and the level to be assessed for."""
    lang = lang_of(request)
    row = Assessment.objects.select_related("cycle").filter(pk=number, person=person).first()
    if row is None:
        raise Http404
    if not may_choose(row):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, _page(row, row.field, row.level, lang))
    field, level = typed(request, "field"), number_in(request, "level")
    wrong = _wrong(row, field, level, lang)
    if wrong:
        return render(request, _page(row, field, level, lang, (wrong,)), 422)
    try:
        with transaction.atomic():
            change(
                Author(person.pk),
                row,
                number_in(request, "version"),
                "chosen",
                field=field,
                level=level,
            )
    except Stale:
        fresh = Assessment.objects.select_related("cycle").get(pk=row.pk)
        return render(request, _page(fresh, field, level, lang, stale=True), 409)
    except IntegrityError:
        twice = Text(
            "同じ専門分野とレベルの評価がすでにあります",
            "you have an assessment for that field and level already",
        )
        return render(request, _page(row, field, level, lang, (twice[lang],)), 422)
    return HttpResponseRedirect(reverse("mine"))  # fmt: skip


def _wrong(row: Assessment, field: str, level: int, lang: Lang) -> str:
    if field not in row.cycle.fields:
        return Text("専門分野を選んでください", "choose a field")[lang]
    try:
        level_at(f"{field}/{level}")
    except RequestError:
        return Text("その専門分野にそのレベルはありません", "the field has no such level")[lang]
    return ""


def _page(
    row: Assessment,
    field: str,
    level: int,
    lang: Lang,
    wrong: tuple[str, ...] = (),
    *,
    stale: bool = False,
) -> pages.ChoosePage:
    return pages.ChoosePage(
        Text("専門分野とレベルを選ぶ", "Choose a field and a level")[lang],
        cycle_name(row, lang),
        field_options(row.cycle, field, lang),
        level_options(row.cycle, level, lang),
        row.version,
        wrong,
        stale,
    )


def field_options(cycle: Cycle, chosen: str, lang: Lang) -> tuple[OptionGroup, ...]:
    """The fields of a cycle, edition by edition."""
    groups: dict[str, list[Choice]] = {}
    for path in cycle.fields:
        try:
            edition, field = field_at(path)
        except RequestError:
            continue
        name = edition_name(edition)[lang]
        groups.setdefault(name, []).append(Choice(path, field.name[lang], path == chosen))
    return tuple(OptionGroup(name, tuple(options)) for name, options in groups.items())


def level_options(cycle: Cycle, chosen: int, lang: Lang) -> tuple[OptionGroup, ...]:
    """The levels of the fields of a cycle, by who decides on them."""
    numbers = set()
    for path in cycle.fields:
        try:
            edition, field = field_at(path)
        except RequestError:
            continue
        numbers |= {i.level for i in edition.ladder(field.id)}
    low = Text(
        f"上司が決定（{COMMITTEE_FROM}未満）", f"decided by the superior (below {COMMITTEE_FROM})"
    )
    high = Text(
        f"審査員が決定（{COMMITTEE_FROM}以上）", f"decided by a committee ({COMMITTEE_FROM} and up)"
    )
    groups = (
        (low, [n for n in sorted(numbers) if n < COMMITTEE_FROM]),
        (high, [n for n in sorted(numbers) if n >= COMMITTEE_FROM]),
    )
    said = Text("レベル{n}", "level {n}")
    return tuple(
        OptionGroup(name[lang], tuple(Choice(str(n), said.format(n=n)[lang], n == chosen) for n in each))
        for name, each in groups
        if each
    )  # fmt: skip
