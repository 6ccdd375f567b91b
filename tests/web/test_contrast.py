"""The colours of the stylesheet: contrast in both themes, and verdicts that the colour-blind can tell apart."""

import math
import re
from itertools import combinations, product
from pathlib import Path

import pytest

import tassei.web

SHEET = (Path(tassei.web.__file__).parent / "static/web/tassei.css").read_text("utf-8")
VERDICTS = ("met", "not-met", "open")
GROUNDS = ("paper", "field")

# Machado, Oliveira and Fernandes 2009, severity 1, on linear light
BLIND = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip

_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE = (0.9505, 1.0, 1.089)

Light = tuple[float, float, float]


def _tokens() -> dict[str, dict[str, str]]:
    """Theme -> token -> colour; the dark ones stand twice, for who chose them and for whose device did."""
    blocks = re.findall(r":root([^{]*)\{([^}]*)\}", SHEET.split("@font-face")[0])
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", body)) for _, body in blocks]
    light, dark, chosen = found
    assert dark == chosen, "the two dark themes differ"
    return {"light": light, "dark": dark}


TOKENS = _tokens()


def _light(colour: str) -> Light:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def _luminance(light: Light) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def _contrast(theme: str, one: str, other: str) -> float:
    high, low = sorted((_luminance(_light(TOKENS[theme][t])) for t in (one, other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    """Black on white is 21, a colour on itself 1."""
    TOKENS["check"] = {"a": "#000", "b": "#ffffff"}
    try:
        assert _contrast("check", "a", "b") == pytest.approx(21)
        assert _contrast("check", "a", "a") == 1
    finally:
        del TOKENS["check"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out(theme: str) -> None:
    """Every colour of words has at least 4.5 on every ground that it stands on."""
    words = product(("ink", "soft", "accent", *VERDICTS), GROUNDS)
    own = ((v, f"{v}-soft") for v in (*VERDICTS, "accent"))
    inks = (("ink", f"{v}-soft") for v in VERDICTS)
    pairs = [*words, *own, *inks, ("on-accent", "accent")]
    weak = {p: round(c, 2) for p in pairs if (c := _contrast(theme, *p)) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_and_the_edges_of_what_is_filled_in_are_seen(theme: str) -> None:
    """At least 3 against what is around them."""
    pairs = product(("focus", "edge"), ("paper", "field", "accent-soft"))
    weak = {p: round(c, 2) for p in pairs if (c := _contrast(theme, *p)) < 3}
    assert weak == {}


def _seen(theme: str, token: str, kind: str) -> Light:
    """A colour in CIE Lab, as somebody sees it."""
    light = _light(TOKENS[theme][token])
    changed = [sum(m * c for m, c in zip(row, light, strict=True)) for row in BLIND[kind]]
    x, y, z = (
        _root(max(0.0, sum(m * c for m, c in zip(row, changed, strict=True))) / white)
        for row, white in zip(_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return math.cbrt(part) if part > 0.008856 else 7.787 * part + 16 / 116


@pytest.mark.parametrize("kind", list(BLIND))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_verdicts_differ_for_the_colour_blind(theme: str, kind: str) -> None:
    """Any two verdicts are at least 15 apart in CIE Lab, where 2.3 is just noticed; marks differ anyway."""
    near = {
        (one, other): round(apart)
        for one, other in combinations(VERDICTS, 2)
        if (apart := math.dist(_seen(theme, one, kind), _seen(theme, other, kind))) < 15
    }
    assert near == {}
