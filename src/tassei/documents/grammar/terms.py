"""The lists of terms beside the grammars: roles, depths, measures, headings, as data per language."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from tassei.framework.scales import Depth, Role
from tassei.text import Lang

HERE = Path(__file__).resolve().parent


@frozen
class MeasureWords:
    """How a size is written: all of `words` stand in its label,
    nothing but `may` besides, and one of `units` behind its figure."""

    id: str
    units: tuple[str, ...]
    words: tuple[re.Pattern[str], ...]
    may: tuple[str, ...]


@frozen
class Terms:
    """One language's list of terms, with its patterns compiled.

    Args:
        raw: the file as plain data, for the parts that are read where they are used.
    """

    lang: Lang
    raw: dict[str, Any]
    measures: tuple[MeasureWords, ...]
    depths: tuple[tuple[re.Pattern[str], Depth], ...]
    roles: tuple[tuple[re.Pattern[str], Role], ...]
    outcome_phrases: tuple[tuple[re.Pattern[str], str], ...]
    outcome_words: tuple[tuple[re.Pattern[str], str], ...]
    scale_terms: tuple[tuple[re.Pattern[str], str], ...]
    examinations: tuple[tuple[str, re.Pattern[str]], ...]
    tasks: tuple[tuple[re.Pattern[str], str], ...]
    layout: dict[str, Any]

    def pattern(self, *path: str) -> re.Pattern[str]:
        """A pattern of the file by its place in it."""
        return _pattern(self.lang, path)


@cache
def _pattern(lang: Lang, path: tuple[str, ...]) -> re.Pattern[str]:
    value: Any = terms_of(lang).raw
    for step in path:
        value = value[step]
    return _compiled(lang, str(value))


def _compiled(lang: Lang, pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE if lang == "en" else 0)


@cache
def terms_of(lang: Lang) -> Terms:
    """The list of terms of a language."""
    from ruamel.yaml import YAML

    raw: dict[str, Any] = YAML(typ="safe").load(HERE / f"terms.{lang}.yaml")

    def each(name: str) -> list[tuple[re.Pattern[str], str]]:
        return [
            (_compiled(lang, pattern), str(id))
            for id, patterns in raw.get(name, {}).items()
            for pattern in ([patterns] if isinstance(patterns, str) else patterns)
        ]

    return Terms(
        lang=lang,
        raw=raw,
        measures=tuple(
            MeasureWords(
                m["id"],
                tuple(m["units"]),
                tuple(_compiled(lang, w) for w in m["words"]),
                tuple(m.get("may", ())),
            )
            for m in raw["measures"]
        ),
        depths=tuple((p, Depth[i.upper()]) for p, i in each("depths")),
        roles=tuple((p, Role[i.upper()]) for p, i in each("roles")),
        outcome_phrases=tuple(each("outcomes")),
        outcome_words=tuple(each("outcome_words")),
        scale_terms=tuple(each("scale_terms")),
        examinations=tuple((i, p) for p, i in each("examinations")),
        tasks=tuple(each("tasks")),
        layout=raw["layout"],
    )


@cache
def examination_titles() -> dict[str, dict[str, str]]:
    """The full names of examinations by their short names, in both languages."""
    from ruamel.yaml import YAML

    found: dict[str, dict[str, str]] = YAML(typ="safe").load(HERE / "examinations.yaml")
    return found
