"""Where a translation parts from its original: as text, JSON and a page."""

from collections.abc import Iterator
from typing import Any

from tassei.comparing.translation import Divergence, DivergenceKind, Translation
from tassei.figures import plural
from tassei.reporting.comparisons import both, edition_json
from tassei.reporting.layout import hanging
from tassei.reporting.page import Content, Markup, element, joined, page, table
from tassei.text import Lang, Text

SCHEMA = "tassei/translation/1"
KINDS: dict[DivergenceKind, Text] = {
    "field": Text("片方にだけある専門分野", "Fields that only one of them has"),
    "level": Text("片方にだけあるレベル", "Levels that only one of them has"),
    "number": Text("数の違い", "Numbers"),
    "quantifier": Text("いくつ求めるかの違い", "Quantifiers"),
    "word": Text("片方にだけある条件の語", "Words of a condition"),
    "item": Text("欠けた項目、余分な項目", "Items missing or added"),
    "order": Text("順序の違い", "Order"),
    "term": Text("訳のそろわない語と文", "Terms and sentences translated unevenly"),
}
FOOT = Text(
    "Tasseiが二つの版の記述と文書から作成。",
    "Made by Tassei from the two encodings and their documents.",
)
_SHOWN = 70
NOTHING = Text("なし", "nothing")


def title(translation: Translation) -> Text:
    one, other = translation.original, translation.translated
    return Text(
        f"{one.category.name.ja}: {one.label}（{one.document}）と、その訳 {other.label}（{other.document}）",
        f"{other.category.name.en}: {one.label} ({one.document}) and its translation {other.label} ({other.document})",
    )


def summary(translation: Translation) -> Text:
    count = len(translation.divergences)
    return Text(
        f"対応する{translation.compared}個の達成度指標を比べ、{count}か所の違いがありました。",
        f"{plural(translation.compared, 'indicator')} were compared; the two part in {plural(count, 'place')}.",
    )


def translation_lines(translation: Translation, lang: Lang, width: int) -> Iterator[str]:
    """The divergences by kind, equal ones at several levels together."""
    yield hanging("", title(translation)[lang], width)
    yield hanging("", summary(translation)[lang], width)
    for kind, name in KINDS.items():
        found = [d for d in translation.divergences if d.kind == kind]
        if not found:
            continue
        yield ""
        yield f"{name[lang]} ({len(found)})"
        for divergence in found:
            where = divergence.where[lang]
            head = f"{where}: {divergence.what[lang]}" if where else divergence.what[lang]
            places = [str(p) for p in divergence.places]
            tail = places[0] if len(places) == 1 else f"{places[0]}+{len(places) - 1}"
            yield hanging("  ", head, width, tail)
            yield hanging("      ", _side(divergence.original, lang), width)
            yield hanging("    → ", _side(divergence.translated, lang), width)


def _side(texts: tuple[Text, ...], lang: Lang) -> str:
    said = [t[lang] for t in texts]
    shown = [t if len(t) <= _SHOWN else t[: _SHOWN - 1] + "…" for t in said]
    return " | ".join(shown) or NOTHING[lang]


def translation_json(translation: Translation) -> dict[str, Any]:
    """The divergences as `tassei/translation/1`."""
    return {
        "schema": SCHEMA,
        "original": edition_json(translation.original),
        "translated": edition_json(translation.translated),
        "indicators_compared": translation.compared,
        "divergences": [_json(d) for d in translation.divergences],
    }


def _json(divergence: Divergence) -> dict[str, Any]:
    return {
        "kind": divergence.kind,
        "where": both(divergence.where),
        "what": both(divergence.what),
        "original": [both(t) for t in divergence.original],
        "translated": [both(t) for t in divergence.translated],
        "places": [str(p) for p in divergence.places],
    }


def translation_page(translation: Translation, lang: Lang) -> str:
    """The divergences as a page, original and translation side by side."""
    heading = title(translation)[lang]
    parts = [element("h1", heading), element("p", summary(translation)[lang], class_="lead")]
    head = [
        Text("箇所", "where")[lang],
        Text("内容", "what")[lang],
        translation.original.label,
        translation.translated.label,
        Text("行", "lines")[lang],
    ]
    for kind, name in KINDS.items():
        found = [d for d in translation.divergences if d.kind == kind]
        if found:
            parts.append(element("h2", name[lang]))
            parts.append(table(head, [_row(d, lang) for d in found]))
    return page(heading, joined(parts), lang, FOOT)


def _row(divergence: Divergence, lang: Lang) -> list[Content]:
    return [
        divergence.where[lang],
        divergence.what[lang],
        _listed(divergence.original, lang),
        _listed(divergence.translated, lang),
        element("small", ", ".join(map(str, divergence.places))),
    ]


def _listed(texts: tuple[Text, ...], lang: Lang) -> Markup:
    if not texts:
        return element("span", NOTHING[lang], class_="absent")
    return element("ul", *(element("li", t[lang]) for t in texts))
