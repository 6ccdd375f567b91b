"""What only the layout changes (line ends, widths, spaces, bold marks, boxes) changes nothing that is read."""

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.samples import CONSULTING, PROJECTS, SALES, Sample
from documents.sources import EDITIONS, HERE, REASON, drafted, source_text
from tassei.documents.checking import values_of

Values = dict[tuple[str, int], dict[str, Any]]
_FEW = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_WIDE = {**{chr(c): chr(c + 0xFEE0) for c in range(0x30, 0x3A)}, "(": "（", ")": "）"}
_NARROW = {wide: plain for plain, wide in _WIDE.items()}


def values(name: str, text: str, like: str | None) -> Values:
    made = drafted(name, text, like)
    return {
        (i.field_id, i.level): dict(values_of(i, made.edition.language))
        for i in made.edition.indicators
    }


@cache
def unchanged(name: str, text: str, like: str | None) -> Values:
    return values(name, text, like)


def documents() -> list[tuple[str, str, str | None]]:
    """Name, text and edition of every document that the tests have."""
    own: list[tuple[str, str, str | None]] = [
        (s.name, s.text, None) for s in (PROJECTS, SALES, CONSULTING)
    ]
    sources = [(n, source_text(n), EDITIONS[n]) for n in EDITIONS] if HERE else []
    return [*own, *sources]


DOCUMENTS = documents()
IDS = [name for name, _, _ in DOCUMENTS]


@pytest.mark.parametrize("document", DOCUMENTS, ids=IDS)
def test_width_of_figures_and_brackets(document: tuple[str, str, str | None]) -> None:
    """Full-width figures and brackets read as their plain forms, and the other way round."""
    name, text, like = document
    before = unchanged(name, text, like)
    assert (
        values(name, text.translate({ord(w): plain for w, plain in _NARROW.items()}), like)
        == before
    )
    # inside HTML tags a figure is none of the text's
    wide = re.sub(r"(<[^>]*>)|([0-9()])", lambda m: m[1] or _WIDE[m[2]], text)
    if name not in ("002",):  # its page counters and spaced figures are part of its layout
        assert values(name, wide, like) == before


@pytest.mark.parametrize("document", DOCUMENTS, ids=IDS)
def test_other_boxes(document: tuple[str, str, str | None]) -> None:
    """A check box is a box whatever sign draws it."""
    name, text, like = document
    for box in "☐■❏":
        assert values(name, text.replace("□", box), like) == unchanged(name, text, like)


@pytest.mark.parametrize(
    "name",
    ["000", "004", PROJECTS.name, CONSULTING.name],
)
@given(data=st.data())
@_FEW
def test_line_ends_inside_a_sentence(name: str, data: st.DataObject) -> None:
    """A long line may be broken anywhere in Japanese, and between words in English."""
    found = next((d for d in DOCUMENTS if d[0] == name), None)
    if found is None:
        pytest.skip(REASON)
    _, text, like = found
    lines = text.split("\n")
    english = name in ("004", CONSULTING.name)
    least = 90 if english else 50
    long = [n for n, line in enumerate(lines) if len(line.strip()) > least and "□" not in line]
    chosen = data.draw(st.lists(st.sampled_from(long), min_size=1, max_size=6, unique=True))
    for n in chosen:
        line = lines[n]
        places = (
            [m.start() for m in re.finditer(" ", line) if m.start() > 60]
            if english
            else range(25, len(line) - 4)
        )
        at = data.draw(st.sampled_from(list(places)))
        lines[n] = f"{line[:at].rstrip()}\n{line[at:].lstrip()}"
    assert values(name, "\n".join(lines), like) == unchanged(name, text, like)


@pytest.mark.parametrize("beginning", ["－プロジェクトマネ", "（PM）またはシステムア"])
def test_line_ends_before_a_drawn_out_vowel(beginning: str) -> None:
    """A line that begins with the sign of a statement goes on with the word before it all the same."""
    text = PROJECTS.text
    at = text.index(beginning) + len(beginning)
    assert text[at] == "ー"
    broken = f"{text[:at]}\n{text[at:]}"
    assert values(PROJECTS.name, broken, None) == unchanged(PROJECTS.name, text, None)


@pytest.mark.parametrize("name", ["001", "003", SALES.name])
@given(data=st.data())
@_FEW
def test_bold_marks(name: str, data: st.DataObject) -> None:
    """Bold marks inside a sentence are not part of it."""
    found = next((d for d in DOCUMENTS if d[0] == name), None)
    if found is None:
        pytest.skip(REASON)
    _, text, like = found
    words = list(re.finditer(r"(?<=>)[^<>\n]{12,}(?=<)", text))
    chosen = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=20, unique=True))
    for match in sorted(chosen, key=lambda m: -m.start()):
        at = data.draw(st.integers(match.start() + 6, match.end() - 4))
        text = text[:at] + "<b>" + text[at : match.end() - 2] + "</b>" + text[match.end() - 2 :]
    assert values(name, text, like) == unchanged(*found)


@pytest.mark.parametrize("sample", [PROJECTS, CONSULTING], ids=lambda s: s.name)
def test_soft_hyphens_and_look_alikes(sample: Sample) -> None:
    """What extraction leaves in a text: soft hyphens, radicals, other dashes and quotes."""
    text = sample.text.replace("－", "―").replace("・", "･")
    text = text.replace("大", "⼤").replace("高", "⾼").replace("Project", "Pro\u00adject")
    assert values(sample.name, text, None) == unchanged(sample.name, sample.text, None)
