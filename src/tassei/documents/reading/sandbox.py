"""The parent's side: has a child process parse a document, and takes nothing on trust from it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, get_args

from attrs import astuple, define, field, frozen

from tassei.documents.pieces import Document, Format, Piece, PieceKind
from tassei.documents.reading.limits import MB, Limits, Progress
from tassei.documents.reading.refusals import KINDS, missing_library, refusal
from tassei.errors import RequestError
from tassei.text import Text

_START = (
    "import sys; sys.path[:] = {path!r}; from tassei.documents.reading.child import main; main()"
)
_LONGEST_LINE = 64 * MB
_LONGEST_ANSWER = 512 * MB


@frozen
class Used:
    """What a child process took: processor time [s] and the most memory it held [MB]."""

    cpu_seconds: float
    peak_mb: int


def read_in_child(
    stream: BinaryIO, name: str, file: str, limits: Limits, progress: Progress
) -> tuple[Document, Used]:
    """Parse an open file in a child process of its own.

    The child holds nothing of this process but the open file and two pipes; when this function is
    left, in whatever way, it has ended.

    Args:
        name: the file's name without folders.
        file: the file as the caller named it, for messages.

    Raises:
        RequestError: the document cannot be read within the limits.
    """
    answer = _Answer(name, file, limits, progress)
    with _running(stream, name, limits) as child:
        timer = threading.Timer(limits.wall_seconds, answer.expire, [child])
        timer.daemon = True
        timer.start()
        try:
            assert child.stdout is not None
            answer.listen(child.stdout)
        finally:
            timer.cancel()
            timer.join()
            _kill(child)
            code, cpu_seconds = _ended(child)
    if answer.document is None:
        raise answer.unfinished(code, cpu_seconds)
    return answer.document, Used(cpu_seconds, answer.peak_mb)


@contextmanager
def _running(stream: BinaryIO, name: str, limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
    # isolated from the environment and from site packages' start-up files; the path to our own
    # package is handed over instead
    start = _START.format(path=[p for p in sys.path if p] or sys.path)
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", "-c", start, *map(str, astuple(limits)), name],
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={k: os.environ[k] for k in ("SYSTEMROOT", "LD_LIBRARY_PATH") if k in os.environ},
        # an interruption from the keyboard reaches the parent alone, which ends the child
        start_new_session=True,
    )
    try:
        yield child
    finally:
        if child.stdout:
            child.stdout.close()


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End a child at once; one that has ended already stays as it is until it is waited for."""
    if sys.platform == "win32":
        child.kill()
    else:
        # Popen's own method would wait for it by the way, and lose what it used
        os.kill(child.pid, signal.SIGKILL)


def _ended(child: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Wait for a child that has ended or been killed; its code and the processor time it used [s]."""
    if sys.platform == "win32":
        return child.wait(), 0.0
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_utime + usage.ru_stime


@define
class _Answer:
    """What a child has said so far, each part checked as it comes."""

    name: str
    file: str
    limits: Limits
    progress: Progress
    pieces: list[Piece] = field(factory=list)
    document: Document | None = None
    peak_mb: int = 0
    expired: bool = False
    excessive: bool = False

    def expire(self, child: subprocess.Popen[bytes]) -> None:
        self.expired = True
        _kill(child)

    def listen(self, stream: IO[bytes]) -> None:
        heard = 0
        while line := stream.readline(_LONGEST_LINE):
            heard += len(line)
            if heard > _LONGEST_ANSWER:
                self.excessive = True
                return
            if not line.endswith(b"\n"):
                return
            try:
                self.take(json.loads(line))
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise self.broken() from error

    def take(self, message: dict[str, Any]) -> None:
        match message:
            case {"done": int(done), "total": int(total)}:
                self.progress(done, total)
            case {"pieces": list(pieces)}:
                self.pieces += map(_piece, pieces)
            case {"refused": str(kind), "found": dict(found)} if kind in KINDS:
                raise refusal(self.file, kind, _checked(found))
            case {"missing": str(module)}:
                raise missing_library(module)
            case {
                "end": {
                    "format": str(form),
                    "digest": str(digest),
                    "notes": list(notes),
                    "peak_mb": int(peak),
                }
            } if form in get_args(Format):
                said = tuple(Text(str(ja), str(en)) for ja, en in notes)
                self.document = Document(self.name, form, digest, tuple(self.pieces), said)  # type: ignore[arg-type]  # checked above
                self.peak_mb = peak
            case _:
                raise self.broken()

    def broken(self) -> RequestError:
        shown = "PDF" if self.name.lower().endswith(".pdf") else "document"
        return refusal(self.file, "broken", {"format": shown})

    def unfinished(self, code: int, cpu_seconds: float) -> RequestError:
        """Why the child was ended half-way, by us, by the kernel or by itself."""
        if self.expired:
            return refusal(self.file, "too-slow", {"limit": self.limits.wall_seconds})
        # the kernel ends a process that has used its time
        if code == -signal.SIGXCPU or cpu_seconds >= self.limits.cpu_seconds:
            return refusal(self.file, "too-slow", {"limit": self.limits.cpu_seconds})
        # native code that gets no memory ends itself by one of these
        if self.excessive or -code in (signal.SIGABRT, signal.SIGILL, signal.SIGTRAP):
            return refusal(self.file, "too-heavy", {"limit": self.limits.memory_mb})
        return self.broken()


def _checked(found: dict[Any, Any]) -> dict[str, str | int]:
    if not all(isinstance(v, str | int) for v in found.values()):
        raise ValueError(f"not what a refusal names: {found!r}")
    return found


def _piece(values: Any) -> Piece:
    """A piece from the values of its fields, in their order.

    Raises:
        ValueError: they are not of the types that a piece has.
    """
    match values:
        case [
            str(text),
            int(line),
            int(start),
            int() | None as page,
            str(kind),
            int() | None as row,
            int() | None as column,
            bool(furniture),
        ] if kind in get_args(PieceKind):
            return Piece(text, line, start, page, kind, row, column, furniture)  # type: ignore[arg-type]  # checked above
    raise ValueError(f"not a piece: {values!r}")


def open_document(path: Path) -> BinaryIO:
    """Open a regular file for reading; the caller closes it.

    Raises:
        RequestError: it does not exist, may not be read, or is no regular file.
    """
    from tassei.marked import opened

    # a named pipe would block for as long as nobody writes to it
    if path.exists() and not path.is_file() and not path.is_dir():
        raise refusal(str(path), "not-a-file", {})
    return opened(path)
