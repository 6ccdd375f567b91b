"""Lines of people with their reviewers, read against who there is; and what would come of them.

A line is "code, field, level, superior code, member codes". The same lines again change nothing.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from tassei.errors import RequestError
from tassei.text import Text
from tassei.web.cycle.case import Actor, Case, Role, State
from tassei.web.cycle.moves import Asked, refusals
from tassei.web.explorer.shelf import field_at, level_at
from tassei.web.models import Assessment, Cycle, Person

MOST_LINES = 2000


@frozen
class Directory:
    """Who there is, as far as lines may name it: a fixed number of queries for any number of lines.

    Args:
        reach: ids of the people who may take part.
    """

    by_code: Mapping[str, Person]
    by_id: Mapping[int, Person]
    reach: frozenset[int]

    def above(self, person: Person) -> frozenset[str]:
        """Everybody in the line above somebody."""
        found: set[int] = set()
        at = person.superior_id
        while at is not None and at not in found:
            found.add(at)
            at = self.by_id[at].superior_id if at in self.by_id else None
        return frozenset(map(str, found - {person.pk}))


@frozen
class Plan:
    """What one line asks for.

    Args:
        level: 0 with an empty `path` where the engineer is to choose.
        committee: None where the line says nothing about it, so that it stays as it is.
        present: the assessment that is there already.
        wrong: why it cannot be done.
    """

    number: int
    written: str
    person: Person | None = None
    path: str = ""
    level: int = 0
    superior: Person | None = None
    committee: tuple[Person, ...] | None = None
    present: Assessment | None = None
    wrong: tuple[Text, ...] = field(default=())

    @property
    def outcome(self) -> str:
        if self.wrong:
            return "wrong"
        if self.present is None:
            return "add"
        return "same" if not any(self.changes()) else "change"

    def changes(self) -> Iterator[tuple[str, Person]]:
        """The moves that bring what is there to what the line says."""
        assert self.present is not None, "there is something to change"
        seats = {s.person_id: s for s in self.present.seats.all()}
        seated = {pk for pk, s in seats.items() if s.seated}
        wanted = {p.pk: p for p in self.committee or ()}
        if self.committee is not None:
            for pk in sorted(seated - wanted.keys()):
                yield "unseat", seats[pk].person
        if self.superior is not None and self.superior.pk != self.present.superior_id:
            yield "assign", self.superior
        for pk in sorted(wanted.keys() - seated):
            yield "seat", wanted[pk]


TOO_MANY = Plan(
    0,
    "…",
    wrong=(
        Text(
            f"一度に送れるのは{MOST_LINES}行までです。分けて送ってください",
            f"up to {MOST_LINES} lines at once; send them in parts",
        ),
    ),
)


def planned(text: str, cycle: Cycle, directory: Directory, actor: Actor) -> tuple[Plan, ...]:
    """Read all lines; each with everything that is wrong in it."""
    present = {
        (a.person_id, a.field, a.level): a
        for a in Assessment.objects.filter(cycle=cycle).prefetch_related("seats__person")
    }
    names = field_names(cycle.fields)
    seen: dict[tuple[int, str, int], int] = {}
    plans = []
    for number, row in _rows(text):
        plan = _plan(number, row, cycle, directory, names)
        if plan.person is not None and not plan.wrong:
            key = (plan.person.pk, plan.path, plan.level)
            if key in seen:
                plan = _but(
                    plan, Text(f"{seen[key]}行目と同じです", f"the same as line {seen[key]}")
                )
            seen.setdefault(key, number)
            plan = _lawful(evolve(plan, present=present.get(key)), cycle, directory, actor)
        plans.append(plan)
    return tuple(plans)  # fmt: skip


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something; a heading line and remarks with # are passed over."""
    reader = csv.reader(
        io.StringIO(text.replace("\t", ",").replace("、", ",")), skipinitialspace=True
    )
    try:
        for row in reader:
            cells = [c.strip() for c in row]
            heading = (
                reader.line_num == 1 and bool(cells) and cells[0].lower() in ("code", "コード")
            )
            if any(cells) and not cells[0].startswith("#") and not heading:
                yield reader.line_num, cells
    except csv.Error:
        # a line that is no CSV (a field of a megabyte) is one that names nobody
        yield reader.line_num, ["?"]


def _but(plan: Plan, *wrong: Text) -> Plan:
    return evolve(plan, wrong=(*plan.wrong, *wrong))


def _plan(
    number: int, cells: list[str], cycle: Cycle, directory: Directory, names: Mapping[str, str]
) -> Plan:
    code, path, level, superior, *codes = [*cells, "", "", "", ""][: max(5, len(cells))]
    plan = Plan(number, ", ".join(cells)[:200])
    person = directory.by_code.get(code)
    if person is None:
        return _but(
            plan,
            Text(
                f"「{code[:60]}」というコードの人はいません", f'nobody has the code "{code[:60]}"'
            ),
        )
    plan = evolve(plan, person=person)
    if person.pk not in directory.reach:
        plan = _but(
            plan,
            Text(
                "この回の組織か、あなたの管理する範囲の人ではありません",
                "not in the unit of the cycle, or not in the units that you manage",
            ),
        )
    plan = _with_level(plan, path, level, cycle, names)
    return _with_reviewers(plan, superior, codes, directory)  # fmt: skip


