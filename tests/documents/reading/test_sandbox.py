"""A document that cannot be read is one clear message, and leaves nothing behind."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.builder import DEVELOPMENT, Look, as_pdf
from documents.faulty import FAULTY, Faulty, as_locked, one_slow_page, slow_pdf
from tassei.documents.reading import Limits, read_document
from tassei.documents.reading.sandbox import open_document, read_in_child
from tassei.errors import RequestError
from tassei.text import LANGS

FOLDER = Path(__file__).resolve().parents[3]


def _children() -> set[str]:
    """Processes that this one has started and not waited for, dead ones included."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("no /proc to look at")
    found: set[str] = set()
    for task in tasks.iterdir():
        # a thread of some other test may end between the listing and the reading
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found |= set((task / "children").read_text().split())
    return found


@pytest.fixture
def _leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No process is left, no file is made in the folders of the test or for temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.chdir(tmp_path)
    processes, handles = _children(), set(os.listdir("/proc/self/fd"))
    yield
    assert _children() == processes
    assert set(os.listdir("/proc/self/fd")) == handles
    assert list(temporary.iterdir()) == []


def _refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(RequestError) as caught:
        read_document(path, limits)
    [fault] = caught.value.faults
    assert fault.file == str(path)
    for lang in LANGS:
        assert fault.what[lang]
        assert fault.repair[lang]
        assert "{" not in fault.what[lang] + fault.repair[lang]
    return fault.code


@pytest.mark.usefixtures("_leaves_nothing")
@pytest.mark.parametrize("faulty", FAULTY, ids=lambda f: f.name)
def test_a_faulty_document_is_one_message(faulty: Faulty, tmp_path: Path) -> None:
    """Of its own kind; quickly, but where it is refused for being slow."""
    path = tmp_path / faulty.name
    path.write_bytes(faulty.make())
    before = time.monotonic()
    assert _refused(path, faulty.limits) == f"document-{faulty.kind}"
    assert time.monotonic() - before < 5
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == [faulty.name]


@pytest.mark.usefixtures("_leaves_nothing")
def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """Without a process being started for it."""
    assert _refused(tmp_path / "nothing.pdf") == "no-such-file"
    assert _refused(tmp_path) == "is-a-directory"
    os.mkfifo(tmp_path / "pipe.pdf")
    assert _refused(tmp_path / "pipe.pdf") == "document-not-a-file"


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As every file that a command reads."""
    path = tmp_path / "secret.pdf"
    path.write_bytes(b"%PDF")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # as root, a test cannot take the permission away
    monkeypatch.setattr(Path, "open", denied)
    assert _refused(path) == "no-permission"


def test_a_file_locked_against_changes_is_read(tmp_path: Path) -> None:
    """Encrypted, but open to every reader: published files often are."""
    path = tmp_path / "open.pdf"
    path.write_bytes(as_locked(""))
    assert [p.text for p in read_document(path).pieces] == ["保護された文書"]


@pytest.mark.usefixtures("_leaves_nothing")
def test_time_on_the_clock_is_limited(tmp_path: Path) -> None:
    """Also where a process uses no processor time."""
    path = tmp_path / "slow.pdf"
    path.write_bytes(slow_pdf())
    assert _refused(path, Limits(wall_seconds=1)) == "document-too-slow"


@pytest.mark.usefixtures("_leaves_nothing")
def test_an_interruption_ends_the_child(tmp_path: Path) -> None:
    """At whatever moment it comes."""
    path = tmp_path / "a.pdf"
    path.write_bytes(as_pdf(DEVELOPMENT, Look(copies=9)))

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_document(path, progress=interrupt)


INTERRUPTED = """
import sys
from pathlib import Path
from tassei.documents.reading import read_document
def progress(done, total):
    children = [c for t in Path("/proc/self/task").iterdir() for c in (t / "children").read_text().split()]
    print(*children, flush=True)
