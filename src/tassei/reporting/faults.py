"""Faults in words: where, what was found and expected, how to put it right, the code."""

from collections.abc import Iterable
from typing import Any

from tassei.errors import Fault
from tassei.text import Lang, Text

_LABELS = {
    "where": Text("箇所", "where"),
    "repair": Text("直し方", "repair"),
    "code": Text("コード", "code"),
}


def fault_text(fault: Fault, lang: Lang) -> str:
    """One fault as a terminal shows it."""
    place = ":".join(str(p) for p in (fault.file, fault.line or "") if p)
    head = f"{place}: {fault.what[lang]}" if place else fault.what[lang]
    rows = [("where", fault.where[lang]), ("repair", fault.repair[lang]), ("code", fault.code)]
    return "\n".join([head, *(f"  {_label(k, lang)}  {v}" for k, v in rows if v)])


def _label(key: str, lang: Lang) -> str:
    # three labels, padded so that what follows stands in one column
    return _LABELS[key].en.ljust(6) if lang == "en" else _LABELS[key].ja.ljust(3, "\u3000")


def fault_json(fault: Fault, lang: Lang) -> dict[str, Any]:
    """One fault for another program; `code` is stable, the words are not."""
    return {
        "code": fault.code,
        "file": fault.file,
        "line": fault.line or None,
        "where": fault.where[lang] or None,
        "what": fault.what[lang],
        "repair": fault.repair[lang],
    }


def faults_text(faults: Iterable[Fault], lang: Lang) -> str:
    return "\n".join(fault_text(f, lang) for f in faults)
