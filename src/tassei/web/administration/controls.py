"""The questions of the forms of administration: a label, what was answered, what is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from attrs import frozen
from django.http import HttpRequest

from tassei.text import Lang, Text


@frozen
class Option:
    value: str
    text: str
    chosen: bool


@frozen
class Control:
    """One question.

    Args:
        kind: of an input (`text`, `email`, `date`, `number`, `password`), `select`, `check` or `area`.
    """

    name: str
    label: str
    value: str = ""
    kind: str = "text"
    hint: str = ""
    wrong: str = ""
    options: tuple[Option, ...] = ()
    most: int = 200
    needed: bool = False
    complete: str = "off"


def one_of(
    name: str,
    label: str,
    value: str,
    options: Mapping[str, str],
    *,
    empty: str = "",
    hint: str = "",
    wrong: str = "",
) -> Control:
    """A choice of one; the first option stands for none."""
    shown = {"": empty, **options} if empty else dict(options)
    made = tuple(Option(k, t, k == value) for k, t in shown.items())
    return Control(name, label, value, "select", hint, wrong, made)


def reason(lang: Lang, value: str = "", wrong: str = "", hint: Text | None = None) -> Control:
    """Why something is done; it stands in the history."""
    told = hint or Text("履歴に残ります", "it stands in the history")
    return Control(
        "why",
        Text("理由", "Reason")[lang],
        value,
        hint=told[lang],
        wrong=wrong,
        needed=True,
        most=500,
    )


NO_REASON = Text("理由を入れてください", "give a reason")


def wrongs(controls: Iterable[Control]) -> bool:
    return any(c.wrong for c in controls)


@frozen
class FormPage:
    """A form on a page of its own: what it does, its questions, one button.

    Args:
        version: of the row as the form was made from; 0 where there is none.
        facts: what to know before sending it.
        stale: somebody else changed the row since.
        wrong: what is wrong with the whole.
        danger: it takes something away for good.
    """

    template: ClassVar[str] = "web/admin_form.html"
    title: str
    lead: str
    back: str
    back_url: str
    button: str
    controls: tuple[Control, ...]
    version: int = 0
    facts: tuple[str, ...] = ()
    stale: bool = False
    wrong: str = ""
    danger: bool = False


def given(request: HttpRequest, *names: str, most: int = 500) -> dict[str, str]:
    """What was sent, without what no database keeps."""
    return {k: request.POST.get(k, "").replace("\0", "").strip()[:most] for k in names}


def number(written: str) -> int:
    """A version as it came; -1 is the version of nothing."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else -1
