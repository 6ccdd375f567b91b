"""`script/mutation [MODULE]...`: how many small changes to the rules and to judging the tests notice.

Every mutant is one module with one change (a comparison, a connective, a constant, a return value, a
statement left out). Each is judged in a process of its own, forked after everything that no mutant
touches is loaded; a mutant that no test notices survives. Mutants that cannot be told from the
original are listed with the reason in `equivalent_mutants.yaml` and counted apart.
"""

import argparse
import ast
import contextlib
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import io
import os
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from attrs import frozen
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tassei"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.yaml")
PACKAGES = ("rules", "judging")
PATIENCE = 5
"""A mutant that keeps the tests running so many times as long as they take has been noticed."""

# those that name a module's own tests come first, then what is quick, then the properties
UNIT_TESTS = (
    "rules/test_nodes.py", "rules/test_from_indicators.py", "rules/test_wording.py",
    "rules/test_checks.py", "judging/test_verdict.py", "judging/test_facts.py",
    "judging/test_decide.py", "judging/test_prove.py", "judging/test_missing.py",
    "judging/test_judge.py", "judging/test_skills.py", "judging/test_agreement.py",
)  # fmt: skip


# --- mutants


Step = tuple[str, int | None]
"""From a node to its child: the field, and the number in it where it is a list."""
Key = tuple[str, str, str, str, int]


@frozen
class Mutant:
    """One change to one module.

    Args:
        module: path below `src/tassei`.
        path: the way from the module's tree to the node that is replaced.
        before, after: the node, as source; of a constant, what it stands in.
        nth: of the same changes in one function, which one; counts from 1.
    """

    module: str
    function: str
    line: int
    path: tuple[Step, ...]
    before: str
    after: str
    replacement: ast.AST
    nth: int

    @property
    def name(self) -> str:
        return f"{self.module}:{self.line} {self.function}: {self.before}  ->  {self.after}"

    @property
    def key(self) -> Key:
        """What the list of equivalent mutants knows it by; it outlives changes elsewhere."""
        return self.module, self.function, self.before, self.after, self.nth


def mutants_of(module: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its source."""
    tree = ast.parse((SOURCE / module).read_text("utf-8"))
    seen: Counter[tuple[str, str, str]] = Counter()
    for path, node, parent, function in _nodes(tree, (), tree, "module"):
        for replacement in _replacements(node):
            shown, change = node, replacement
            if isinstance(node, ast.Constant) and isinstance(parent, _SHOWN):
                # a constant alone does not say which one it is
                shown, change = parent, _with(parent, path[-1], replacement)
            before, after = _source(shown), _source(change)
            if before != after:
                start = node.target if isinstance(node, ast.comprehension) else node
                line = getattr(start, "lineno", 0)
                seen[function, before, after] += 1
                nth = seen[function, before, after]
                yield Mutant(module, function, line, path, before, after, replacement, nth)


_SHOWN = (ast.expr, ast.keyword, ast.Assign, ast.AnnAssign)


def _with(parent: ast.AST, step: Step, child: ast.AST) -> ast.AST:
    """A copy of a node with another child."""
    name, number = step
    changed = copy.copy(parent)
    if number is None:
        setattr(changed, name, child)
    else:
        children = list(getattr(parent, name))
        children[number] = child
        setattr(changed, name, children)
    return changed


def _source(node: ast.AST) -> str:
    written = repr(node.value) if isinstance(node, ast.Constant) else ast.unparse(node)
    return " ".join(written.split())


_SKIPPED_FIELDS = {
    "annotation",
    "returns",
    "decorator_list",
    "type_params",
    "format_spec",
    "pattern",
}
_TYPES = {"Literal", "TypeVar", "Callable", "Mapping", "isinstance"}


def _nodes(
    node: ast.AST, path: tuple[Step, ...], parent: ast.AST, function: str
) -> Iterator[tuple[tuple[Step, ...], ast.AST, ast.AST, str]]:
    """All nodes that may be mutated: no annotation, docstring, decorator, assertion or import."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = node.name if function == "module" else f"{function}.{node.name}"
        if node.name == "_":
            function = f"{function}:{ast.unparse(node.args.args[0].annotation)}"  # type: ignore[union-attr, arg-type]
    yield path, node, parent, function
    for name, value in ast.iter_fields(node):
        if name in _SKIPPED_FIELDS:
            continue
        children = value if isinstance(value, list) else [value]
        for number, child in enumerate(children):
            if isinstance(child, ast.AST) and not _is_left_alone(child, node, name):
                step = (name, number if isinstance(value, list) else None)
                yield from _nodes(child, (*path, step), node, function)


def _is_left_alone(child: ast.AST, parent: ast.AST, field: str) -> bool:
    if isinstance(child, ast.Assert | ast.Import | ast.ImportFrom):
        return True
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True  # a docstring
    if isinstance(parent, ast.Call | ast.Subscript) and _named(parent) in _TYPES:
        return field != "func"
    # a union of types, not of values
    return isinstance(child, ast.BinOp) and all(_is_type(n) for n in (child.left, child.right))


def _is_type(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name):
            return name[:1].isupper()
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _is_type(left) and _is_type(right)
        case ast.Subscript(value=value):
            return _is_type(value)
    return False


def _named(node: ast.Call | ast.Subscript) -> str:
    inner = node.func if isinstance(node, ast.Call) else node.value
    return inner.id if isinstance(inner, ast.Name) else ""


_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift,
}  # fmt: skip
_CALLS = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "sorted": "list",
    "reversed": "list",
}


