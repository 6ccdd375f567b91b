"""What can go wrong, grouped by who can repair it.

    TasseiError
    ├── StandardError     the encoded standard is wrong; its author repairs it        exit 3
    ├── EvidenceError     what a person entered is wrong; that person repairs it      exit 2
    └── RequestError      what was asked for does not exist or cannot be read         exit 2

An exception carries *all* faults that were found, each as a `Fault` whose parts (where, what was
found, what was expected, how to put it right, a stable code) are fields; `reporting` words them.
"""

from collections.abc import Iterable
from typing import ClassVar

from attrs import field, frozen

from tassei.text import Text


@frozen
class Fault:
    """One thing that is wrong, with all that is needed to put it right.

    Args:
        code: stable, kebab-case; one entry each in `docs/reference/errors.md`.
        what: what was found, and what was expected instead.
        repair: how to put it right.
        where: inside the file, in the reader's terms (`engagement "core-banking"`).
        file: name of the file as the caller gave it; empty where there is none.
        line: counts from 1; 0 where the fault has no line.
    """

    code: str
    what: Text
    repair: Text
    where: Text = field(default=Text("", ""))
    file: str = ""
    line: int = 0


class TasseiError(Exception):
    """The root: a request that could not be carried out, with every reason that was found."""

    exit_code: ClassVar[int] = 2

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "; ".join(f"{f.file}:{f.line}: {f.what.en} [{f.code}]" for f in self.faults)
        )


class StandardError(TasseiError):
    """The encoded standard is wrong; its author repairs it."""

    exit_code: ClassVar[int] = 3


class EvidenceError(TasseiError):
    """What a person entered is wrong; that person repairs it."""


class RequestError(TasseiError):
    """What was asked for does not exist, or cannot be read or written."""
