"""The reference of errors has an entry for each code that the program can end with, and no other.

The codes are read from the source: wherever a `Fault` is made, its code is followed back through
the functions that hand it on, to the words in which it is written. Each entry shows the message as
it is kept under `tests/bad`; TASSEI_ACCEPT=1 renews what the pages show.
"""

import ast
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from attrs import frozen

from golden import check
from tassei.encoding.load import load_standards
from tassei.errors import StandardError
from tassei.marked import parse
from tassei.reporting.faults import faults_text
from tassei.text import LANGS, Lang

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tassei"
BAD = ROOT / "tests" / "bad"
STANDARDS = BAD / "standards"
DOCUMENTS = BAD / "documents"
PAGES: dict[Lang, Path] = {
    "en": ROOT / "docs" / "reference" / "errors.md",
    "ja": ROOT / "docs" / "ja" / "reference" / "errors.md",
}
ACCEPT = "TASSEI_ACCEPT" in os.environ


@frozen
class Role:
    """Which argument of a function is a code: its place and its name, and how many are needed."""

    place: int
    name: str
    needed: int


class Codes:
    """Follows codes through the source, from where a `Fault` is made to where they are written."""

    def __init__(self, modules: Mapping[str, ast.Module]) -> None:
        self.modules = modules
        self.takes: dict[str, Role] = {"Fault": Role(0, "code", 3)}
        self.found: set[str] = set()
        self.unclear: list[str] = []
        before: dict[str, Role] = {}
        while before != self.takes:
            before = dict(self.takes)
            self.found, self.unclear = set(), []
            for name, module in modules.items():
                self._module(name, module)

    def _module(self, name: str, module: ast.Module) -> None:
        tables = {
            target.id: node.value
            for node in module.body
            for target in _targets(node)
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        }
        for function, inside in _functions(module):
            for call in (n for n in inside if isinstance(n, ast.Call)):
                role = self.takes.get(_called(call))
                argument = _argument(call, role) if role else None
                if argument is not None:
                    self._code(argument, function, inside, tables, f"{name}:{call.lineno}")

    def _code(
        self,
        value: ast.expr,
        function: ast.FunctionDef | None,
        inside: list[ast.AST],
        tables: Mapping[str, ast.expr],
        where: str,
    ) -> None:
        """Take the words that an expression stands for, or learn that a function hands codes on."""
        match value:
            case ast.Constant(value=str(word)):
                self.found.add(word)
            case ast.IfExp():
                for branch in (value.body, value.orelse):
                    self._code(branch, function, inside, tables, where)
            case ast.JoinedStr(values=[ast.Constant(value=str(head)), ast.FormattedValue()]):
                self.found |= {head + key for key in _keys(tables.get("KINDS"))}
            case ast.Name(id=name) if function and name in _parameters(function):
                place = _parameters(function).index(name)
                own = _parameters(function)[:1] in (["self"], ["cls"])
                needed = len(function.args.args) - len(function.args.defaults)
                role = Role(place - own, name, needed - own)
                same = self.takes.get(function.name, role)
                if (same.place, same.name) == (role.place, role.name):
                    # of two functions by one name, the one that can do with less
                    self.takes[function.name] = min(same, role, key=lambda r: r.needed)
            case ast.Name(id=name):
                written = [
                    n.value
                    for n in inside
                    if isinstance(n, ast.Assign) and name in {t.id for t in _targets(n)}
                ]
                if not written:
                    self.unclear.append(f"{where}: {ast.unparse(value)}")
                for one in written:
                    self._code(one, function, inside, tables, where)
            case _:
                self.unclear.append(f"{where}: {ast.unparse(value)}")


def _targets(node: ast.AST) -> list[ast.Name]:
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    return [t for t in targets if isinstance(t, ast.Name)]