def _replacements(node: ast.AST) -> Iterator[ast.AST]:
    """What a node is replaced by, one at a time."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=comparators):
            for other in _COMPARISONS[type(op)]:
                yield ast.Compare(left, [other()], comparators)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            yield ast.BinOp(left, _OPERATORS[type(op)](), right)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(value=str() as value):
            yield ast.Constant(value + "·")
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in _CALLS:
            kept = keywords if name in ("min", "max") else []
            yield ast.Call(ast.Name(_CALLS[name], ast.Load()), args[:1] if not kept and name in (
                "sorted", "reversed") else args, kept)  # fmt: skip
        case ast.Return(value=value) if value is not None and _source(value) != "None":
            yield ast.Return(ast.Constant(None))
        case ast.AugAssign(target=target, op=op, value=value):
            yield ast.Pass()
            if type(op) in _OPERATORS:
                yield ast.AugAssign(target, _OPERATORS[type(op)](), value)
        case ast.Expr() | ast.Raise() | ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()
        case ast.If(test=test, body=body, orelse=orelse) if _is_plain(test):
            yield ast.If(_not(test), body, orelse)
        case ast.IfExp(test=test, body=body, orelse=orelse) if _is_plain(test):
            yield ast.IfExp(_not(test), body, orelse)
        case ast.comprehension(target=target, iter=source, ifs=[test]):
            yield ast.comprehension(target, source, [], 0)
            if _is_plain(test):
                yield ast.comprehension(target, source, [_not(test)], 0)


def _is_plain(test: ast.expr) -> bool:
    """A condition that no other mutant negates."""
    return not isinstance(test, ast.Compare) and not (
        isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    )


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def mutated(mutant: Mutant) -> ast.Module:
    """The module with the one change."""
    tree = ast.parse((SOURCE / mutant.module).read_text("utf-8"))
    *way, (name, number) = mutant.path
    parent: ast.AST = tree
    for step, index in way:
        child = getattr(parent, step)
        parent = child if index is None else child[index]
    if number is None:
        setattr(parent, name, mutant.replacement)
    else:
        getattr(parent, name)[number] = mutant.replacement
    return ast.fix_missing_locations(tree)


# --- running


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the mutated module in the place of the real one."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = "tassei." + mutant.module.removesuffix(".py").replace("/", ".")

    def find_spec(
        self, fullname: str, path: object, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_loader(
            fullname, self, origin=str(SOURCE / self.mutant.module)
        )

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(SOURCE / self.mutant.module)
        exec(compile(mutated(self.mutant), module.__file__, "exec"), module.__dict__)


def warm_up() -> None:
    """Load everything that no mutant touches, so that each process has it from the start."""
    import hypothesis
    import pytest  # noqa: F401  # used by the processes that are forked

    import tassei.encoding.load as load
    from tassei.encoding.compiled import standards

    standards()
    load.load_standards = cache(load.load_standards)
    load.load_standards(ROOT / "standards")
    sys.path.insert(0, str(ROOT / "tests"))
    phases = [p for p in hypothesis.Phase if p is not hypothesis.Phase.shrink]
    hypothesis.settings.register_profile("mutation", phases=phases)
    hypothesis.settings.load_profile("mutation")
    os.environ["TASSEI_EXAMPLES"] = "25"
    # plugins would warn that hypothesis is loaded already
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    loaded = [m for m in sys.modules if m.startswith(tuple(f"tassei.{p}" for p in PACKAGES))]
    assert not loaded, f"loaded too early: {loaded}"


def is_noticed(mutant: Mutant | None) -> bool:
    """Run the tests, the module's own first, until one fails; without a mutant, run them all."""
    import pytest

    mine: tuple[str, ...] = ()
    if mutant is not None:
        sys.meta_path.insert(0, _Finder(mutant))
        try:
            for package in PACKAGES:
                for path in (SOURCE / package).glob("*.py"):
                    importlib.import_module(f"tassei.{package}.{path.stem}")
        except Exception:
            return True  # it cannot even be imported
        package, name = mutant.module.split("/")
        mine = (f"{package}/test_{name}",)
    others = tuple(t for t in UNIT_TESTS if t not in mine)
    for tests in (mine, others):
        paths = [str(ROOT / "tests" / t) for t in tests if (ROOT / "tests" / t).exists()]
        if paths:
            code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", f"--rootdir={ROOT}", *paths])
            # passed, failed, or failed to import; a mutant may keep even the set-up from importing
            if code not in (0, 1, 2) and not (code == 4 and mutant is not None):
                raise RuntimeError(f"pytest ended with {code!r}")
            if code:
                return True
    return False