def _with_level(plan: Plan, path: str, level: str, cycle: Cycle, names: Mapping[str, str]) -> Plan:
    if path in ("", "-") and level in ("", "-", "0"):
        if cycle.choosing:
            return plan
        return _but(
            plan,
            Text(
                "専門分野とレベルを書いてください（この回では本人が選べません）",
                "write a field and a level (in this cycle people do not choose them)",
            ),
        )
    found = names.get(path.casefold())
    if found is None:
        return _but(
            plan,
            Text(
                f"「{path[:60]}」はこの回の専門分野ではありません",
                f'"{path[:60]}" is not a field of this cycle',
            ),
        )
    if not (level.isascii() and level.isdigit() and len(level) < 3):
        return _but(
            plan,
            Text(
                f"レベル「{level[:20]}」は数ではありません",
                f'the level "{level[:20]}" is not a number',
            ),
        )
    try:
        level_at(f"{found}/{int(level)}")
    except RequestError:
        return _but(
            plan,
            Text(f"その専門分野にレベル{level}はありません", f"the field has no level {level}"),
        )
    return evolve(plan, path=found, level=int(level))  # fmt: skip


def _with_reviewers(plan: Plan, superior: str, codes: list[str], directory: Directory) -> Plan:
    person = plan.person
    assert person is not None, "the caller looked"
    if superior and superior not in directory.by_code:
        plan = _but(
            plan,
            Text(
                f"上司「{superior[:60]}」という人はいません",
                f'there is nobody "{superior[:60]}" to be the superior',
            ),
        )
    held = (
        directory.by_code.get(superior)
        if superior
        else directory.by_id.get(person.superior_id or 0)
    )
    members = [c for cell in codes for c in cell.replace(";", " ").split()]
    for code in members:
        if code not in directory.by_code:
            plan = _but(
                plan,
                Text(
                    f"審査員「{code[:60]}」という人はいません",
                    f'there is nobody "{code[:60]}" to be a member',
                ),
            )
    found = {
        directory.by_code[c].pk: directory.by_code[c] for c in members if c in directory.by_code
    }
    return evolve(plan, superior=held, committee=tuple(found.values()) if members else None)  # fmt: skip


def _lawful(plan: Plan, cycle: Cycle, directory: Directory, actor: Actor) -> Plan:
    """Whether the moves that the line comes to may be made; the table of moves says so."""
    person, present = plan.person, plan.present
    assert person is not None, "the caller looked"
    if str(person.pk) == actor.id:
        return _but(
            plan,
            Text(
                "自分の評価は、ほかのスキル管理者が設定します",
                "your own assessment is set up by another skills manager",
            ),
        )
    case = Case(
        str(person.pk),
        plan.level,
        quorum=cycle.quorum,
        state=State(present.state) if present else State.OPEN,
        above=directory.above(person),
    )
    if present:
        seats = list(present.seats.all())
        case = evolve(
            case,
            superior=str(present.superior_id) if present.superior_id else None,
            committee=frozenset(str(s.person_id) for s in seats if s.seated),
            excluded=frozenset(str(s.person_id) for s in seats if s.excluded),
            heard=frozenset(str(s.person_id) for s in seats if s.heard),
        )
        steps = list(plan.changes())
    else:
        steps = [("assign", plan.superior)] if plan.superior else []
        steps += [("seat", m) for m in plan.committee or ()]
    manager = Actor(actor.id, actor.roles | {Role.MANAGER})
    for name, whom in steps:
        asked = Asked(manager, "-", str(whom.pk))
        found = refusals(case, name, asked)
        for refusal in found:
            label = Text(f"{whom.code}: {refusal.text.ja}", f"{whom.code}: {refusal.text.en}")
            plan = _but(plan, label)
        if not found:
            seats_now = {
                "seat": case.committee | {str(whom.pk)},
                "unseat": case.committee - {str(whom.pk)},
            }
            case = evolve(
                case,
                committee=seats_now.get(name, case.committee),
                superior=str(whom.pk) if name == "assign" else case.superior,
            )
    return plan  # fmt: skip


def field_names(paths: Iterable[str]) -> dict[str, str]:
    """What a field may be called in a line: its path, its id or a name of it where that is one field's alone."""
    found: dict[str, set[str]] = {}
    for path in paths:
        try:
            _, one = field_at(path)
        except RequestError:
            continue
        for name in (path, one.id, one.name.ja, one.name.en):
            found.setdefault(name.casefold(), set()).add(path)
    return {name: next(iter(where)) for name, where in found.items() if len(where) == 1}


def digest_of(plans: Iterable[Plan]) -> str:
    """What was seen: each line with its outcome, so that a confirmation does what was shown."""
    said = "\n".join(
        f"{p.number} {p.outcome} {p.written} {p.present.version if p.present else 0} "
        f"{p.superior.pk if p.superior else ''}"
        for p in plans
    )
    return hashlib.sha256(said.encode()).hexdigest()