read_document(Path(sys.argv[1]), progress=progress)
"""


def test_control_c_ends_both(tmp_path: Path) -> None:
    """A person at the keyboard gets the terminal back, and no process goes on."""
    _children()
    path = tmp_path / "slow.pdf"
    path.write_bytes(slow_pdf())
    parent = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with parent:
        assert parent.stdout is not None
        child = parent.stdout.readline().split()[0].decode()
        assert Path("/proc", child).exists()
        parent.send_signal(signal.SIGINT)
        parent.wait(5)
    assert not Path("/proc", child).exists()


def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    """Even where the parent was killed and could not see to it, and at once."""
    _children()
    path = tmp_path / "slow.pdf"
    path.write_bytes(one_slow_page())
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(path)], stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        child = Path("/proc", parent.stdout.readline().split()[0].decode())
        parent.kill()
    killed = time.monotonic()
    while child.exists() and "\nState:\tZ" not in (child / "status").read_text():
        assert time.monotonic() - killed < 2, "the child goes on"
        time.sleep(0.05)


def test_nothing_is_inherited_but_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither open files nor the environment."""
    monkeypatch.setenv("TASSEI_SECRET", "x")
    others = _children()
    path = tmp_path / "slow.pdf"
    path.write_bytes(slow_pdf())
    seen: list[tuple[list[str], bytes]] = []

    def look(done: int, total: int) -> None:
        [child] = _children() - others
        handles = sorted(os.readlink(h) for h in Path("/proc", child, "fd").iterdir())
        assert os.getsid(int(child)) == int(child), "it would get what is typed at the terminal"
        seen.append((handles, Path("/proc", child, "environ").read_bytes()))
        raise KeyboardInterrupt

    with (tmp_path / "other.txt").open("w") as other:
        os.set_inheritable(other.fileno(), True)
        with pytest.raises(KeyboardInterrupt):
            read_document(path, progress=look)
    [(handles, environment)] = seen
    assert [h.split(":")[0] for h in handles] == ["/dev/null", str(path), "pipe"]
    assert b"TASSEI_SECRET" not in environment


def test_a_normal_document_needs_little(tmp_path: Path) -> None:
    """Far less than is allowed."""
    path = tmp_path / "a.pdf"
    path.write_bytes(as_pdf(DEVELOPMENT))
    with open_document(path) as stream:
        _, used = read_in_child(stream, path.name, str(path), Limits(), lambda done, total: None)
    assert used.peak_mb < 100
    assert used.cpu_seconds < 2


@pytest.mark.parametrize(
    "said",
    [
        "",
        "not json",
        "[1, 2]",
        '{"pieces": [["text"]]}',
        '{"pieces": [["text", "1", 0, null, "line", null, null, false]]}',
        '{"pieces": [["text", 1, 0, null, "poem", null, null, false]]}',
        '{"end": {"format": "exe", "digest": "x", "notes": []}}',
        '{"end": {"format": "pdf", "digest": "x", "notes": [["a"]]}}',
        '{"refused": "made-up", "found": {}}',
        '{"refused": "too-large", "found": {"no": 1}}',
        '{"refused": "too-large", "found": {"limit": [1]}}',
        '{"missing": 1}',
        '{"done": "a", "total": 1}',
        "[" * 100_000,
    ],
)
def test_the_child_is_not_believed(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a parser that was taken over may say, it is a document or a message."""
    from tassei.documents.reading import sandbox

    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    start = "path = {path!r}; print(" + repr(re.sub(r"[{}]", r"\g<0>\g<0>", said)) + ")"
    monkeypatch.setattr(sandbox, "_START", start if said else "path = {path!r}")
    assert _refused(path) == "document-broken"


def test_what_the_child_says_is_json(tmp_path: Path) -> None:
    """So that taking it in can make nothing but plain data; nothing of it is code."""
    path = tmp_path / "a.pdf"
    path.write_bytes(as_pdf(DEVELOPMENT))
    from tassei.documents.reading.sandbox import _running

    with path.open("rb") as stream, _running(stream, "a.pdf", Limits()) as child:
        assert child.stdout is not None
        said = [json.loads(line) for line in child.stdout]
        child.wait()
    assert {key for message in said for key in message} == {"done", "total", "pieces", "end"}
