"""Documents of categories and shapes that nobody has encoded, each beside what must be found in it.

The documents are our own; `NAME.yaml` was written by hand from the text, before any program read it.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from documents.sources import drafted
from tassei.documents.checking import values_of
from tassei.documents.drafting import Draft
from tassei.encoding.compiled import standards_with
from tassei.encoding.dump import dump_edition
from tassei.evidence.months import Month
from tassei.evidence.read import record_from
from tassei.framework.indicator import Indicator
from tassei.judging.judge import Judge, known_of
from tassei.judging.verdict import Verdict
from tassei.marked import parse
from tassei.text import Lang

NOW = Month.of(2026, 11)
FOLDER = Path(__file__).parent / "unseen"
NAMES = sorted(p.name for p in FOLDER.iterdir() if p.suffix in (".txt", ".md"))


def expected(name: str) -> dict[str, Any]:
    """What the document must give."""
    found: dict[str, Any] = YAML(typ="safe").load((FOLDER / name).with_suffix(".yaml"))
    return found


@cache
def read(name: str) -> Draft:
    return drafted(name, (FOLDER / name).read_text("utf-8"))


def lang_of(made: Draft) -> Lang:
    return "ja" if made.edition.language == "ja" else "en"


def size_of(item: dict[str, Any], made: Draft) -> dict[str, Any]:
    """One check box of a size; a measure that only the draft has is named by its unit."""
    lang = lang_of(made)
    bounds = []
    for measure, at_least, below in item["any"]:
        if own := made.additions.measures.get(measure):
            bounds.append([f"new:{own.unit[lang]}", at_least, below])
        elif measure in made.additions.scales:
            terms = {t.id: t for t in made.additions.scales[measure].terms()}
            bounds.append(["words", terms[at_least].name[lang], None])
        else:
            bounds.append([measure, at_least, below])
    found: dict[str, Any] = {"any": bounds}
    if item["complexity_at_least"] is not None:
        found["complexity"] = item["complexity_at_least"]
    if item["leading"]:
        found["leading"] = True
    return found


def found_in(indicator: Indicator, made: Draft, wanted: dict[str, Any]) -> dict[str, Any]:
    """The wanted values as found; of a list of which only the length is wanted, the length."""
    values = dict(values_of(indicator, lang_of(made)))
    values["size"] = [size_of(item, made) for item in values["size"]]
    values["tasks"] = values["tasks"] and values["tasks"][0]
    return {
        name: len(values[name])
        if type(want) is int and isinstance(values[name], list)
        else values[name]
        for name, want in wanted.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_is_found_with_its_values(name: str) -> None:
    """Fields, levels, and each value that stands in the list of the document."""
    made, wanted = read(name), expected(name)
    lang = lang_of(made)
    names = {f.id: f.name[lang] for f in made.edition.fields}
    indicators = {f"{names[i.field_id]}/{i.level}": i for i in made.edition.indicators}
    assert list(indicators) == list(wanted["indicators"])
    assert made.edition.category.name[lang] == wanted["category"]
    for where, values in wanted["indicators"].items():
        assert {where: found_in(indicators[where], made, values)} == {where: values}


@pytest.mark.parametrize("name", NAMES)
def test_levels_in_common_are_for_the_fields_that_they_name(name: str) -> None:
    made = read(name)
    names = {f.id: f.name[lang_of(made)] for f in made.edition.fields}
    common = {
        names[f.id]: [names[i] for i in f.applies_to] for f in made.edition.fields if f.applies_to
    }
    assert common == expected(name).get("common", {})


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_not_understood(name: str) -> None:
    made = read(name)
    assert [(p.line, p.clause, p.text, p.sign) for p in made.problems] == []
    assert [(p.line, p.text) for p in made.account.not_understood()] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_draft_loads_and_judges(name: str, tmp_path: Path) -> None:
    """A draft can be used at once: it loads, and says of nobody's record what it cannot tell."""
    made = read(name)
    for path, data in made.files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    everything = standards_with(tmp_path)
    edition = everything.edition(made.edition.id)
    for file, data in dump_edition(edition).items():
        assert (tmp_path / made.edition.id / file).read_bytes() == data
    judge = Judge(everything, everything.readings_with({}), (edition.id,))
    text = '{"schema": "tassei/evidence/1", "person": {"id": "p"}, "engagements": []}'
    record = record_from(parse(text, "p.json"), known_of(everything), NOW, "p.json")
    assert record is not None
    for indicator in edition.indicators:
        for field in edition.covered_by(indicator):
            rung = judge.rung(edition.id, field, indicator.level)
            assert judge.judge(record.evidence, NOW, rung).verdict is not Verdict.MET


BROKEN = """コンサルタントの達成度指標
専門分野 改革 レベル5
【ビジネス貢献】
●責任性
改革の責任者として2回、改革のリーダーとして3回以上遂行した経験と実績を有する。
●複雑性
以下の2項目以上または3項目以上に該当する改革の経験と実績を有する。
□部門の多さ
□関係者の多さ
□時間の短さ
●サイズ
□契約金額3億円以上かつ要員数30人以上
"""


def test_figures_that_contradict_each_other_are_no_guess() -> None:
    """Two counts where a clause holds one, or two amounts at once: each is left to a person."""
    made = drafted("broken.txt", BROKEN)
    assert {(p.clause, p.sign) for p in made.problems} == {
        ("responsibility", "2, 3"),
        ("complexity", "2, 3"),
        ("size", "かつ"),
    }
