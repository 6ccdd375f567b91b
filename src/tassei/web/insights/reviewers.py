"""How often what people hold differs from what was computed, and how often a decision is reversed."""

from collections import defaultdict
from collections.abc import Mapping

from attrs import define
from django.core.exceptions import PermissionDenied

from tassei.judging.verdict import Verdict as Outcome
from tassei.reporting.sheets import Column
from tassei.text import Text
from tassei.web.explorer.pages import Link
from tassei.web.insights.desk import Desk
from tassei.web.insights.pages import Cell, Head, InsightsPage, Line, Table
from tassei.web.insights.reach import TEAM
from tassei.web.models import Assessment, Decision, EventText, Person, Seat
from tassei.web.permits import Act


@define
class _Tally:
    """What one reviewer has said.

    Args:
        views: cases with a view, or with a decision that rests on it.
        severe: not attained, where the record satisfies the level.
        lenient: attained, where it does not.
        open: views where the record does not suffice to tell.
        reversed: decisions that an appeal has turned round.
        decided: decisions that rest on the reviewer.
    """

    views: int = 0
    severe: int = 0
    lenient: int = 0
    open: int = 0
    decided: int = 0
    reversed: int = 0

    def take(self, attained: bool, computed: str | None) -> None:
        if computed is None:
            return
        self.views += 1
        self.severe += not attained and computed == Outcome.MET.id
        self.lenient += attained and computed == Outcome.NOT_MET.id
        self.open += computed == Outcome.UNDETERMINED.id


def reviewers(desk: Desk) -> InsightsPage:
    """Each reviewer's views against the computed verdicts.

    Raises:
        PermissionDenied: the reader is no manager and no auditor of the unit.
    """
    scope = desk.asked.scope
    if scope == TEAM or desk.reach.passing_on or not desk.reach.reads(scope, Act.READ_REVIEWERS):
        raise PermissionDenied
    asked = Assessment.objects.select_related("computed")
    if desk.asked.cycle is not None:
        asked = asked.filter(cycle_id=desk.asked.cycle)
    if scope is not None:
        units = desk.reach.organisation.all_below(scope)
        asked = asked.filter(person__unit__in=[u for u in units if u])
    computed = {a.pk: a.computed.verdict if a.computed else None for a in asked}
    tallies, total = _tallies(computed)
    people = Person.objects.in_bulk(tallies)
    lines = [
        Line(Link(people[p].name or people[p].code, "", people[p].code), _cells(t))
        for p, t in sorted(tallies.items(), key=lambda i: -i[1].views)
        if p in people
    ]
    if lines:
        everybody = Text("すべての決定", "All decisions")[desk.lang]
        lines.insert(0, Line(Link(everybody, ""), _cells(total)))
    names = (
        ("views", Text("比べた件数", "Compared")),
        ("severe", Text("判定より厳しい", "Stricter than the verdict")),
        ("lenient", Text("判定より甘い", "Milder than the verdict")),
        ("open", Text("判定できない件", "Verdict left open")),
        ("decided", Text("加わった決定", "Decisions")),
        ("reversed", Text("覆った決定", "Reversed on appeal")),
    )
    table = Table(
        Text("審査員ごとの違い", "Reviewers and verdicts"),
        Column("reviewer", Text("審査員", "Reviewer")),
        tuple(Head(text[desk.lang], (Column(name, text),)) for name, text in names),
        tuple(lines),
        Text(
            "ここには、決定や意見が計算された判定とどう違ったかが示されます。決定された審査はまだありません。",
            "How decisions and views differ from the computed verdicts will be shown here; nothing has been decided yet.",
        )[desk.lang],
        notes=(
            Text(
                "違うことは誤りを意味しません。記録にないことを見て決めた場合も違いになります。",
                "To differ is no mistake: who decides may have seen what is not in the record.",
            ),
        ),
    )
    differs = total.severe + total.lenient
    lead = Text(
        f"計算された判定と比べられる決定{total.views}件のうち、{differs}件が判定と違います。",
        f"Of {total.views} decisions that can be compared with a verdict, {differs} {'differs' if differs == 1 else 'differ'} from it.",
    )
    return desk.page(Text("審査員の違い", "Reviewers' deltas"), lead, [table], masks=False)


def _tallies(computed: Mapping[int, str | None]) -> tuple[dict[int, _Tally], _Tally]:
    """By reviewer, and of all decisions."""
    found: dict[int, _Tally] = defaultdict(_Tally)
    total = _Tally()
    viewed: set[tuple[int, int]] = set()
    seats = Seat.objects.filter(attained__isnull=False).values_list(
        "assessment_id", "person_id", "attained"
    )
    for assessment, person, attained in seats:
        if assessment in computed:
            found[person].take(bool(attained), computed[assessment])
            viewed.add((assessment, person))
    firsts, lost = _before_appeals(), _lost_views()
    for decision in Decision.objects.filter(upheld=False):
        verdict = computed.get(decision.assessment_id, "")
        if verdict == "":
            continue
        rounds = [(decision.attained, decision.by, False)]
        if decision.assessment_id in firsts:
            attained, by = firsts[decision.assessment_id]
            rounds.append((attained, by, attained != decision.attained))
        for attained, by, turned in rounds:
            total.decided += 1
            total.reversed += turned
            total.take(attained, verdict)
            for person in map(int, by):
                found[person].decided += 1
                found[person].reversed += turned
                at = (decision.assessment_id, person)
                if at not in viewed:
                    # a member may have held the other; who gave no view is the superior who decided
                    found[person].take(lost.get(at, attained), verdict)
    return dict(found), total


def _lost_views() -> dict[tuple[int, int], bool]:
    """By case and member, the views that an appeal has cleared; from the history, in two queries."""
    cleared = EventText.objects.filter(event__table="seat", event__kind="appeal")
    views = {
        row: values["attained"][0]
        for row, values in cleared.order_by("event_id").values_list("event__row", "values")
        if "attained" in values
    }
    seats = Seat.objects.filter(pk__in=views).values_list("pk", "assessment_id", "person_id")
    return {(assessment, person): bool(views[pk]) for pk, assessment, person in seats}


def _before_appeals() -> dict[int, tuple[bool, list[str]]]:
    """For each case in which an appeal was decided, the decision before; from the history, in one query.

    The row of the first decision is gone by then. Where the appeal was dropped, the decision was made
    anew by the same people, and is not counted twice. Texts that were erased tell of nothing.
    """
    standing = {d.assessment_id: d for d in Decision.objects.filter(upheld=False)}
    removed = EventText.objects.filter(event__table="decision", event__kind="removed")
    found = {}
    for text in removed.order_by("event_id"):
        before = {name: values[0] for name, values in text.values.items()}
        now = standing.get(before.get("assessment_id", 0))
        if before.get("upheld") and now is not None and now.by != before.get("by"):
            found[now.assessment_id] = (bool(before.get("attained")), list(before["by"]))
    return found


def _cells(tally: _Tally) -> tuple[Cell, ...]:
    def share(count: int, of: int) -> Cell:
        text = f"{count} ({100 * count // of} %)" if of and count else str(count)
        return Cell(text, (count,))

    return (
        Cell(str(tally.views), (tally.views,)),
        share(tally.severe, tally.views),
        share(tally.lenient, tally.views),
        share(tally.open, tally.views),
        Cell(str(tally.decided), (tally.decided,)),
        share(tally.reversed, tally.decided),
    )
