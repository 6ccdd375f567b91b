"""What the records of the example organisation do not say: units, superiors, roles, accounts."""

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
class Organisation:
    """Everything the file says; a unit stands behind the one above it."""

    units: tuple[Part, ...]
    staff: tuple[Staff, ...]
    players: tuple[Player, ...]

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
    )
