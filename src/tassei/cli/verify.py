"""`tassei judge --verify`: stored judgements, derived anew from the evidence and compared."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from tassei.cli.context import Session
from tassei.encoding.standards import Standards
from tassei.errors import EvidenceError, Fault, RequestError
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import LINES, Record, read_evidence
from tassei.judging.judge import Judge, evidence_digest, known_of
from tassei.marked import decode, parse_line, read_lines
from tassei.reporting.judgements import SCHEMA, Change, Writer, changes
from tassei.reporting.layout import hanging
from tassei.text import Text

if TYPE_CHECKING:
    from tassei.comparing.carry import Carried

_LOOKED_AT = (".yaml", ".yml", ".json", *LINES)
_NEEDED = {
    "schema": str,
    "person": str,
    "edition": str,
    "field": str,
    "level": int,
    "as_of": str,
    "readings": dict,
    "digests": dict,
}


def verify(session: Session, standards: Standards, stored: Path, evidence: tuple[Path, ...]) -> int:
    """Derive every judgement of a file anew; exit code 1 where one differs."""
    judgements = list(_stored(stored))
    paths = evidence or _beside(stored)
    differing = 0
    for number, judgement in judgements:
        try:
            found = _again(standards, judgement, paths, strict=bool(evidence))
        except RequestError as error:
            raise RequestError(
                f if f.file else evolve(f, file=str(stored), line=number) for f in error.faults
            ) from None
        title = f"{judgement['person']} · {judgement['edition']}/{judgement['field']}/{judgement['level']} · {judgement['as_of']}"
        if not found:
            session.print(f"✓ {title}: " + session.say(Text("同じ結果です", "derived the same")))
            continue
        differing += 1
        session.print(
            f"✗ {title}: " + session.say(Text("変わりました", "changed")), *_lines(session, found)
        )
    total = len(judgements)
    session.print(
        "",
        session.say(
            Text(
                f"{total}件中{total - differing}件が同じ結果でした",
                f"{total - differing} of {total} derived the same",
            )
        ),
    )
    return 1 if differing else 0


_WHY = {
    "digests.evidence": Text(
        "業務の記録が判定時と異なります", "the evidence is not the one that was judged"
    ),
    "digests.edition": Text(
        "版の記述が判定時と異なります", "the encoded edition is not the one that was judged by"
    ),
    "digests.engine": Text(
        "判定の仕組みが判定時と異なります", "the engine is not the one that judged"
    ),
    "carried.crosswalk": Text(
        "版の対応表が判定時と異なります", "the crosswalk is not the one that carried the evidence"
    ),
    "verdict": Text("判定", "verdict"),
    "route": Text("道", "route"),
}
_SHOWN = 8


def _lines(session: Session, found: tuple[Change, ...]) -> Iterator[str]:
    for change in found[:_SHOWN]:
        reason = session.say(_WHY[change.key]) if change.key in _WHY else change.key
        if change.key.startswith("digests."):
            yield hanging("    ", reason, session.width)
        else:
            yield hanging("    ", f"{reason}: {change.stored} → {change.now}", session.width)
    if len(found) > _SHOWN:
        yield "    " + session.say(
            Text(f"ほか{len(found) - _SHOWN}か所", f"and {len(found) - _SHOWN} more places")
        )


def _stored(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    empty = True
    for number, line in read_lines(path):
        text = decode(line, str(path))
        if not text.strip():
            continue
        empty = False
        value = parse_line(text, str(path), number).plain()
        if (
            not isinstance(value, dict)
            or value.get("schema") != SCHEMA
            or any(not isinstance(value.get(k), t) for k, t in _NEEDED.items())
        ):
            raise _no_judgement(str(path), number)
        yield number, value
    if empty:
        raise _no_judgement(str(path), 0)


def _no_judgement(file: str, line: int) -> RequestError:
    return RequestError(
        [
            Fault(
                "not-a-judgement",
                Text(
                    f"{SCHEMA} の判定ではありません", f"it is not a judgement of the form {SCHEMA}"
                ),
                Text(
                    "`tassei judge EVIDENCE --format json` が書いたファイルを指定してください",
                    "name a file that `tassei judge EVIDENCE --format json` wrote",
                ),
                file=file,
                line=line,
            )
        ]
    )


def _beside(stored: Path) -> tuple[Path, ...]:
    """Where no evidence is named, the files beside the judgement are looked through."""
    return tuple(
        p
        for p in sorted(stored.parent.iterdir())
        if p.suffix in _LOOKED_AT and p.is_file() and p.resolve() != stored.resolve()
    )


def _again(
    standards: Standards, judgement: dict[str, Any], paths: tuple[Path, ...], *, strict: bool
) -> tuple[Change, ...]:
    month = _month(judgement["as_of"])
    record = _evidence_of(standards, judgement, paths, month, strict)
    readings = standards.readings_with({k: str(v) for k, v in judgement["readings"].items()})
    stored = (judgement["edition"], judgement["field"], judgement["level"])
    named = standards.level("/".join(map(str, stored)))
    if named != stored:
        raise RequestError([_no_such_level(stored)])
    judge = Judge(standards, readings, [named[0]])
    rung = judge.rung(*named)
    carried = _carried(standards, judgement, record.evidence)
    evidence = carried.evidence if carried else record.evidence
    now = Writer(judge, "en", carried).as_json(judge.judge(evidence, month, rung))
    return changes(judgement, now)


def _carried(
    standards: Standards, judgement: dict[str, Any], evidence: Evidence
) -> "Carried | None":
    """The evidence as it was carried when it was judged; None where it was not."""
    said = judgement.get("carried")
    if not isinstance(said, dict):
        return None
    from tassei.comparing.carry import Carrier  # only where evidence was carried

    sources = said.get("from")
    only = sources[0] if isinstance(sources, list) and len(sources) == 1 else None
    target = standards.edition(str(said.get("to")))
    return Carrier(standards, target, standards.edition(str(only)) if only else None).carry(
        evidence
    )


def _no_such_level(stored: tuple[object, ...]) -> Fault:
    path = "/".join(map(str, stored))
    return Fault(
        "level-expected",
        Text(
            f"「{path}」という専門分野のレベルはありません",
            f'"{path}" is no level of a specialty field',
        ),
        Text("判定のファイルを確かめてください", "check the file of the judgement"),
    )


def _month(written: str) -> Month:
    try:
        return Month.parse(written)
    except ValueError:
        raise RequestError(
            [
                Fault(
                    "not-a-month",
                    Text(f"「{written}」は年月ではありません", f'"{written}" is not a month'),
                    Text("判定のファイルを確かめてください", "check the file of the judgement"),
                )
            ]
        ) from None


def _evidence_of(
    standards: Standards,
    judgement: dict[str, Any],
    paths: tuple[Path, ...],
    month: Month,
    strict: bool,
) -> Record:
    """The evidence with the digest that was judged, else that of the same person.

    Args:
        strict: the files were named, so that a fault in one is told.
    """
    known = known_of(standards)
    same_person: Record | None = None
    for path in paths:
        try:
            for record in read_evidence(path, known, month):
                if record.evidence.person.id != judgement["person"]:
                    continue
                if evidence_digest(record.evidence) == judgement["digests"].get("evidence"):
                    return record
                same_person = same_person or record
        except (EvidenceError, RequestError):
            # a file that was not named, but stands beside the judgement, may be anything
            if strict:
                raise
    if same_person is None:
        raise RequestError(
            [
                Fault(
                    "evidence-not-found",
                    Text(
                        f"{judgement['person']} の業務の記録が見つかりません",
                        f"the evidence of {judgement['person']} was not found",
                    ),
                    Text(
                        "`tassei judge EVIDENCE --verify JUDGEMENT` のように記録を指定してください",
                        "name it: `tassei judge EVIDENCE --verify JUDGEMENT`",
                    ),
                )
            ]
        )
    return same_person