def _functions(module: ast.Module) -> Iterator[tuple[ast.FunctionDef | None, list[ast.AST]]]:
    """Each function with what is in it, but not in a function inside it; and the module itself."""
    rest: list[ast.AST] = [module]
    while rest:
        owner = rest.pop()
        inside: list[ast.AST] = []
        todo: list[ast.AST] = list(ast.iter_child_nodes(owner))
        while todo:
            node = todo.pop()
            if isinstance(node, ast.FunctionDef):
                rest.append(node)
                continue
            inside.append(node)
            todo += ast.iter_child_nodes(node)
        yield (owner if isinstance(owner, ast.FunctionDef) else None), inside


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _argument(call: ast.Call, role: Role) -> ast.expr | None:
    """The code that a call gives; None where it is a call of something else by the same name."""
    named = {k.arg: k.value for k in call.keywords}
    if len(call.args) + len(named) < role.needed:
        return None
    return call.args[role.place] if role.place < len(call.args) else named.get(role.name)


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [a.arg for a in function.args.args + function.args.kwonlyargs]


def _keys(table: ast.expr | None) -> list[str]:
    """The keys of a table by which a family of codes is named."""
    assert isinstance(table, ast.Dict), "a family of codes has no table KINDS"
    return [str(ast.literal_eval(key)) for key in table.keys if key is not None]


@cache
def codes() -> Codes:
    """All codes of the program."""
    files = sorted(SOURCE.rglob("*.py"))
    return Codes({p.relative_to(SOURCE).as_posix(): ast.parse(p.read_text("utf-8")) for p in files})


@frozen
class Entry:
    """What a page says about one code."""

    group: str
    code: str
    text: str
    example: str
    repair: str
    exit_code: int


_ENTRY = re.compile(
    r"\n### (?P<code>.+)\n\n(?P<text>(?:(?!```|#).+\n)+)"
    r"\n```text\n(?P<example>(?s:.+?)\n)```\n"
    r"\n(?P<label>[^\n]+?)(?:: |: ?|：)(?P<repair>(?:.+\n)+)"
    r"\n(?:Exit code|終了コード)(?:: |：)(?P<exit>\d(?:.+)?)\n"
)


@cache
def entries(lang: Lang) -> tuple[Entry, ...]:
    """The entries of a page; every heading of the third rank is one."""
    text = PAGES[lang].read_text("utf-8")
    found = []
    for group in re.split(r"(?m)^(?=## )", text)[1:]:
        title = group.split("\n", 1)[0].removeprefix("## ")
        for match in _ENTRY.finditer(group):
            found.append(
                Entry(
                    title,
                    match["code"],
                    match["text"],
                    match["example"],
                    match["repair"],
                    int(match["exit"][0]),
                )
            )
    assert [e.code for e in found] == re.findall(r"(?m)^### (.+)$", text), "an entry is incomplete"
    return tuple(found)


def message(code: str, lang: Lang) -> str:
    """The message that is kept for a code."""
    paths = [folder / f"{code}.{lang}.txt" for folder in (BAD, DOCUMENTS, STANDARDS)]
    return next(p for p in paths if p.exists()).read_text("utf-8")


def test_every_code_is_followed_to_where_it_is_written() -> None:
    """No code is made in a way that this test cannot read."""
    assert codes().unclear == []
    assert {"unknown-role", "negative-amount", "unknown-criteria", "alias"} <= codes().found


@pytest.mark.parametrize("lang", LANGS)
def test_every_code_has_an_entry_and_no_other(lang: Lang) -> None:
    """In each language, once."""
    listed = [e.code for e in entries(lang)]
    assert sorted(listed) == sorted(codes().found)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in listed)


def test_both_languages_have_the_same_entries() -> None:
    """In the same groups and the same order, with the same exit codes; in order of the alphabet."""
    english, japanese = entries("en"), entries("ja")
    assert [(e.code, e.exit_code) for e in english] == [(e.code, e.exit_code) for e in japanese]
    order = list(dict.fromkeys(e.group for e in english))
    japanese_order = list(dict.fromkeys(e.group for e in japanese))
    assert [order.index(e.group) for e in english] == [
        japanese_order.index(e.group) for e in japanese
    ]
    for group in order:
        listed = [e.code for e in english if e.group == group]
        assert listed == sorted(listed)


