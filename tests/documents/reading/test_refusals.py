"""Each reason why a document is not read has its message, in both languages.

TASSEI_ACCEPT=1 renews the messages under `tests/bad/documents`, to be reviewed in the diff.
"""

import os
from pathlib import Path

import pytest

from documents.faulty import FAULTY, Faulty
from golden import check
from tassei.documents.reading import read_document
from tassei.documents.reading.refusals import KINDS
from tassei.errors import RequestError
from tassei.reporting.faults import faults_text
from tassei.text import LANGS

KEPT = Path(__file__).resolve().parents[2] / "bad" / "documents"
FIRST = {f.kind: f for f in reversed(FAULTY)}


def _error(kind: str, folder: Path) -> RequestError:
    if kind == "not-a-file":
        name = "pipe.pdf"
        os.mkfifo(folder / name)
    else:
        faulty: Faulty = FIRST[kind]
        name = faulty.name
        (folder / name).write_bytes(faulty.make())
    limits = FIRST[kind].limits if kind in FIRST else None
    with pytest.raises(RequestError) as caught:
        read_document(Path(name), limits)
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_message(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads as it was reviewed, and the command would end with 2."""
    monkeypatch.chdir(tmp_path)
    error = _error(kind, tmp_path)
    assert error.exit_code == 2
    for lang in LANGS:
        check(KEPT / f"document-{kind}.{lang}.txt", faults_text(error.faults, lang) + "\n")


def test_a_missing_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the process that misses it."""
    from tassei.documents.reading import sandbox

    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7")
    hidden = "import sys; sys.modules['pypdfium2'] = None; "
    monkeypatch.setattr(sandbox, "_START", hidden + sandbox._START)
    with pytest.raises(RequestError) as caught:
        read_document(path)
    [fault] = caught.value.faults
    assert fault.code == "missing-extra"
    for lang in LANGS:
        assert "pypdfium2" in fault.what[lang]
        assert "pip install 'tassei[documents]'" in fault.repair[lang]


def test_every_message_belongs_to_a_kind() -> None:
    """None is kept for a reason that is gone."""
    kept = {p.name.split(".")[0] for p in KEPT.iterdir()}
    assert kept == {f"document-{kind}" for kind in KINDS}
