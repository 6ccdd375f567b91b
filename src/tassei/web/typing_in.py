"""What was typed into a form, as far as it can be stored."""

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDictKeyError

from tassei.text import Text

LONGEST = 4000
"""Characters of a reason, a remark, an answer."""

TOO_LONG = Text(f"{LONGEST}文字以内で書いてください", f"write at most {LONGEST} characters")


def typed(request: HttpRequest, name: str) -> str:
    """One field, without the NUL that no database takes."""
    try:
        return str(request.POST[name]).replace("\0", "").strip()
    except MultiValueDictKeyError:
        return ""


def number(request: HttpRequest, name: str) -> int:
    """A number that a form carries; -1 where it is none, which no version equals."""
    written = typed(request, name)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else -1
