"""One self-contained page of HTML: no outside content, light and dark, fit for print.

Everything that varies comes in as text and is escaped here; nothing else writes markup.
"""

import html
from collections.abc import Iterable

from attrs import frozen

from tassei.text import Lang, Text


@frozen
class Markup:
    """A piece of HTML that is safe to put into a page."""

    html: str

    def __add__(self, other: "Markup") -> "Markup":
        return Markup(self.html + other.html)


Content = Markup | str
EMPTY = Markup("")


def safe(content: Content) -> str:
    """The HTML of a content: text is escaped, markup is taken as it is."""
    return content.html if isinstance(content, Markup) else html.escape(content, quote=True)


def element(tag: str, *contents: Content, **attributes: str) -> Markup:
    """An element with its contents; `class_` stands for `class`, `_` in other names for `-`."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(value, quote=True)}"'
        for name, value in attributes.items()
        if value
    )
    return Markup(f"<{tag}{written}>{''.join(map(safe, contents))}</{tag}>")


def joined(parts: Iterable[Markup]) -> Markup:
    """Pieces of HTML one behind the other."""
    return Markup("".join(p.html for p in parts))


def table(head: Iterable[Content], rows: Iterable[Iterable[Content]], class_: str = "") -> Markup:
    """A table; the first cell of each row is its heading."""
    # above a column that explains itself stands nothing, which is no heading
    heads = joined(element("th", h, scope="col") if safe(h) else element("td", "") for h in head)
    body = []
    for row in rows:
        first, *rest = row
        cells = [element("th", first, scope="row"), *(element("td", c) for c in rest)]
        body.append(element("tr", *cells))
    inside = element("table", element("thead", element("tr", heads)), element("tbody", *body))
    # a wide table scrolls by itself, so that the page does not
    return element("div", inside, class_=f"table {class_}".strip(), tabindex="0")


def page(title: str, body: Markup, lang: Lang, foot: Text) -> str:
    """The whole document."""
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<main>{body.html}</main>\n<footer>{html.escape(foot[lang])}</footer>\n</body>\n</html>\n"
    )


_STYLE = """
:root{--paper:#fff;--ink:#1b1d22;--soft:#5a6070;--line:#dcdfe6;--field:#f5f6f9;--accent:#3d4a9e;
--accent-soft:#e9ebf7;--more:#1f6f4a;--less:#96400f;--gone:#5a6070}
@media (prefers-color-scheme:dark){:root{--paper:#14161b;--ink:#e8eaf0;--soft:#a3a9b8;--line:#343945;
--field:#1c1f26;--accent:#aab4f2;--accent-soft:#262b45;--more:#7fd1a6;--less:#f0b085;--gone:#a3a9b8}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.7 system-ui,"Noto Sans JP","Noto Sans CJK JP",
"Hiragino Sans","Yu Gothic UI",sans-serif;font-feature-settings:"tnum"}
main,footer{max-width:1080px;margin:0 auto;padding:32px 24px}
footer{color:var(--soft);font-size:14px;padding-top:0}
h1{font-size:28px;line-height:1.35;margin:0 0 8px}
h2{font-size:20px;line-height:1.4;margin:48px 0 12px}
h3{font-size:16px;margin:24px 0 8px}
p{margin:0 0 12px;max-width:44em}
.lead{font-size:18px}
.soft,small{color:var(--soft)}
.lineage{color:var(--soft);margin-bottom:24px}
.table{overflow-x:auto;margin:0 0 16px}
table{border-collapse:collapse;width:100%;font-size:15px;line-height:1.55}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
thead th{position:sticky;top:0;background:var(--paper);color:var(--soft);font-weight:600;font-size:14px;white-space:nowrap}
tbody th{font-weight:600}
td:empty::before{content:"·";color:var(--soft)}
ul{margin:0;padding-left:1.2em}td ul{list-style:none;padding:0}
.more::before{content:"↑ ";color:var(--more);font-weight:600}
.less::before{content:"↓ ";color:var(--less);font-weight:600}
.was{color:var(--gone)}
.in{color:var(--more)}.in::before{content:"+ "}
.out{color:var(--less)}.out::before{content:"− "}
.tag{display:inline-block;border:1px solid var(--line);border-radius:4px;padding:0 8px;font-size:13px;
background:var(--field);white-space:nowrap}
.full{background:var(--accent-soft);color:var(--accent);border-color:transparent}
.absent{color:var(--soft)}
details{border-top:1px solid var(--line);padding:8px 0}
summary{cursor:pointer;font-weight:600}
summary:focus-visible,.table:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
svg{display:block;width:100%;height:auto;margin:8px 0 16px}
svg text{fill:var(--ink);font:14px system-ui,"Noto Sans JP","Noto Sans CJK JP","Hiragino Sans","Yu Gothic UI",sans-serif}
svg .soft{fill:var(--soft)}
svg .box{fill:var(--field);stroke:var(--line)}
svg .on{fill:var(--accent)}svg .off{fill:none;stroke:var(--line)}
svg .same{stroke:var(--accent);stroke-width:2.5;fill:none}
svg .near{stroke:var(--soft);stroke-width:1.5;stroke-dasharray:5 4;fill:none}
@media print{@page{size:A4;margin:16mm}:root{--paper:#fff;--ink:#000;--soft:#444;--line:#999;--field:#fff;--accent:#000;
--accent-soft:#eee;--more:#000;--less:#000;--gone:#444}
body{font-size:10.5pt}main,footer{max-width:none;padding:0}thead th{position:static}
tr,svg,h2,h3{break-inside:avoid}h2,h3{break-after:avoid}.table{overflow:visible}}
"""
