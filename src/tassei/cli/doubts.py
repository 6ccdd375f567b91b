"""`tassei doubts`: the register of doubts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tassei.cli.context import Session
from tassei.cli.options import format_option, lang_option, out_option
from tassei.encoding.compiled import standards
from tassei.errors import Fault, RequestError
from tassei.framework.doubts import Doubt
from tassei.reporting.layout import hanging
from tassei.shaping import suggestion
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "doubts",
        callback=click.pass_obj(run),
        params=[
            click.Argument(["path"], required=False, metavar="[EDITION[/FIELD[/LEVEL]] | D-NNN]"),
            click.Option(
                ["--rules"],
                is_flag=True,
                help=Text("規則を左右するものだけ", "only those that change a rule")[lang],
            ),
            click.Option(
                ["--find"],
                is_flag=True,
                help=Text(
                    "版とその文書を調べ、登録すべき箇所の候補を示す",
                    "look through an edition and its document and propose entries",
                )[lang],
            ),
            click.Option(
                ["--document"],
                type=click.Path(path_type=Path),
                metavar="FILE",
                help=Text(
                    "--find が記述とともに調べる文書", "the document that --find looks through, too"
                )[lang],
            ),
            click.Option(
                ["--new"],
                is_flag=True,
                help=Text(
                    "--find の候補のうち、同じ種別の疑義が同じ行にないものだけ",
                    "of what --find proposes, only places where the register has no doubt of the kind",
                )[lang],
            ),
            format_option(lang, ("text", "json", "yaml")),
            out_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "文書の誤り、曖昧さ、矛盾と、採った読みを示します。",
            "Show defects, ambiguities and contradictions of the documents, and the reading taken.",
        )[lang],
    )


def run(
    session: Session,
    path: str | None,
    rules: bool,
    find: bool,
    document: Path | None,
    new: bool,
    output: str,
    out: Path | None,
) -> None:
    if find or document is not None:
        propose(session, path, document, new, output, out)
        return
    found = [d for d in _chosen(path) if d.changes_rule or not rules]
    if output == "json":
        session.emit_json([doubt_json(d) for d in found], out)
    elif output == "yaml":
        from tassei.reporting.proposals import entries_yaml  # only this form needs it

        session.emit(entries_yaml([doubt_json(d) for d in found]), out)
    elif path and path.startswith("D-"):
        session.print(*_whole(session, found[0]))
    else:
        changing = sum(d.changes_rule for d in found)
        session.print(
            session.say(
                Text(
                    f"疑義 {len(found)}件、うち規則を左右するもの {changing}件（*）",
                    f"{len(found)} doubts, {changing} of which change a rule (*)",
                )
            ),
            "",
        )
        for doubt in found:
            star = "*" if doubt.changes_rule else " "
            session.print(
                hanging(
                    f"{doubt.id} {star} ", session.say(doubt.title), session.width, _places(doubt)
                )
            )
        if found:
            session.print(
                "",
                session.say(
                    Text(
                        f"1件の全文: tassei doubts {found[0].id}",
                        f"one in full: tassei doubts {found[0].id}",
                    )
                ),
            )


def propose(
    session: Session,
    path: str | None,
    document: Path | None,
    new: bool,
    output: str,
    out: Path | None,
) -> None:
    """What the rules find in an edition, and in its document where one is given."""
    # only this use of the command needs the rules
    from tassei.cli.document import read
    from tassei.comparing.finding.find import find_doubts, registered
    from tassei.reporting.proposals import proposal_lines, proposals_json, proposals_yaml

    everything = standards()
    if path is None or path.startswith("D-"):
        raise RequestError(
            [
                Fault(
                    "edition-expected",
                    Text(
                        "どの版を調べるかが指定されていません",
                        "no edition to look through is named",
                    ),
                    Text(
                        f"例: tassei doubts {everything.editions[0].id} --find",
                        f"for example: tassei doubts {everything.editions[0].id} --find",
                    ),
                )
            ]
        )
    edition, _, _ = everything.find(path)
    text = read(document) if document is not None else None
    found = find_doubts(edition, text)
    if new:
        found = tuple(p for p in found if not registered(everything, p))
    if output == "json":
        session.emit_json(proposals_json(everything, edition, found), out)
    elif output == "yaml":
        session.emit(proposals_yaml(everything, found), out)
    else:
        lines = proposal_lines(
            everything, edition, found, session.lang, session.width, with_document=text is not None
        )
        session.emit("\n".join(lines) + "\n", out)


def _chosen(path: str | None) -> Iterator[Doubt]:
    everything = standards()
    if path is None:
        yield from everything.doubts
    elif path.startswith("D-"):
        match = [d for d in everything.doubts if d.id == path]
        if not match:
            raise RequestError(
                [
                    Fault(
                        "unknown-doubt",
                        Text(f"疑義「{path}」はありません", f'no doubt is called "{path}"'),
                        suggestion(path, [d.id for d in everything.doubts]),
                    )
                ]
            )
        yield from match
    else:
        edition, field_id, level = everything.find(path)
        for doubt in everything.doubts:
            if any(
                t.edition == edition.id
                and (field_id is None or t.field_id in (None, field_id))
                and (level is None or t.level in (None, level))
                for t in doubt.touches
            ):
                yield doubt


def _places(doubt: Doubt) -> str:
    first, *rest = [*map(str, doubt.places), ""]
    return f"{first}+{len(rest) - 1}" if len(rest) > 1 else first


def _whole(session: Session, doubt: Doubt) -> Iterator[str]:
    say, width = session.say, session.width
    yield f"{doubt.id}  {say(doubt.title)}"
    rows = (
        (Text("箇所", "places"), ", ".join(map(str, doubt.places))),
        (Text("文書の記述", "the text"), say(doubt.says)),
        (Text("採った読み", "reading"), say(doubt.reading)),
        (Text("理由", "why"), say(doubt.why)),
        (
            Text("規則", "rule"),
            say(
                Text("左右する", "another reading would change it")
                if doubt.changes_rule
                else Text("左右しない", "not changed by it")
            ),
        ),
        (Text("関わる読み", "readings"), ", ".join(doubt.readings)),
    )
    for label, value in rows:
        if value:
            yield hanging(f"  {say(label)}: ", value, width)


def doubt_json(doubt: Doubt) -> dict[str, Any]:
    return {
        "id": doubt.id,
        "kind": doubt.kind,
        "places": [str(p) for p in doubt.places],
        "touches": [
            "/".join(
                str(p) if p is not None else "*" for p in (t.edition, t.field_id, t.level, t.clause)
            ).rstrip("/*")
            for t in doubt.touches
        ],
        "title": _both(doubt.title),
        "says": _both(doubt.says),
        "reading": _both(doubt.reading),
        "why": _both(doubt.why),
        "changes_rule": doubt.changes_rule,
        "readings": list(doubt.readings),
    }


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}
