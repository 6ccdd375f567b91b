"""The compiled form: the same standards from fewer bytes, and never a stale one."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tassei.encoding import compiled
from tassei.encoding.compiled import (
    COMPILED,
    compile_standards,
    engine_digest,
    fingerprint,
    shipped,
)
from tassei.encoding.load import load_standards
from tassei.encoding.standards import Standards
from tassei.errors import StandardError

ROOT = Path(__file__).resolve().parents[2] / "standards"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of one edition and what it needs, from which the compiled form is made and read."""
    root = tmp_path / "standards"
    shutil.copytree(ROOT / "itss-v3", root / "itss-v3")
    for name in ("vocabulary.yaml", "readings.yaml"):
        shutil.copy(ROOT / name, root / name)
    (root / "doubts.yaml").write_text("schema: tassei/doubts/1\ndoubts: []\n", "utf-8")
    monkeypatch.setattr(compiled, "COMPILED", tmp_path / "compiled.json")
    monkeypatch.setattr(compiled, "shipped", lambda name: tmp_path / name)
    compiled.standards.cache_clear()
    yield root
    compiled.standards.cache_clear()


def form(place: Path) -> Path:
    return place.parent / "compiled.json"


def loaded_from_yaml(place: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the standards are read from YAML when they are asked for now."""
    asked: list[Path] = []

    def load(root: Path) -> Standards:
        asked.append(root)
        return load_standards(root)

    monkeypatch.setattr(compiled, "load_standards", load)
    compiled.standards.cache_clear()
    compiled.standards()
    assert asked in ([], [place])
    return bool(asked)


def test_equals_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, standards: Standards) -> None:
    """What comes from the compiled form equals what comes from YAML, digests included."""
    monkeypatch.setattr(compiled, "COMPILED", tmp_path / "compiled.json")
    compile_standards(ROOT, tmp_path / "compiled.json")
    assert not loaded_from_yaml(ROOT, monkeypatch)
    assert compiled.standards() == standards
    compiled.standards.cache_clear()


def test_is_loaded_once(place: Path) -> None:
    """Asking again gives the same object."""
    assert compiled.standards() is compiled.standards()


def test_without_a_compiled_form(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was compiled the YAML is read."""
    assert loaded_from_yaml(place, monkeypatch)


@pytest.mark.parametrize("change", ["edit", "add", "remove", "rename", "doubts"])
def test_a_stale_form_is_not_used(
    place: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Whatever is done to the YAML, a form compiled before is not used."""
    compile_standards(place, form(place))
    desk = place / "itss-v3/it-service-management/service-desk.yaml"
    written = desk.read_text("utf-8")
    match change:
        case "edit":
            desk.write_text(
                written.replace("peak_staff: {at_least: 20}", "peak_staff: {at_least: 21}")
            )
        case "add":
            (place / "remarks.yaml").write_text("nothing: here\n", "utf-8")
        case "remove":
            (place / "doubts.yaml").unlink()
        case "rename":
            desk.rename(desk.with_name("service-desks.yaml"))
        case "doubts":
            register = place / "doubts.yaml"
            register.write_text(register.read_text("utf-8") + "# a remark\n", "utf-8")
    assert loaded_from_yaml(place, monkeypatch)


def test_worked_cases_do_not_make_it_stale(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases are no part of the standards."""
    compile_standards(place, form(place))
    case = next(place.rglob("cases/*.yaml"))
    case.write_text("cases: []\n", "utf-8")
    assert not loaded_from_yaml(place, monkeypatch)


def test_another_form_is_not_used(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that another version of the program made is not used."""
    compile_standards(place, form(place))
    found = json.loads(form(place).read_text("utf-8"))
    form(place).write_text(json.dumps(found | {"form": 0}), "utf-8")
    assert loaded_from_yaml(place, monkeypatch)


def test_without_yaml(place: Path) -> None:
    """Where no YAML is at hand the compiled form is enough."""
    compile_standards(place, form(place))
    expected = load_standards(place)
    shutil.rmtree(place)
    assert compiled.standards() == expected


def test_faulty_yaml_is_not_compiled(place: Path) -> None:
    """A folder with faults leaves the form that was there, and nothing half written."""
    compile_standards(place, form(place))
    before = form(place).read_bytes()
    desk = place / "itss-v3/it-service-management/service-desk.yaml"
    desk.write_text(desk.read_text("utf-8").replace("role: leader", "role: chief"), "utf-8")
    with pytest.raises(StandardError):
        compile_standards(place, form(place))
    assert form(place).read_bytes() == before
    assert sorted(p.name for p in place.parent.iterdir()) == ["compiled.json", "standards"]


def test_compiling_twice_gives_the_same_bytes(place: Path) -> None:
    """The compiled form depends on the YAML alone."""
    compile_standards(place, form(place))
    first = form(place).read_bytes()
    compile_standards(place, form(place))
    assert form(place).read_bytes() == first


def test_line_ends_do_not_matter(place: Path) -> None:
    """A checkout whose lines end in two characters has the same fingerprint."""
    before = fingerprint(place)
    for path in place.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint(place) == before


def test_names_and_bytes_make_the_fingerprint(tmp_path: Path) -> None:
    """Bytes that move from one file to the next change the fingerprint."""
    (tmp_path / "a.yaml").write_bytes(b"12")
    (tmp_path / "b.yaml").write_bytes(b"3")
    before = fingerprint(tmp_path)
    (tmp_path / "a.yaml").write_bytes(b"1")
    (tmp_path / "b.yaml").write_bytes(b"23")
    assert fingerprint(tmp_path) != before


def test_the_shipped_form() -> None:
    """In a checkout the standards and examples lie at its root, the compiled form in the package."""
    assert shipped("standards") == ROOT
    assert shipped("examples") == ROOT.parent / "examples"
    assert COMPILED.parent.name == "encoding"


def test_shipped_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is installed they lie beside it."""
    package = tmp_path / "lib" / "tassei"
    (package / "standards").mkdir(parents=True)
    monkeypatch.setattr(compiled, "PACKAGE", package)
    assert shipped("standards") == package / "standards"
    assert shipped("examples") == tmp_path / "examples"


def test_engine_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's digest changes with the code that can change a verdict, and with no other."""
    package = tmp_path / "tassei"
    shutil.copytree(compiled.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    original = engine_digest()
    monkeypatch.setattr(compiled, "PACKAGE", package)

    def digest() -> str:
        engine_digest.cache_clear()
        return engine_digest()

    assert digest() == original
    for name, changes in [
        ("rules/nodes.py", True),
        ("judging/decide.py", True),
        ("evidence/read.py", True),
        ("encoding/load.py", True),
        ("framework/scales.py", True),
        ("figures.py", True),
        ("cli/main.py", False),
        ("reporting/proofs.py", False),
        ("text.py", False),
    ]:
        path = package / name
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n# a remark\n")
        assert (digest() != original) is changes, name
        path.write_bytes(kept)
    engine_digest.cache_clear()
