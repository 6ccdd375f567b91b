"""The pages of plans and goals."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from tassei.errors import EvidenceError, RequestError
from tassei.evidence.months import Month
from tassei.planning.plan import Plan
from tassei.reporting.plans import days, name_of, until
from tassei.text import Lang, Text
from tassei.web.clock import this_month
from tassei.web.explorer.build import edition_name, level_url
from tassei.web.explorer.pages import Choice, Link, OptionGroup
from tassei.web.explorer.shelf import level_at, standards
from tassei.web.history import Stale
from tassei.web.models import Goal, GoalState, Person
from tassei.web.permits import Act, Viewer, may
from tassei.web.plans import told
from tassei.web.plans.goals import MOST_TEXT, NotNow, propose, steps_of, take
from tassei.web.plans.pages import GoalLine, MapPage, PlanPage, WayPage
from tassei.web.plans.planned import Lacks, Record, judge_of, lacks, map_of, next_steps, way_to
from tassei.web.site import lang_of, render
from tassei.web.troubles import Told
from tassei.web.viewers import concern_of, signed_in, viewer_of

_ACTS = (Act.READ_PLAN, Act.PROPOSE_GOAL, Act.ANSWER_GOAL)
_CARDS = 12
_MOST_GOALS = 50


def _subject(request: HttpRequest, reader: Person) -> tuple[Person, frozenset[Act]]:
    """Whose plan it is, and what the reader may do with it."""
    code = request.GET.get("of", "")
    person = reader
    if code and code != reader.code:
        found = Person.objects.filter(code=code.replace("\0", "")).select_related("unit").first()
        if found is None:
            raise Http404
        person = found
    acts = _acts(viewer_of(reader), person)
    if Act.READ_PLAN not in acts:
        raise PermissionDenied
    return person, acts


def _acts(viewer: Viewer, person: Person) -> frozenset[Act]:
    concern = concern_of(person)
    return frozenset(a for a in _ACTS if may(viewer, a, concern))


def _record(person: Person) -> Record | None:
    try:
        return Record.of(person, this_month())
    except EvidenceError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def plan(request: HttpRequest, reader: Person) -> HttpResponse:
    """The next steps, the goals, and the form for one more."""
    if request.method != "POST":
        return render(request, _plan(request, reader))
    given = {k: str(v).replace("\0", "") for k, v in request.POST.items()}
    note = given.get("why", "")[:MOST_TEXT]
    lang = lang_of(request)
    try:
        if given.get("do") == "new":
            person, acts = _subject(request, reader)
            if Act.PROPOSE_GOAL not in acts:
                raise PermissionDenied
            propose(person, _path(given), given.get("by", ""), note, this_month())
        else:
            _answer(reader, given, note)
    except NotNow as error:
        fault = Told(error.text[lang], "")
        return render(request, _plan(request, reader, given, (fault,)), 422)
    except Stale:
        return render(request, _plan(request, reader, given, stale=True), 409)
    return HttpResponseRedirect(request.get_full_path())


def _path(given: Mapping[str, str]) -> str:
    """The level, which a card sends as one value and the form as two."""
    return given.get("to", "") or f"{given.get('field', '')}/{given.get('level', '')}"


def _answer(reader: Person, given: Mapping[str, str], reason: str) -> None:
    written = given.get("goal", "")
    number = int(written) if written.isascii() and written.isdecimal() and len(written) < 16 else 0
    goal = Goal.objects.select_related("person__unit").filter(pk=number).first()
    if goal is None:
        raise Http404
    acts = _acts(viewer_of(reader), goal.person)
    if Act.READ_PLAN not in acts:
        raise PermissionDenied
    version = given.get("version", "")
    seen = int(version) if version.isascii() and version.isdecimal() and len(version) < 16 else 0
    if seen != goal.version:
        raise Stale
    record = _record(goal.person)
    now = _lacks(record, goal)
    take(reader, goal, seen, given.get("do", ""), reason, acts, now)


def _lacks(record: Record | None, goal: Goal) -> Lacks:
    if record is None:
        return Lacks(False, 0, None)
    try:
        return lacks(record, f"{goal.field}/{goal.level}")
    except RequestError:
        # the edition is no longer there
        return Lacks(False, 0, None)


def _plan(
    request: HttpRequest,
    reader: Person,
    written: Mapping[str, str] | None = None,
    faults: tuple[Told, ...] = (),
    *,
    stale: bool = False,
) -> PlanPage:
    lang = lang_of(request)
    person, acts = _subject(request, reader)
    record = _record(person)
    whose = "" if person == reader else person.code
    name = person.name or person.code
    plans = next_steps(record) if record is not None and not record.empty else ()
    goals = Goal.objects.filter(person=person).order_by("-pk")[:_MOST_GOALS]
    team = (
        Goal.objects.filter(person__superior=reader, state=GoalState.PROPOSED.value)
        .select_related("person__unit", "person__superior")
        .order_by("pk")[:_MOST_GOALS]
    )
    title = Text("計画", "Plan") if not whose else Text(f"{name}さんの計画", f"The plan of {name}")
    of_team = Person.objects.filter(superior=reader, active=True).order_by("code")[:_MOST_GOALS]
    return PlanPage(
        title[lang],
        _lead(record, plans[0] if plans else None)[lang],
        whose,
        record is None or record.empty,
        tuple(told.card(p, lang, whose) for p in plans[:_CARDS]),
        tuple(_goal(g, acts, record, lang, "") for g in goals),
        () if whose else tuple(_goal(g, frozenset({Act.ANSWER_GOAL}), None, lang, g.person.name or g.person.code) for g in team),
        () if whose else tuple(
            Link(p.name or p.code, f"{reverse('plan')}?{urlencode({'of': p.code})}", p.code) for p in of_team
        ),
        _fields(lang, (written or {}).get("field", "")) if Act.PROPOSE_GOAL in acts else (),
        _maps(record, lang, whose),
        {k: (written or {}).get(k, "") for k in ("level", "by", "why")},
        faults,
        stale,
    )  # fmt: skip


def _lead(record: Record | None, first: Plan | None) -> Text:
    if record is None or record.empty:
        return Text(
            "ここには、次のレベルに最も近い道が示されます。業務の記録を入力すると始まります。",
            "The shortest ways to the next levels will be shown here, once there is a work record.",
        )
    if first is None:
        return Text(
            "記録の対象の分野では、次のレベルへの道は見つかりませんでした。",
            "No way to a further level was found in the fields of the record.",
        )
    name, effort, when = name_of(first.rung), days(first.cost), until(first)
    return Text(
        f"いちばん近いのは{name.ja}です（{effort.ja}、{when.ja}）。",
        f"Nearest: {name.en}. It takes {effort.en} and {when.en}.",
    )


def _fields(lang: Lang, chosen: str) -> tuple[OptionGroup, ...]:
    return tuple(
        OptionGroup(
            edition_name(e)[lang],
            tuple(
                Choice(e.qualified(f.id), f.name[lang], e.qualified(f.id) == chosen)
                for f in e.specialty_fields()
            ),
        )
        for e in standards().editions
    )


def _maps(record: Record | None, lang: Lang, whose: str) -> tuple[Link, ...]:
    if record is None or record.empty:
        return ()
    return tuple(
        Link(
            edition_name(e)[lang],
            f"{reverse('plan-map')}?{urlencode({'edition': e.id, **({'of': whose} if whose else {})})}",
        )
        for e in judge_of(record).editions
    )


def _goal(
    goal: Goal, acts: frozenset[Act], record: Record | None, lang: Lang, who: str
) -> GoalLine:
    now = _lacks(record, goal)
    try:
        level = level_at(f"{goal.field}/{goal.level}")
        link = Link(level.name[lang], level_url(level), edition_name(level.edition)[lang])
    except RequestError:
        link = Link(Text("いまはない版のレベル", "a level of an edition that is gone")[lang], "")
    does = steps_of(goal, acts, now.met)
    return GoalLine(
        goal.pk,
        goal.version,
        who,
        link,
        Month.parse(goal.by).label[lang],
        GoalState(goal.state).text[lang],
        goal.note,
        _progress(goal, now)[lang] if record is not None else "",
        tuple(Link(s.label[lang], s.name) for s in does),
        any(s.reason for s in does),
    )


def _progress(goal: Goal, now: Lacks) -> Text:
    """What it lacks now against when it was agreed."""
    if GoalState(goal.state) in (GoalState.ATTAINED, GoalState.DROPPED):
        return Text("", "")
    if now.met:
        return Text("記録は、このレベルを満たしています", "the record satisfies it")
    left = _amount(now.things, now.cost)
    if goal.lacks is None:
        return Text(f"足りないもの: {left.ja}", f"missing: {left.en}")
    before = _amount(goal.lacks, goal.cost)
    return Text(
        f"足りないもの: {left.ja}（合意したとき: {before.ja}）",
        f"missing: {left.en} (when it was agreed: {before.en})",
    )


def _amount(things: int, cost: int | None) -> Text:
    effort = Text("方法なし", "no way found") if cost is None else days(cost)
    return Text(
        f"{things}点、{effort.ja}", f"{things} {'thing' if things == 1 else 'things'}, {effort.en}"
    )


@require_safe
@signed_in
def way(request: HttpRequest, reader: Person) -> HttpResponse:
    """The way to one level: the cheapest plan, the path through the levels below, or why there is none."""
    person, _ = _subject(request, reader)
    asked = request.GET.get("to", "")
    path = asked or f"{request.GET.get('field', '')}/{request.GET.get('level', '')}"
    level_at(path)
    record, lang = _record(person), lang_of(request)
    whose = "" if person == reader else person.code
    back = f"{reverse('plan')}{'?' + urlencode({'of': whose}) if whose else ''}"
    if record is None:
        raise Http404
    found = way_to(record, path)
    name = name_of(found.rung)
    steps = told.steps(found, lang)
    bars = told.bars(found, lang) if steps else ()
    return render(
        request,
        WayPage(
            Text(f"{name.ja}への道", f"The way to {name.en}")[lang],
            _way_lead(found.plan)[lang],
            back,
            told.card(found.plan, lang, whose) if found.plan and found.plan.additions else None,
            steps,
            bars,
            told.span(found, lang),
            told.why_not(found, lang),
            whose,
        ),
    )


def _way_lead(found: Plan | None) -> Text:
    if found is None:
        return Text(
            "いまの記録からは、満たす方法がありません。",
            "From this record there is no way to meet it.",
        )
    if not found.additions:
        return Text(
            "記録は、このレベルをすでに満たしています。", "The record satisfies this level already."
        )
    effort, when = days(found.cost), until(found)
    return Text(f"最も労力の少ない道は{effort.ja}です（{when.ja}）。", f"It takes {effort.en} at the least, and {when.en}.")  # fmt: skip


@require_safe
@signed_in
def career_map(request: HttpRequest, reader: Person) -> HttpResponse:
    """Every level of an edition, shaded by the effort that it takes."""
    person, _ = _subject(request, reader)
    record, lang = _record(person), lang_of(request)
    asked = request.GET.get("edition", "")
    edition = next((e for e in standards().editions if e.id == asked), None)
    if edition is None or record is None:
        raise Http404
    whose = "" if person == reader else person.code
    levels, rows = told.map_rows(map_of(record, edition.id), lang, whose)
    return render(
        request,
        MapPage(
            Text(f"{edition_name(edition).ja}の地図", f"Map of {edition_name(edition).en}")[lang],
            Text(
                "数は、そのレベルを満たすための労力（日）です。色が強いほど遠く、✓はすでに満たしています。",
                "Days of effort to each level: the stronger the colour, the farther; ✓ is met already.",
            )[lang],
            f"{reverse('plan')}{'?' + urlencode({'of': whose}) if whose else ''}",
            levels,
            rows,
            _maps(record, lang, whose),
        ),
    )
