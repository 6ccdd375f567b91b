"""Mutation testing of `rules` and `judging`: how many small changes of the code the tests notice.

Each mutant is one changed place of one module. It runs in a process of its own, forked when all that
does not depend on the two packages is loaded: first the worked cases and the golden wordings, then the
unit and property tests. A mutant that none of them notices has survived. `script/mutation` prints the
table; with names of modules (`judging/decide`) it tries only those, with `--every N` one mutant in N.
"""

import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, ModuleType

from attrs import frozen

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "tassei"
PACKAGES = ("rules", "judging")
EQUIVALENT = Path(__file__).resolve().parent / "mutation_equivalent.json"
TESTS = {
    "rules": ["tests/rules"],
    # what is quick first: a mutant is done with at the first test that fails
    "judging": [
        *(f"tests/judging/test_{n}.py" for n in ("verdict", "facts", "decide", "prove", "missing")),
        "tests/judging",
    ],
}
CPU_SECONDS = 120

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "all": "any", "any": "all", "sorted": "list"}


@frozen
class Mutant:
    """One changed place: its module, line, what was done, and the changed code."""

    module: str
    line: int
    text: str
    what: str
    code: CodeType

    @property
    def key(self) -> str:
        return f"{self.module}: {self.text}: {self.what}"


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of one module, in the order of its lines."""
    source = path.read_text("utf-8")
    lines = source.splitlines()
    tree = ast.parse(source)
    name = ".".join(["tassei", *path.relative_to(SRC).with_suffix("").parts])
    for number, node in enumerate(ast.walk(tree)):
        for choice, what in enumerate(_changes(node)):
            changed = copy.deepcopy(tree)
            target = next(n for i, n in enumerate(ast.walk(changed)) if i == number)
            _change(target, choice)
            line = getattr(node, "lineno", 0)
            code = compile(ast.fix_missing_locations(changed), str(path), "exec")
            yield Mutant(name, line, lines[line - 1].strip(), what, code)


def _changes(node: ast.AST) -> list[str]:
    """What can be done to a node."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARE:
            return [f"{type(op).__name__} -> {_COMPARE[type(op)].__name__}"]
        case ast.BoolOp():
            return ["and <-> or"]
        case ast.UnaryOp(op=ast.Not()):
            return ["drop not"]
        case ast.BinOp(op=op) if type(op) in _BINARY:
            return [f"{type(op).__name__} -> {_BINARY[type(op)].__name__}"]
        case ast.Constant(value=bool()):
            return ["flip truth"]
        case ast.Constant(value=int()):
            return ["+1", "-1"]
        case ast.Name(id=name) if name in _NAMES:
            return [f"{name} -> {_NAMES[name]}"]
        case ast.IfExp() | ast.If():
            return ["condition true", "condition false"]
        case ast.Return(value=value) if value is not None:
            return ["return None"]
        case ast.AugAssign():
            return ["drop"]
        case ast.comprehension(ifs=[_, *_]):
            return ["drop filter"]
    return []


def _change(node: ast.AST, choice: int) -> None:
    match node:
        case ast.Compare():
            node.ops = [_COMPARE[type(node.ops[0])]()]
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.UnaryOp():
            # not x becomes not not x, which is as true as x
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        case ast.BinOp():
            node.op = _BINARY[type(node.op)]()
        case ast.Constant(value=bool() as value):
            node.value = not value
        case ast.Constant(value=int() as value):
            node.value = value + (1, -1)[choice]
        case ast.Name():
            node.id = _NAMES[node.id]
        case ast.IfExp() | ast.If():
            node.test = ast.Constant(choice == 0)
        case ast.Return():
            node.value = ast.Constant(None)
        case ast.AugAssign():
            node.op = ast.Add()
            node.value, node.target = ast.Constant(0), ast.Name("_nothing", ast.Store())
            node.op = ast.Add()
        case ast.comprehension():
            node.ifs = []


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module in its changed form."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self.mutant.module else None

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["_nothing"] = 0
        exec(self.mutant.code, module.__dict__)


def noticed(mutant: Mutant | None) -> bool:
    """Whether a process with the mutant fails; with None, whether it fails without any."""
    child = os.fork()
    if child == 0:
        os._exit(_child(mutant))
    _, status = os.waitpid(child, 0)
    return status != 0


def _child(mutant: Mutant | None) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    if mutant is not None:
        sys.meta_path.insert(0, _Mutated(mutant))
    try:
        import mutation_checks

        mutation_checks.run()
        import pytest

        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        packages = [mutant.module.split(".")[1]] if mutant else PACKAGES
        return int(pytest.main([*options, *(t for p in packages for t in TESTS[p])]))
    except BaseException:
        return 1


def main(names: list[str]) -> int:
    """Try all mutants and print the table."""
    sys.setrecursionlimit(5000)
    import mutation_checks

    mutation_checks.prepare()
    if noticed(None):
        print("the tests fail without any change", file=sys.stderr)
        return 2
    every = int(names.pop(names.index("--every") + 1)) if "--every" in names else 1
    names = [n for n in names if n != "--every"]
    equivalent = json.loads(EQUIVALENT.read_text("utf-8")) if EQUIVALENT.exists() else {}
    paths = [p for package in PACKAGES for p in sorted((SRC / package).glob("*.py"))]
    chosen = [p for p in paths if not names or f"{p.parent.name}/{p.stem}" in names]
    table: dict[str, list[int]] = {}
    started = time.monotonic()
    for mutant, killed in _tried([m for p in chosen for m in mutants(p)][::every]):
        row = table.setdefault(mutant.module.removeprefix("tassei."), [0, 0, 0])
        if killed:
            row[0] += 1
        elif mutant.key in equivalent:
            row[2] += 1
        else:
            row[1] += 1
            print(
                f"survived {mutant.module.removeprefix('tassei.')}:{mutant.line} {mutant.what}: {mutant.text}",
                file=sys.stderr,
            )
    _print(table, time.monotonic() - started)
    return 0


def _tried(todo: list[Mutant]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant with whether it was noticed; as many processes at a time as there are processors."""
    running: dict[int, Mutant] = {}
    queue = iter(todo)
    most = os.cpu_count() or 1
    while True:
        while len(running) < most and (mutant := next(queue, None)) is not None:
            child = os.fork()
            if child == 0:
                signal.alarm(CPU_SECONDS * 2)
                os._exit(_child(mutant))
            running[child] = mutant
        if not running:
            return
        child, status = os.wait()
        if child in running:
            yield running.pop(child), status != 0


def _print(table: dict[str, list[int]], seconds: float) -> None:
    print(f"{'module':32}{'mutants':>9}{'noticed':>9}{'survived':>10}{'equivalent':>12}{'':>9}")
    total = [0, 0, 0]
    for module, row in sorted(table.items()):
        total = [a + b for a, b in zip(total, row, strict=True)]
        _print_row(module, row)
    _print_row("all", total)
    print(f"{seconds / 60:.0f} minutes, {os.cpu_count()} processors")


def _print_row(name: str, row: list[int]) -> None:
    killed, survived, equal = row
    share = f"{100 * killed / max(killed + survived, 1):.1f} %"
    print(f"{name:32}{sum(row):9}{killed:9}{survived:10}{equal:12}{share:>9}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
