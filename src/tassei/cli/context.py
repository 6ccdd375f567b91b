"""What all commands share: language, output, and how a failure ends the program."""

import json
import locale
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from attrs import frozen
from rich.console import Console

from tassei.errors import Fault, RequestError
from tassei.text import Lang, Text

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
    if path.exists() and not path.is_file():
        raise cannot_write(path, Text("通常のファイルではありません", "it is no plain file"))
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
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


def progress(items: Iterable[Any], what: str) -> Iterable[Any]:
    """Show a progress bar on standard error once the work has taken two seconds."""
    from rich.progress import (
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )  # only for long work

    console = Console(stderr=True)
    import time

    started, bar, task = time.monotonic(), None, None
    try:
        for count, item in enumerate(items, start=1):
            if bar is None and console.is_terminal and time.monotonic() - started > 2:
                bar = Progress(
                    SpinnerColumn(),
                    TextColumn("{task.description} {task.completed}"),
                    TimeElapsedColumn(),
                    console=console,
                )
                bar.start()
                task = bar.add_task(what)
            if bar is not None and task is not None:
                bar.update(task, completed=count)
            yield item
    finally:
        if bar is not None:
            bar.stop()
