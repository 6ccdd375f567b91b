"""What all commands share: language, output, and how a failure ends the program."""

import json
import locale
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import click
from attrs import frozen

from tassei.errors import Fault, RequestError
from tassei.text import Lang, Text

T = TypeVar("T")
_COLOURS = {"✓": "green", "✗": "red", "?": "yellow"}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""What a terminal would obey; names and titles come from files that anybody may have written."""
_MARK = re.compile(r"(?m)(^|(?<=\s))([✓✗?])(?=\s|$)")


@frozen
class Session:
    """One run of the program.

    Args:
        lang: of everything that a person reads.
        explicit: the language was asked for, not taken from the locale.
    """

    lang: Lang
    explicit: bool

    @property
    def json_lang(self) -> Lang:
        """The language of words inside JSON: never the locale's, so that the bytes are the same."""
        return self.lang if self.explicit else "en"

    @property
    def width(self) -> int:
        return max(min(shutil.get_terminal_size((80, 24)).columns, 100), 60)

    def say(self, text: Text) -> str:
        return text[self.lang]

    def print(self, *lines: str) -> None:
        """Write text for people, with coloured verdicts on a terminal that wants colours."""
        text = _CONTROL.sub("", "\n".join(lines))
        if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
            text = _MARK.sub(lambda m: click.style(m[2], fg=_COLOURS[m[2]], bold=True), text)
        click.echo(text)

    def print_json(self, value: Any) -> None:
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))

    def emit(self, text: str, out: Path | None) -> None:
        """Write an answer to a file, or to standard output where none is named."""
        if out is not None:
            write_file(out, text.encode())
        else:
            click.echo(_CONTROL.sub("", text), nl=False)

    def emit_json(self, value: Any, out: Path | None) -> None:
        """Write an answer as JSON, to a file or to standard output."""
        if out is None:
            self.print_json(value)
        else:
            write_file(out, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())

    def note(self, text: str) -> None:
        """Write something that is not the answer, to standard error."""
        click.echo(text, err=True)


def locale_lang(environment: Mapping[str, str]) -> Lang:
    """The language of the user's locale: Japanese where it says so, else English."""
    for key in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(key):
            return "ja" if value.lower().startswith("ja") else "en"
    name = locale.getlocale()[0] or ""
    return "ja" if name.lower().startswith("ja") else "en"


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        RequestError: the place cannot be written, or is no plain file.
    """
    with open_whole(path) as stream:
        stream.write(data)


@contextmanager
def open_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to be written piece by piece, that is there whole or not at all.

    Raises:
        RequestError: the place cannot be written, or is no plain file.
    """
    if path.exists() and not path.is_file():
        raise cannot_write(path, Text("通常のファイルではありません", "it is no plain file"))
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise cannot_write(path, Text(f"{error.strerror}", f"{error.strerror}")) from None


def cannot_write(path: Path, why: Text) -> RequestError:
    """A place that cannot be written, with the reason."""
    return RequestError(
        [
            Fault(
                "cannot-write",
                Text(f"書き込めません（{why.ja}）", f"it cannot be written ({why.en})"),
                Text("フォルダと権限を確かめてください", "check the folder and its permissions"),
                file=str(path),
            )
        ]
    )


def progress(
    items: Iterable[T],
    what: str,
    total: int | None = None,
    step: Callable[[T], int] = lambda item: 1,
) -> Iterator[T]:
    """Show a progress bar on standard error once the work has taken two seconds.

    Args:
        total: where the work ends, if that is known; then there is a bar and the time that is left.
        step: how far an item brings the work.
    """
    import time

    started, done = time.monotonic(), 0
    with ExitStack() as shown:
        advance: Callable[..., None] | None = None
        for item in items:
            done += step(item)
            if advance is None and sys.stderr.isatty() and time.monotonic() - started > 2:
                advance = _bar(shown, what, total)
            if advance is not None:
                advance(done)
            yield item


@contextmanager
def progress_told(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for work that tells by itself how far it is: the part that is done, and the whole.

    It is shown on standard error once the work has taken two seconds.
    """
    import time

    started = time.monotonic()
    with ExitStack() as shown:
        advance: Callable[..., None] | None = None

        def told(done: int, total: int) -> None:
            nonlocal advance
            if advance is None and sys.stderr.isatty() and time.monotonic() - started > 2:
                advance = _bar(shown, what, max(total, 1))
            if advance is not None:
                advance(done, total)

        yield told


def _bar(shown: ExitStack, what: str, total: int | None) -> Callable[..., None]:
    """Begin to show progress; what comes back is told how far the work is."""
    from rich.console import Console  # only for long work
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    of_total = (BarColumn(), TextColumn("{task.percentage:.0f} %"), TimeRemainingColumn())
    bar = shown.enter_context(
        Progress(
            SpinnerColumn(),
            TextColumn("{task.description} {task.completed:,}"),
            *(of_total if total else (TimeElapsedColumn(),)),
            console=Console(stderr=True),
            transient=True,
        )
    )
    task = bar.add_task(what, total=total)
    return lambda done, total=total: bar.update(task, completed=done, total=total)