@pytest.mark.parametrize("lang", LANGS)
def test_examples_are_what_is_shown(lang: Lang) -> None:
    """Each entry shows a message of its code, to the letter."""
    if ACCEPT:
        text = PAGES[lang].read_text("utf-8")
        for entry in entries(lang):
            shown = f"### {entry.code}\n\n{entry.text}\n```text\n"
            text = text.replace(shown + entry.example, shown + message(entry.code, lang))
        PAGES[lang].write_text(text, "utf-8")
        entries.cache_clear()
    for entry in entries(lang):
        assert entry.example == message(entry.code, lang), entry.code
        assert re.search(rf"(?m)^  (code  |コード)  {entry.code}$", entry.example), entry.code


@pytest.mark.parametrize("lang", LANGS)
def test_exit_codes_are_those_of_who_repairs_it(lang: Lang) -> None:
    """3 where a message is one of an encoded standard alone; else 2, as the commands end with."""
    for entry in entries(lang):
        own = any((f / f"{entry.code}.{lang}.txt").exists() for f in (BAD, DOCUMENTS))
        assert entry.exit_code == (2 if own else 3), entry.code


FAULTY = sorted(STANDARDS.glob("*.yaml"))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_a_faulty_standard_is_told(path: Path, lang: Lang, tmp_path: Path) -> None:
    """The small standard of `base` with one place changed has a fault, worded as it was reviewed."""
    edit = parse(path.read_text("utf-8"), path.name).plain()
    for file in sorted((STANDARDS / "base").rglob("*.yaml")):
        copy = tmp_path / file.relative_to(STANDARDS / "base")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    changed = tmp_path / edit["file"]
    before = changed.read_text("utf-8")
    assert before.count(edit["old"]) == 1
    changed.write_text(before.replace(edit["old"], edit["new"]), "utf-8")
    with pytest.raises(StandardError) as caught:
        load_standards(tmp_path)
    assert path.stem in {f.code for f in caught.value.faults}
    check(STANDARDS / f"{path.stem}.{lang}.txt", faults_text(caught.value.faults, lang) + "\n")


def test_the_small_standard_has_no_fault_of_its_own() -> None:
    """What is told of a changed one comes from the change."""
    assert [e.id for e in load_standards(STANDARDS / "base").editions] == ["mini/desk"]


def test_every_code_has_a_message() -> None:
    """Each code of the source is the code of a faulty input that is kept, and no message is left over."""
    folders = (BAD, DOCUMENTS, STANDARDS)
    kept = {p.name.split(".")[0] for p in chain(*(f.glob("*.en.txt") for f in folders))}
    assert kept - {"many-faults"} == codes().found


@pytest.mark.parametrize(
    ("source", "found", "unclear"),
    [
        ('Fault("a", x, y)', {"a"}, 0),
        ('Fault(code="a", what=x, repair=y)', {"a"}, 0),
        ('def f(code, x):\n    Fault(code, x, y)\nf("a", 1)\no.f("b", 1)\n', {"a", "b"}, 0),
        ('def f(self, x, code):\n    Fault(code, x, y)\no.f(1, "a")\no.f("b")\n', {"a"}, 0),
        (
            'def f(code, x):\n    Fault(code, x, y)\ndef g(x, c):\n    f(c, x)\ng(1, "a")\n',
            {"a"},
            0,
        ),
        ('def f():\n    c = "a" if x else "b"\n    Fault(c, x, y)\n', {"a", "b"}, 0),
        ('KINDS = {"x": 1, "y": 2}\ndef f(k):\n    Fault(f"u-{k}", x, y)\n', {"u-x", "u-y"}, 0),
        ("def f(x):\n    Fault(x.code, x, y)\n", set(), 1),
        ("Fault(codes[0], x, y)", set(), 1),
        ('other("a", x, y)', set(), 0),
    ],
)
def test_codes_are_followed(source: str, found: set[str], unclear: int) -> None:
    """Through parameters, names and families; what cannot be followed is said."""
    read = Codes({"a.py": ast.parse(source)})
    assert (read.found, len(read.unclear)) == (found, unclear)
