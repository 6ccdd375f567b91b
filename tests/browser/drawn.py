"""What a page really draws: characters that no font has, and words drawn by a font without their characters.

The two differ: a browser can know a font that has a character, and still go on drawing the box that it
drew before the font had come.
"""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

# a character that no font has is drawn as the box of one that none can have
_MISSING = """async () => {
  // what is not laid out yet has not asked for a font
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  const size = 24, canvas = document.createElement("canvas"), pen = canvas.getContext("2d", {willReadFrequently: true});
  canvas.width = canvas.height = 2 * size;
  pen.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  const drawn = c => { pen.clearRect(0, 0, 2 * size, 2 * size); pen.fillText(c, 4, 1.5 * size); return pen.getImageData(0, 0, 2 * size, 2 * size).data.join(); };
  const box = drawn("\\u{10FFFE}"), blank = drawn(" ");
  const found = [...new Set(document.body.innerText)].filter(c => c.trim() && (drawn(c) === box || drawn(c) === blank));
  // by then what the fonts have changed is laid out anew
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return found;
}"""
_JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff\uff01-\uffef]")
_WITH_JAPANESE = re.compile(r"CJK|\bJP\b|Gothic|Mincho|Hiragino|Meiryo|Takao|IPA|VL ")


def boxes_in(page: Page) -> list[str]:
    """Characters that are boxes wherever they stand, and words that are boxes where they stand."""
    missing: list[str] = page.evaluate(_MISSING)
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument", {"depth": -1})["root"]
    for text, node in _texts(root):
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        able = sum(
            f["glyphCount"]
            for f in fonts
            if f["isCustomFont"] or _WITH_JAPANESE.search(f["familyName"])
        )
        # what is not drawn at all has no fonts
        if fonts and able < len(_JAPANESE.findall(text)):
            missing.append(f"{text} ({', '.join(f['familyName'] for f in fonts)})")
    session.detach()
    return missing


def _texts(node: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The texts with Japanese characters, each with the element that holds it alone."""
    children = node.get("children", [])
    texts = [c["nodeValue"].strip() for c in children if c["nodeType"] == 3]
    if children and len(texts) == len(children) and _JAPANESE.search("".join(texts)):
        yield "".join(texts), node["nodeId"]
    for child in children:
        yield from _texts(child)
