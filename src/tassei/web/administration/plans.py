"""What a sheet would do, before it does it: every change in words, and everything that is wrong."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Literal

from attrs import field, frozen

from tassei.text import Text
from tassei.web.administration.sheets import Column, Row, Wrong

Kind = Literal["added", "changed", "left"]


@frozen
class Detail:
    """One value that changes."""

    column: Column
    before: str
    after: str


@frozen
class Step:
    """What happens to one unit or person.

    Args:
        kind: `left` is somebody who is not in the sheet and is marked as left.
        values: what is written; of a code of another unit or person, that code.
        version: of the row that is changed; 0 for a new one.
    """

    kind: Kind
    code: str
    name: str
    details: tuple[Detail, ...]
    values: dict[str, Any]
    version: int = 0


@frozen
class Plan:
    """All that a sheet would do.

    Args:
        same: how many are as the sheet says already.
    """

    steps: tuple[Step, ...]
    same: int
    wrongs: tuple[Wrong, ...] = field(default=())

    def count(self, kind: Kind) -> int:
        return sum(s.kind == kind for s in self.steps)

    @property
    def digest(self) -> str:
        """Of everything that would be written, and of the versions that it would be written over."""
        told = [[s.kind, s.code, s.version, s.values] for s in self.steps]
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def wrong(row: Row, column: Column, what: Text, repair: Text) -> Wrong:
    return Wrong(row.line, column, what, repair)


def check_code(row: Row, column: Column, seen: dict[str, int]) -> Iterable[Wrong]:
    """A code is there, once, and can stand in a list of codes."""
    code = row.cells.get(column.id, "")
    if not code:
        if column.id in row.cells:
            what = Text(f"{column.label.ja}が空です", f"{column.label.en} is empty")
            yield wrong(row, column, what, Text("コードを入れてください", "enter a code"))
    elif code in seen:
        what = Text(
            f"「{code}」は{seen[code]}行目にもあります", f"“{code}” is on line {seen[code]} too"
        )
        yield wrong(row, column, what, Text("一方を除いてください", "take one of them out"))
    elif set(code) & set(";@/") or code in (".", ".."):
        what = Text(
            "使えない文字（; @ /）があります", "it holds a sign that codes cannot have (; @ /)"
        )
        yield wrong(row, column, what, Text("別のコードにしてください", "choose another code"))
    seen.setdefault(code, row.line)


def unknown(row: Row, column: Column, code: str) -> Wrong:
    return wrong(
        row,
        column,
        Text(f"「{code}」はありません", f"there is no “{code}”"),
        Text(
            "コードを直すか、そのコードの行を加えてください",
            "correct the code, or add a line for it",
        ),
    )


def outside(row: Row, column: Column) -> Wrong:
    return wrong(
        row,
        column,
        Text("あなたが変えられる組織の外です", "this is outside the units that you may change"),
        Text(
            "この行を除くか、管理者に頼んでください", "take the line out, or ask an administrator"
        ),
    )


def in_circle(row: Row, column: Column) -> Wrong:
    return wrong(
        row,
        column,
        Text("たどると自分に戻ります", "following it upwards leads back to itself"),
        Text("輪になっているところを直してください", "break the circle at one place"),
    )