BROKEN = 3
"""Exit status of a process in which the tests could not be run at all."""


def _start(mutant: Mutant | None) -> int:
    pid = os.fork()
    if pid:
        return pid
    status, out = BROKEN, io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            status = int(is_noticed(mutant))
    except BaseException:
        traceback.print_exc(file=out)
    finally:
        if status == BROKEN or (mutant is None and status):
            os.write(1, out.getvalue().encode())
        os._exit(status)


Outcome = str


def run(mutants: Sequence[Mutant], processes: int, seconds: float) -> dict[Mutant, Outcome]:
    """The outcome of every mutant: killed, timed out, or survived."""
    found: dict[Mutant, Outcome] = {}
    waiting = list(reversed(mutants))
    running: dict[int, tuple[Mutant, float]] = {}
    began = time.monotonic()
    while waiting or running:
        while waiting and len(running) < processes:
            mutant = waiting.pop()
            running[_start(mutant)] = (mutant, time.monotonic())
        time.sleep(0.02)
        for pid, (mutant, since) in list(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended and time.monotonic() - since > seconds:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                found[mutant] = "timed out"
            elif ended:
                code = os.waitstatus_to_exitcode(status)
                assert code != BROKEN, f"the tests cannot be run: {mutant.name}"
                found[mutant] = "survived" if code == 0 else "killed"
            else:
                continue
            del running[pid]
            if found[mutant] == "survived":
                print(f"survived  {mutant.name}", file=sys.stderr, flush=True)
            if len(found) % 50 == 0:
                minutes = (time.monotonic() - began) / 60
                print(f"{len(found)} of {len(mutants)} in {minutes:.1f} min", file=sys.stderr)
    return found


def equivalents() -> dict[Key, str]:
    """The mutants that are known to do what the original does, with the reason."""
    entries = YAML(typ="safe", pure=True).load(EQUIVALENT.read_text("utf-8"))
    return {
        (e["module"], e["function"], e["before"], e["after"], nth): e["reason"]
        for e in entries
        for nth in e.get("nth", [1])
    }


# --- reporting


def table(outcomes: dict[Mutant, Outcome]) -> str:
    """Figures by module, in Markdown."""
    lines = [
        "| module | mutants | equivalent | noticed | survived | noticed of the others |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    modules = sorted({m.module for m in outcomes})
    for name in [*modules, "all"]:
        count = Counter(o for m, o in outcomes.items() if name in (m.module, "all"))
        noticed = count["killed"] + count["timed out"]
        others = noticed + count["survived"]
        lines.append(
            f"| {name} | {others + count['equivalent']} | {count['equivalent']} | {noticed}"
            f" | {count['survived']} | {100 * noticed / max(others, 1):.1f} % |"
        )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="script/mutation", description=__doc__)
    parser.add_argument("module", nargs="*", help="for example judging/decide; all without it")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--equivalent", action="store_true", help="run what is listed as equivalent"
    )
    asked = parser.parse_args(arguments)
    modules = [
        p.relative_to(SOURCE).as_posix()
        for package in PACKAGES
        for p in sorted((SOURCE / package).glob("*.py"))
        if p.name != "__init__.py"
    ]
    chosen = [m for m in modules if not asked.module or m.removesuffix(".py") in asked.module]
    mutants = [mutant for module in chosen for mutant in mutants_of(module)]
    known = equivalents()
    stale = {k for k in known if k[0] in chosen} - {m.key for m in mutants}
    for key in sorted(stale):
        print(f"listed as equivalent, but no such mutant: {key}", file=sys.stderr)
    warm_up()
    began = time.monotonic()
    _, status = os.waitpid(_start(None), 0)
    seconds = PATIENCE * (time.monotonic() - began)
    if status:
        print("the tests fail without any mutant", file=sys.stderr)
        return 1
    outcomes = dict.fromkeys((m for m in mutants if m.key in known), "equivalent")
    if asked.equivalent:
        outcomes = {}
        mutants = [m for m in mutants if m.key in known]
    outcomes |= run([m for m in mutants if m not in outcomes], asked.processes, seconds)
    print(table(outcomes))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
