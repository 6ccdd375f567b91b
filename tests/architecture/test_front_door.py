"""The front door of the library, and the rules that the layout keeps."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tassei
from tassei.encoding.standards import Standards

SRC = Path(tassei.__file__).resolve().parent
MODULES = sorted(SRC.rglob("*.py"))


def test_every_name_of_the_front_door_opens() -> None:
    """`__all__` is sorted, short, and each of its names is there."""
    assert tassei.__all__ == sorted(tassei.__all__, key=lambda n: (n[0].islower(), n))
    assert len(tassei.__all__) <= 30
    assert set(tassei.__all__) == set(tassei._HOMES)
    for name in tassei.__all__:
        assert getattr(tassei, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    """What is not there is said to be not there."""
    with pytest.raises(AttributeError, match="no attribute 'judge_everything'"):
        _ = tassei.judge_everything


def test_every_module_says_why_it_exists() -> None:
    """Each module opens with a docstring."""
    without = [p.name for p in MODULES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert without == []


def test_no_field_or_edition_is_named_in_code(standards: Standards) -> None:
    """The standard is data: no id of an edition, field, criterion or area occurs in the package.

    Ids of one plain English word ("software") are left out: they occur in sentences.
    """
    ids = {e.id for e in standards.editions}
    for edition in standards.editions:
        terms = edition.terms
        kinds = (terms.criteria, terms.outcomes, terms.activities, terms.areas, terms.tasks)
        ids |= {f.id for f in edition.fields} | {t.id for kind in kinds for t in kind}
    named = {
        (path.relative_to(SRC).as_posix(), i)
        for path in MODULES
        for i in ids
        if "-" in i and re.search(rf"""["'/]{re.escape(i)}["'/]""", path.read_text("utf-8"))
    }
    assert named == set()


def test_the_core_needs_nothing_heavy() -> None:
    """Importing what judges does not import what only some commands need."""
    code = (
        "import sys, tassei.judging.judge, tassei.encoding.compiled\n"
        "print(*sorted(m for m in ('click', 'rich', 'xlsxwriter', 'numpy', 'django') if m in sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_modules_stay_small() -> None:
    """No module grows past what one can read at a sitting."""
    long = {p.relative_to(SRC).as_posix(): n for p in MODULES if (n := _lines(p)) > 600}
    assert long == {}


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())
