"""What the records of the example organisation do not say: units, superiors, roles, accounts."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from tassei.encoding.compiled import shipped
from tassei.marked import parse
from tassei.text import Text
from tassei.web.cycle.case import Role

_FILE = "organisation/minato.yaml"


@frozen
class Part:
    """A unit.

    Args:
        above: the code of the unit above; empty at the top.
        head: the code of the superior of everybody in it.
    """

    code: str
    name: Text
    above: str
    head: str


@frozen
class Staff:
    """Somebody without a record."""

    code: str
    name: str
    unit: str
    roles: tuple[Role, ...]


@frozen
class Player:
    """Somebody with an account.

    Args:
        job: what there is to try in it.
    """

    login: str
    code: str
    job: Text


@frozen
class Told:
    """One assessment, and how far it has come.

    Args:
        views: of the members in their order; fewer where the others have yet to give theirs.
        settled: what the superior decided, of a level that has no committee.
        until: the last move that was made; `open` where there was none.
    """

    person: str
    field: str
    level: int
    superior: str
    members: tuple[str, ...]
    views: tuple[bool, ...]
    settled: bool | None
    until: str


@frozen
class Round:
    """One cycle.

    Args:
        name: with the year to be filled in.
        days: what is due when, in days from today.
        editions: whose fields can be chosen.
    """

    name: Text
    days: Mapping[str, int]
    editions: tuple[str, ...]
    closed: bool
    assessments: tuple[Told, ...]


@frozen
class Organisation:
    """Everything the file says; a unit stands behind the one above it.

    Args:
        members: codes of those who sit on committees.
        words: the reasons that people give, by the move that they make.
    """

    units: tuple[Part, ...]
    staff: tuple[Staff, ...]
    players: tuple[Player, ...]
    members: tuple[str, ...]
    words: Mapping[str, str]
    rounds: tuple[Round, ...]

    def path(self, part: Part) -> str:
        """A unit as the records name it: below the whole, from the largest part to the smallest."""
        parts = {p.code: p for p in self.units}
        names, found = [], part
        while found.above:
            names.append(found.name.ja)
            found = parts[found.above]
        return "/".join(reversed(names))

    def superior(self, code: str, unit: str) -> str:
        """The head of the unit; of a head, that of the nearest unit above which somebody else leads.

        Returns:
            A code; empty for who leads the whole.
        """
        parts = {p.code: p for p in self.units}
        part: Part | None = parts[unit]
        while part is not None and part.head == code:
            part = parts.get(part.above)
        return part.head if part is not None else ""


def organisation() -> Organisation:
    """The organisation that comes with the examples."""
    file = shipped("examples") / _FILE
    plain = parse(file.read_text("utf-8"), _FILE).plain()
    return Organisation(
        tuple(
            Part(u["code"], Text(u["ja"], u["en"]), u.get("above", ""), u["head"])
            for u in plain["units"]
        ),
        tuple(
            Staff(p["code"], p["name"], p["unit"], tuple(map(Role, p.get("roles", ()))))
            for p in plain["people"]
        ),
        tuple(Player(a["login"], a["code"], Text(a["ja"], a["en"])) for a in plain["accounts"]),
        tuple(plain["members"]),
        plain["words"],
        tuple(
            Round(
                Text(c["ja"], c["en"]),
                c["days"],
                tuple(c["editions"]),
                c.get("closed", False),
                tuple(map(_told, c["assessments"])),
            )
            for c in plain["cycles"]
        ),
    )


def _told(plain: Mapping[str, Any]) -> Told:
    return Told(
        plain["person"],
        plain["field"],
        plain["level"],
        plain["superior"],
        tuple(plain.get("members", ())),
        tuple(plain.get("views", ())),
        plain.get("settled"),
        plain["until"],
    )
