"""Proposals for the register of doubts: as text, as JSON, and as YAML to paste into the register."""

import io
from collections.abc import Iterator
from typing import Any

from tassei.comparing.finding.find import registered
from tassei.comparing.finding.proposal import Proposal
from tassei.encoding.standards import Standards
from tassei.framework.edition import Edition
from tassei.reporting.comparisons import both
from tassei.reporting.layout import hanging
from tassei.text import Lang, Text

SCHEMA = "tassei/proposals/1"
KIND_NAMES: dict[str, Text] = {
    "ambiguity": Text("曖昧", "ambiguity"),
    "contradiction": Text("矛盾", "contradiction"),
    "copy-error": Text("写し誤り", "copy error"),
    "doubled-list": Text("一覧の重複", "doubled list"),
    "gap": Text("隙間", "gap"),
    "layout": Text("体裁", "layout"),
    "lost-mark": Text("記号の脱落", "lost mark"),
    "missing-bound-word": Text("以上・未満の欠落", "missing bound word"),
    "missing-quantifier": Text("数の欠落", "missing quantifier"),
    "missing-role": Text("役割の欠落", "missing role"),
    "mistranslation": Text("誤訳", "mistranslation"),
    "no-progress": Text("レベルの差がない", "no progress"),
    "only-upper-bound": Text("上限のみ", "only an upper bound"),
    "overlap": Text("重なり", "overlap"),
    "short-list": Text("一覧の不足", "short list"),
    "spelling": Text("表記の揺れ", "spelling"),
    "wrong-noun": Text("語の誤り", "wrong noun"),
}
_UNDECIDED = Text("未定", "to be decided")


def proposal_lines(
    standards: Standards,
    edition: Edition,
    proposals: tuple[Proposal, ...],
    lang: Lang,
    width: int,
    *,
    with_document: bool,
) -> Iterator[str]:
    """One proposal after another in the order of the document, with the entries that it may be."""

    def say(text: Text) -> str:
        return text[lang]

    known = sum(bool(registered(standards, p)) for p in proposals)
    yield hanging(
        "",
        say(
            Text(
                f"{edition.title.ja}: 疑義の候補 {len(proposals)}件、うち{known}件は同じ種別の疑義が同じ行にあります",
                f"{edition.title.en}: {len(proposals)} proposals; at the lines of {known} the register has a doubt of the kind",
            )
        ),
        width,
    )
    if not with_document:
        yield hanging(
            "",
            say(
                Text(
                    "文書がないため、記述だけを調べました（文書も調べる: --document FILE）。",
                    "Without a document only the encoding was looked at (with it: --document FILE).",
                )
            ),
            width,
        )
    for proposal in proposals:
        first, *rest = [*map(str, proposal.places), ""]
        place = f"{first}+{len(rest) - 1}" if len(rest) > 1 else first
        yield ""
        yield hanging(f"{place:12} ", say(proposal.title), width, say(KIND_NAMES[proposal.kind]))
        yield hanging(" " * 13, say(proposal.says), width)
        ids = [d.id for d in registered(standards, proposal)]
        if ids:
            listed = ", ".join(ids[:3])
            yield hanging(
                " " * 13,
                say(Text(f"登録済みかもしれない: {listed}", f"may be registered: {listed}")),
                width,
            )
    if proposals:
        yield ""
        yield hanging(
            "",
            say(
                Text(
                    "候補は見るべき箇所です。疑義かどうか、どう読むかは人が決めます。登録簿に写すには: --format yaml",
                    "A proposal is a place to look at; whether it is a doubt, and how it is read, people decide. For the register: --format yaml",
                )
            ),
            width,
        )


def proposals_json(
    standards: Standards, edition: Edition, proposals: tuple[Proposal, ...]
) -> dict[str, Any]:
    """The proposals as `tassei/proposals/1`."""
    return {
        "schema": SCHEMA,
        "edition": edition.id,
        "proposals": [
            {
                "rule": p.rule,
                "kind": p.kind,
                "places": [str(x) for x in p.places],
                "touches": list(p.touches),
                "title": both(p.title),
                "says": both(p.says),
                "registered": [d.id for d in registered(standards, p)],
            }
            for p in proposals
        ],
    }


def proposals_yaml(standards: Standards, proposals: tuple[Proposal, ...]) -> str:
    """Entries in the form of the register, under the next free numbers; reading and reason are open."""
    numbers = [int(d.id.removeprefix("D-")) for d in standards.doubts if d.id[2:].isdigit()]
    first = max(numbers, default=0) + 1
    entries = [
        {
            "id": f"D-{number:03d}",
            "kind": p.kind,
            "places": [str(x) for x in p.places],
            "touches": list(p.touches),
            "title": both(p.title),
            "says": both(p.says),
            "reading": both(_UNDECIDED),
            "why": both(_UNDECIDED),
            "changes_rule": False,
        }
        for number, p in enumerate(proposals, start=first)
    ]
    return entries_yaml(entries)


def entries_yaml(entries: list[dict[str, Any]]) -> str:
    """Entries of the register as YAML."""
    from ruamel.yaml import YAML  # only this form needs it

    writer = YAML()
    writer.width = 1000
    writer.allow_unicode = True
    out = io.StringIO()
    writer.dump(entries, out)
    return out.getvalue()
