"""People as a sheet: what it would do, doing it, and the people as a sheet again."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tassei.text import LANGS, Lang, Text
from tassei.web.administration.chart import Chart, Scope, circles
from tassei.web.administration.plans import (
    Detail,
    Plan,
    Step,
    check_code,
    in_circle,
    outside,
    unknown,
    wrong,
)
from tassei.web.administration.roles import GRANTED, administrators, check_somebody_left, locked
from tassei.web.administration.sheets import Column, Row, Wrong, read_sheet, written
from tassei.web.clock import today
from tassei.web.cycle.case import Role
from tassei.web.history import Author, Stale, change_all, create_all, remove
from tassei.web.models import Grant, Person, Unit

CODE = Column("code", Text("社員コード", "staff code"), True, 60)
NAME = Column("name", Text("氏名", "name"))
EMAIL = Column("email", Text("メール", "email"), False, 254)
UNIT = Column("unit", Text("組織コード", "unit code"), False, 60)
SUPERIOR = Column("superior", Text("上司の社員コード", "staff code of the superior"), False, 60)
ACTIVE = Column("active", Text("在籍", "active"))
ROLES = Column("roles", Text("役割", "roles"), False, 1000)
COLUMNS = (CODE, NAME, EMAIL, UNIT, SUPERIOR, ACTIVE, ROLES)
EXAMPLE = (
    {"code": "E1001", "name": "見本 花子", "email": "hanako@example.jp", "unit": "OPS", "active": "yes", "roles": "manager@OPS"},
    {"code": "E1002", "name": "見本 太郎", "unit": "OPS-1", "superior": "E1001", "active": "yes"},
)  # fmt: skip
_YES = frozenset({"yes", "y", "true", "1", "はい", "在籍", "○"})
_NO = frozenset({"no", "n", "false", "0", "いいえ", "退職", "×"})
Held = frozenset[tuple[Role, str, str]]
"""Roles with the code of the unit (empty: everywhere) and the end as a date (empty: none)."""


@frozen
class Staff:
    """Everybody as a sheet knows them; made by two queries."""

    people: Mapping[str, Person]
    codes: Mapping[int, str]
    held: Mapping[int, Held]

    @staticmethod
    def read(chart: Chart) -> "Staff":
        people = {p.code: p for p in Person.objects.order_by("code")}
        units = {u.pk: u.code for u in chart.units.values()}
        held: dict[int, set[tuple[Role, str, str]]] = {}
        for grant in Grant.objects.all():
            one = (Role(grant.role), units.get(grant.unit_id or 0, ""), str(grant.until or ""))
            held.setdefault(grant.person_id, set()).add(one)
        codes = {p.pk: p.code for p in people.values()}
        return Staff(people, codes, {k: frozenset(v) for k, v in held.items()})

    def cells(self, person: Person, units: Mapping[int, str]) -> dict[str, str]:
        return {
            "code": person.code,
            "name": person.name,
            "email": person.email,
            "unit": units.get(person.unit_id or 0, ""),
            "superior": self.codes.get(person.superior_id or 0, ""),
            "active": "yes" if person.active else "no",
            "roles": _written(self.held.get(person.pk, frozenset())),
        }


def people_sheet(scope: Scope, chart: Chart, lang: Lang) -> bytes:
    """The people whom somebody may change."""
    staff, units = Staff.read(chart), _codes(chart)
    rows = (
        staff.cells(p, units)
        for p in staff.people.values()
        if scope.holds(p.unit_id) and p.erased_at is None
    )
    return written(COLUMNS, rows, lang)


def _codes(chart: Chart) -> dict[int, str]:
    return {u.pk: u.code for u in chart.units.values()}


def plan_people(text: str, scope: Scope, chart: Chart, grants: bool, leave: bool) -> Plan:
    """What a sheet would do to the people.

    Args:
        grants: whether roles may be granted and taken back.
        leave: whether who is not in the sheet, and may be changed, is marked as left.
    """
    return _Planner(scope, chart, Staff.read(chart), grants).plan(text, leave)


@frozen
class _Planner:
    scope: Scope
    chart: Chart
    staff: Staff
    grants: bool

    def plan(self, text: str, leave: bool) -> Plan:
        sheet = read_sheet(text, COLUMNS)
        wrongs = list(sheet.wrongs)
        seen: dict[str, int] = {}
        for row in sheet.rows:
            wrongs += check_code(row, CODE, seen)
        rows = [r for r in sheet.rows if r.cells.get("code")]
        people, units = self.staff.people, _codes(self.chart)
        by_code = {c: k for k, c in units.items()}
        above = {c: self.staff.codes.get(p.superior_id or 0, "") for c, p in people.items()}
        above |= {r.cells["code"]: r.cells["superior"] for r in rows if "superior" in r.cells}
        above |= {r.cells["code"]: "" for r in rows if r.cells["code"] not in above}
        in_circles = circles(above, [r.cells["code"] for r in rows])
        steps, same = [], 0
        for row in rows:
            code = row.cells["code"]
            person = people.get(code)
            faults = list(self._faults(row, person, above, by_code))
            if code in in_circles and "superior" in row.cells:
                faults.append(in_circle(row, SUPERIOR))
            wrongs += faults
            if faults:
                continue
            step = self._step(row, person, units)
            same += step is None
            steps += [step] if step else []
        if leave and not sheet.wrongs:
            steps += list(self._left(seen))
        if not wrongs and not self._somebody_left(steps):
            wrongs.append(_nobody_left())
        return Plan(tuple(steps), same, tuple(sorted(wrongs, key=lambda w: w.line)))

    def _faults(
        self,
        row: Row,
        person: Person | None,
        above: Mapping[str, str],
        units: Mapping[str, int],
    ) -> Iterator[Wrong]:
        cells = row.cells
        if person is not None and person.erased_at is not None:
            what = Text("消去された人のコードです", "it is the code of somebody who was erased")
            yield wrong(row, CODE, what, Text("別のコードにしてください", "choose another code"))
        if person is not None and not self.scope.holds(person.unit_id):
            yield outside(row, CODE)
        email = cells.get("email", "")
        if email and not _is_email(email):
            what = Text("メールアドレスの形ではありません", "it is not an email address")
            yield wrong(
                row, EMAIL, what, Text("例: hanako@example.jp", "for example: hanako@example.jp")
            )
        unit = cells.get("unit", "")
        if unit and unit not in units:
            yield unknown(row, UNIT, unit)
        elif ("unit" in cells or person is None) and not self.scope.holds(units.get(unit)):
            yield outside(row, UNIT)
        superior = cells.get("superior", "")
        if superior and superior not in above:
            yield unknown(row, SUPERIOR, superior)
        active = cells.get("active", "").casefold()
        if active and active not in _YES | _NO:
            what = Text(f"「{cells['active']}」は読めません", f"“{cells['active']}” cannot be read")
            yield wrong(row, ACTIVE, what, Text("yes か no を入れてください", "enter yes or no"))
        if "roles" in cells:
            yield from self._role_faults(row, person, units)

    def _role_faults(
        self, row: Row, person: Person | None, units: Mapping[str, int]
    ) -> Iterator[Wrong]:
        found = read_roles(row.cells["roles"])
        if isinstance(found, str):
            what = Text(f"「{found}」は読めません", f"“{found}” cannot be read")
            roles = ", ".join(r.value for r in GRANTED)
            repair = Text(
                f"例: manager@OPS; auditor。役割は {roles} のいずれか",
                f"for example: manager@OPS; auditor. A role is one of {roles}",
            )
            yield wrong(row, ROLES, what, repair)
            return
        for _, unit, _ in found:
            if unit and unit not in units:
                yield unknown(row, ROLES, unit)
        before = self.staff.held.get(person.pk, frozenset()) if person else frozenset()
        if found != before and not self.grants:
            what = Text("役割を変えられるのは管理者だけです", "only an administrator changes roles")
            repair = Text("この列を除いてください", "take the column out")
            yield wrong(row, ROLES, what, repair)

    def _step(self, row: Row, person: Person | None, units: Mapping[int, str]) -> Step | None:
        new = {c.id: "" for c in COLUMNS} | {"active": "yes"}
        before = self.staff.cells(person, units) if person else new
        after = before | dict(row.cells)
        after["active"] = _truth(after["active"]) or before["active"]
        held = read_roles(after["roles"])
        assert not isinstance(held, str), "roles were checked"
        after["roles"] = _written(held)
        if person is not None and before == after:
            return None
        details = tuple(
            Detail(c, before[c.id] if person else "", after[c.id])
            for c in COLUMNS[1:]
            if (before[c.id] if person else "") != after[c.id]
        )
        kind: Any = "changed" if person else "added"
        return Step(
            kind, after["code"], after["name"], details, after, person.version if person else 0
        )

    def _left(self, seen: Collection[str]) -> Iterator[Step]:
        units = _codes(self.chart)
        for code, person in self.staff.people.items():
            mine = self.scope.holds(person.unit_id) and person.erased_at is None
            if mine and person.active and code not in seen:
                after = self.staff.cells(person, units) | {"active": "no"}
                detail = Detail(ACTIVE, "yes", "no")
                yield Step("left", code, person.name, (detail,), after, person.version)

    def _somebody_left(self, steps: Iterable[Step]) -> bool:
        left = before = {self.staff.codes[pk] for pk in administrators()}
        for step in steps:
            roles = read_roles(step.values["roles"])
            still = (Role.ADMINISTRATOR, "", "") in roles and step.values["active"] == "yes"
            if step.code in before and not still:
                left = left - {step.code}
        return bool(left) or not before


def write_people(author: Author, plan: Plan, chart: Chart) -> None:
    """Do what a plan says, each person after the superior; joins the transaction of its caller.

    Raises:
        Stale: a person was changed since the plan was made.
        LastAdministrator: nobody is left who can administer.
    """
    locked()
    before = administrators()
    staff = Staff.read(chart)
    people, units = dict(staff.people), {c: k for k, c in _codes(chart).items()}
    waiting = [s for s in plan.steps if s.kind == "added"]
    while waiting:
        ready = [s for s in waiting if not s.values["superior"] or s.values["superior"] in people]
        made = [Person(code=s.code, **_fields(s, people, units, None)) for s in ready]
        create_all(author, made)
        people |= {p.code: p for p in made}
        chosen = {s.code for s in ready}
        if not chosen:
            raise Stale
        waiting = [s for s in waiting if s.code not in chosen]
    changes = []
    for step in plan.steps:
        if step.kind != "added":
            person = people[step.code]
            person.version = step.version
            changes.append((person, _fields(step, people, units, person)))
    change_all(author, changes)
    _write_roles(author, plan, people, units, staff)
    check_somebody_left(before)


def _fields(
    step: Step, people: Mapping[str, Person], units: Mapping[str, int], person: Person | None
) -> dict[str, Any]:
    values = step.values
    superior = people.get(values["superior"])
    active = values["active"] == "yes"
    left = person.left_on if person and not person.active else today()
    return {
        "name": values["name"],
        "email": values["email"],
        "unit_id": units.get(values["unit"]),
        "superior_id": superior.pk if superior else None,
        "active": active,
        "left_on": None if active else left,
    }


def _write_roles(
    author: Author,
    plan: Plan,
    people: Mapping[str, Person],
    units: Mapping[str, int],
    staff: Staff,
) -> None:
    made = []
    for step in plan.steps:
        person = people[step.code]
        before, after = staff.held.get(person.pk, frozenset()), read_roles(step.values["roles"])
        assert not isinstance(after, str), "roles were checked"
        for role, unit, until in before - after:
            where = Unit.objects.get(code=unit) if unit else None
            held = Grant.objects.get(
                person=person, role=role.value, unit=where, until=until or None
            )
            remove(author, held, held.version)
        made += [
            Grant(
                person=person,
                role=role.value,
                unit_id=units.get(unit),
                until=date.fromisoformat(until) if until else None,
            )
            for role, unit, until in sorted(after - before, key=str)
        ]
    create_all(author, made)


def read_roles(cell: str) -> "Held | str":
    """`manager@OPS; auditor@OPS-1 until 2027-03-31`; what cannot be read is given back as it stands."""
    found = set()
    names = {n.casefold(): r for r in GRANTED for n in (r.value, *(r.label[x] for x in LANGS))}
    for part in (p.strip() for p in cell.replace("；", ";").split(";")):
        if not part:
            continue
        rest, _, until = part.partition(" until ")
        name, _, unit = rest.partition("@")
        role = names.get(name.strip().casefold())
        if role is None or (until and not _is_date(until.strip())):
            return part
        found.add((role, unit.strip(), until.strip()))
    places = [(role, unit) for role, unit, _ in found]
    return cell if len(set(places)) < len(places) else frozenset(found)


def _written(held: Held) -> str:
    return "; ".join(
        role.value + (f"@{unit}" if unit else "") + (f" until {until}" if until else "")
        for role, unit, until in sorted(held, key=lambda h: (h[0].value, h[1], h[2]))
    )


def _truth(written: str) -> str:
    word = written.casefold()
    return "yes" if word in _YES else "no" if word in _NO else ""


def _is_email(written: str) -> bool:
    try:
        validate_email(written)
    except ValidationError:
        return False
    return True


def _is_date(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _nobody_left() -> Wrong:
    return Wrong(
        0,
        None,
        Text("これでは管理者がいなくなります", "nobody would be left who can administer"),
        Text(
            "先に別の人へ管理者の役割を与えてください",
            "grant the role of administrator to somebody else first",
        ),
    )
