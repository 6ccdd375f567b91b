"""Typed access to marked values that collects every fault of a file before it gives up.

A reader asks a `Shape` for the parts that it expects; what is missing, misspelt or of another type
becomes a fault, and reading goes on with None so that one look at a file shows all that is wrong.
"""

import difflib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from attrs import define, field

from tassei.errors import Fault
from tassei.marked import Marked
from tassei.text import Text

T = TypeVar("T")
NOWHERE = Text("", "")


@define
class Faults:
    """The faults of one file so far."""

    file: str
    found: list[Fault] = field(factory=list)

    def add(
        self, code: str, what: Text, repair: Text, *, line: int = 0, where: Text = NOWHERE
    ) -> None:
        self.found.append(Fault(code, what, repair, where, self.file, line))


def suggestion(
    word: str, known: Iterable[str], *, listed: Iterable[str] | None = None, near: bool = True
) -> Text:
    """A repair for a misspelt word: the nearest known one, else a list of what there is.

    Args:
        listed: what the list offers where that is not what is known.
        near: suggest the nearest. Not where the words are ranked: a person should look at all of
            them rather than take a greater one.
    """
    known = sorted(set(known))
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6) if near else []
    names = sorted(set(known if listed is None else listed))
    if close:
        return Text(f"「{close[0]}」のことでしょうか", f'did you mean "{close[0]}"?')
    if not names:
        return Text("取り除いてください", "leave it out")
    some = names[:12]
    ja, en = "、".join(some), ", ".join(some)
    if len(names) > len(some):
        ja, en = ja + " など", en + ", ..."
    return Text(f"次のいずれかにしてください: {ja}", f"use one of: {en}")


def shown(value: object) -> str:
    """A value as a message shows it: short, on one line, and without what a terminal would obey."""
    if isinstance(value, list | dict):
        value = Marked(value, 0).plain()
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    plain = "".join(c for c in " ".join(written.split()) if c.isprintable())
    return plain if len(plain) <= 60 else plain[:57] + "..."


_KINDS: dict[type, Text] = {
    dict: Text("キーと値の組", "a mapping of keys and values"),
    list: Text("リスト", "a list"),
    str: Text("文字列", "a text"),
    int: Text("整数", "a whole number"),
    bool: Text("trueまたはfalse", "true or false"),
    float: Text("小数", "a decimal number"),
    type(None): Text("空の値", "an empty value"),
}


@define
class Shape:
    """A marked value together with where it stands and the faults of its file."""

    marked: Marked
    faults: Faults
    where: Text = NOWHERE
    path: str = ""

    @property
    def line(self) -> int:
        return self.marked.line

    def fault(self, code: str, what: Text, repair: Text) -> None:
        self.faults.add(code, what, repair, line=self.line, where=self.where)

    def wrong_type(self, expected: type) -> None:
        kind, wanted = _KINDS[type(self.marked.value)], _KINDS[expected]
        name = Text(self.path, self.path) if self.path else Text("全体", "the whole of it")
        self.fault(
            "wrong-type",
            Text(
                f"{name.ja} は{kind.ja}ですが、{wanted.ja}が必要です",
                f"{name.en} is {kind.en}, but {wanted.en} is needed",
            ),
            Text(f"{wanted.ja}を書いてください", f"write {wanted.en}"),
        )

    def mapping(
        self, allowed: Collection[str], required: Collection[str] = ()
    ) -> Mapping[str, "Shape"]:
        """The entries of a mapping; unknown and missing keys are faults."""
        value = self.marked.value
        if not isinstance(value, dict):
            self.wrong_type(dict)
            return {}
        for key in value:
            if key not in allowed:
                line = (self.marked.key_lines or {}).get(key, self.line)
                self.faults.add(
                    "unknown-key",
                    Text(
                        f"「{shown(key)}」というキーはありません", f'there is no key "{shown(key)}"'
                    ),
                    suggestion(key, allowed),
                    line=line,
                    where=self.where,
                )
        for key in sorted(required):
            if key not in value:
                self.fault(
                    "missing-key",
                    Text(f"キー「{key}」がありません", f'the key "{key}" is missing'),
                    Text(f"「{key}:」を書き加えてください", f'add "{key}:"'),
                )
        return {k: self.inside(m, k) for k, m in value.items() if k in allowed}

    def entries(self) -> list[tuple[str, "Shape"]]:
        """The entries of a mapping whose keys are data; a fault for anything else."""
        value = self.marked.value
        if not isinstance(value, dict):
            self.wrong_type(dict)
            return []
        return [(k, self.inside(m, k)) for k, m in value.items()]

    def elements(self) -> list["Shape"]:
        """The elements of a list; a fault for anything else."""
        value = self.marked.value
        if not isinstance(value, list):
            self.wrong_type(list)
            return []
        return [self.inside(m, f"[{i}]") for i, m in enumerate(value)]

    def text(self) -> str | None:
        value = self.marked.value
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, str):
            self.fault(
                "empty-text",
                Text(f"{self.path} が空です", f"{self.path} is empty"),
                Text("書き入れるか、キーごと消してください", "fill it in, or leave the key out"),
            )
        else:
            self.wrong_type(str)
        return None

    def truth(self) -> bool | None:
        return self._typed(bool)

    def whole(self) -> int | None:
        return None if isinstance(self.marked.value, bool) and self._no(int) else self._typed(int)

    def choice(self, known: Mapping[str, T], code: str, noun: Text) -> T | None:
        """The value that a word stands for; an unknown word is a fault with a suggestion."""
        word = self.text()
        if word is None:
            return None
        if word not in known:
            self.fault(
                code,
                Text(
                    f"{noun.ja}「{shown(word)}」はありません",
                    f'no {noun.en} is called "{shown(word)}"',
                ),
                suggestion(word, known),
            )
            return None
        return known[word]

    def is_null(self) -> bool:
        return self.marked.value is None

    def inside(self, marked: Marked, key: str) -> "Shape":
        joined = (
            f"{self.path}{key}" if key.startswith("[") or not self.path else f"{self.path}.{key}"
        )
        return Shape(marked, self.faults, self.where, joined)

    def at(self, where: Text) -> "Shape":
        return Shape(self.marked, self.faults, where, self.path)

    def _no(self, expected: type) -> bool:
        self.wrong_type(expected)
        return True

    def _typed(self, expected: type[T]) -> T | None:
        value = self.marked.value
        if isinstance(value, expected):
            return value
        self.wrong_type(expected)
        return None
