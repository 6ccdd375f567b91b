"""Evidence is read as people write it; what cannot be understood for sure is a fault."""

import copy
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.people import as_yaml, people
from evidence.small import (
    AS_OF,
    COMMON,
    DESK,
    FULL,
    HARDWARE,
    KNOWN,
    OPERATIONS,
    engagement,
    fault,
    faults,
    person,
    read,
    record,
    work,
)
from tassei.errors import EvidenceError, RequestError
from tassei.evidence.model import (
    Engagement,
    Evidence,
    Holding,
    PassedExamination,
    Person,
    Professional,
    Work,
)
from tassei.evidence.months import Month
from tassei.evidence.read import MOST_FAULTS, SCHEMA, read_evidence
from tassei.framework.scales import Depth, Role
from tassei.judging.judge import evidence_digest
from tassei.text import Text

APRIL = Month.of(2019, 4)


def test_every_key_is_read() -> None:
    """A file that uses all of them gives all values."""
    assert read(FULL) == Evidence(
        person=Person("E1024", "見本 花子"),
        written_for=("one/it",),
        engagements=(
            Engagement(
                id="banking",
                title="勘定系の運用",
                fields=frozenset({OPERATIONS}),
                first=APRIL,
                last=Month.of(2023, 3),
                role=Role.RESPONSIBLE,
                supervised=False,
                succeeded=True,
                complexity=Holding(frozenset({"international", "structure"})),
                size={
                    "managed_staff": 260,
                    "annual_contract_yen": 2_600_000_000,
                    "scope": "one_user",
                },
                achieved=Holding(frozenset({"sla"})),
                activities=Holding(frozenset({"platform-design"})),
            ),
        ),
        professional=Professional(
            areas={"security": Depth.LEADS_INDUSTRY},
            succession=(Work("book", "運用の本", Month.of(2022, 5)),),
            mentoring=True,
        ),
        examinations=(PassedExamination("AP", Month.of(2012, 10)),),
        skills={"service-support": 3},
        knowledge=frozenset({"monitoring"}),
    )


def test_a_person_is_all_that_is_needed() -> None:
    """What is left out is unknown."""
    assert read(person()) == Evidence(Person("E1", "E1"))


def _without(value: Any, keep: frozenset[str]) -> Iterator[Any]:
    """The value with each one of its optional keys set to null."""
    if isinstance(value, dict):
        for key in value:
            if key not in keep:
                yield value | {key: None}
            yield from (value | {key: v} for v in _without(value[key], keep))
    elif isinstance(value, list) and len(value) == 1:
        yield from ([v] for v in _without(value[0], keep))


def _dropped(value: Any) -> Any:
    """The value without the keys that are null."""
    if isinstance(value, dict):
        return {k: _dropped(v) for k, v in value.items() if v is not None}
    return [_dropped(v) for v in value] if isinstance(value, list) else value


def test_null_means_what_leaving_the_key_out_means() -> None:
    """For every key but those that are needed: not known."""
    needed = frozenset({"schema", "person", "id", "kind", "security", "service-support"})
    nulls = [v for v in _without(FULL, needed) if not _named_examination(v)]
    assert len(nulls) > 20
    for value in nulls:
        assert read(value) == read(_dropped(value))


def _named_examination(value: dict[str, Any]) -> bool:
    """Whether an examination has lost its name, which it needs."""
    return any(x["name"] is None for x in value["examinations"] or ())


def test_an_empty_list_is_not_an_unknown_one() -> None:
    """It says that there is nothing."""
    evidence = read(
        person(
            engagements=[],
            examinations=[],
            knowledge=[],
            skills={},
            professional={"areas": {}, "succession": []},
        )
    )
    assert evidence.engagements == ()
    assert evidence.examinations == ()
    assert evidence.knowledge == frozenset()
    assert evidence.skills == {}
    assert evidence.professional == Professional(areas={}, succession=())


@pytest.mark.parametrize(
    ("written", "id_"),
    [("E1", "E1"), ("'00123'", "00123"), ("1024", "1024"), ("00123", "00123"), ("社員1", "社員1")],
)
def test_a_person_goes_by_an_id_of_any_form(written: str, id_: str) -> None:
    """A number, too, and with its zeros; the name is the id where none is given."""
    evidence = read(f"schema: {SCHEMA}\nperson: {{id: {written}}}\n")
    assert evidence.person == Person(id_, id_)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({}, "missing-key"),
        ({"id": ""}, "empty-text"),
        ({"id": None}, "wrong-type"),
        ({"id": True}, "wrong-type"),
        ({"id": 1.5}, "wrong-type"),
        ({"id": ["E1"]}, "wrong-type"),
        ({"id": "E1", "name": 5}, "wrong-type"),
        ({"id": "E1", "age": 40}, "unknown-key"),
        ("E1", "wrong-type"),
        (None, "wrong-type"),
    ],
)
def test_a_person_needs_an_id(value: object, code: str) -> None:
    """And has nothing else but a name."""
    assert fault(person() | {"person": value}).code == code


def test_evidence_is_written_for_the_editions_that_it_names() -> None:
    """Each once, in a fixed order."""
    assert read(person(for_=["two/it", "one/it", "two/it"])).written_for == ("one/it", "two/it")


def test_evidence_is_written_for_the_editions_of_its_fields_by_default() -> None:
    """Also where `for` is null; work without fields names none."""
    engagements = [
        {"id": "a", "fields": [HARDWARE, OPERATIONS]},
        {"id": "b", "fields": [DESK]},
        {"id": "c"},
    ]
    for keys in ({}, {"for": None}):
        assert read(person(engagements=engagements) | keys).written_for == ("one/it", "two/it")
    assert read(work()).written_for == ()


def test_what_is_named_goes_before_what_follows_from_fields() -> None:
    """An empty list is a list."""
    assert read(work(fields=[HARDWARE]) | {"for": ["one/it"]}).written_for == ("one/it",)
    assert read(work(fields=[HARDWARE]) | {"for": []}).written_for == ()


def test_an_end_before_the_beginning_is_a_fault() -> None:
    """One and the same month is a month of work."""
    assert fault(work(from_="2019-04", to="2019-03")).code == "to-before-from"
    assert engagement(from_="2019-04", to="2019-04").last == APRIL


def test_work_that_has_not_begun_is_a_fault() -> None:
    """The month of the judgement itself has begun."""
    assert fault(work(from_="2026-12")).code == "starts-in-future"
    assert engagement(from_="2026-11").first == AS_OF


def test_an_end_in_the_future_is_read_as_still_going_on() -> None:
    """With a remark; the month of the judgement itself is no future."""
    found = record(work(from_="2019-04", to="2026-12"))
    assert found.evidence == read(work(from_="2019-04"))
    [remark] = found.remarks
    assert remark.engagement == "a"
    assert "2026-12" in remark.text.ja
    assert "2026-12" in remark.text.en
    assert engagement(to="2026-11").last == AS_OF
    assert record(work(to="2026-11")).remarks == ()


def test_two_engagements_may_not_have_one_id() -> None:
    """The fault stands at the second."""
    value = f"schema: {SCHEMA}\nperson: {{id: E1}}\nengagements:\n- id: a\n- id: b\n- id: a\n  title: x\n"
    found = fault(value)
    assert (found.code, found.line) == ("doubled-engagement", 6)
    assert found.where == Text("業務「a」", 'engagement "a"')


def test_engagements_stand_in_the_order_of_their_ids() -> None:
    """So that two files that differ in order are one evidence."""
    evidence = read(person(engagements=[{"id": "b"}, {"id": "a"}]))
    assert evidence.engagements == (Engagement("a"), Engagement("b"))


@pytest.mark.parametrize(
    ("value", "en"),
    [
        ({"id": "banking", "rank": 1}, 'engagement "banking"'),
        ({"rank": 1, "id": "x" * 99}, f'engagement "{"x" * 57}..."'),
    ],
)
def test_a_fault_names_the_engagement(value: dict[str, Any], en: str) -> None:
    """By its id, cut short where it is long."""
    assert fault(person(engagements=[value])).where.en == en


@pytest.mark.parametrize(
    "value", [{"title": "x"}, {"id": None}, {"id": ["a"]}, {"id": {"a": 1}}, "a", None]
)
def test_an_engagement_without_an_id_is_named_by_its_number(value: object) -> None:
    """Counted from one."""
    found = fault(person(engagements=[{"id": "a"}, value]))
    assert re.findall(r"\d+|null|\[|\{", found.where.en) == ["2"]
    assert re.findall(r"\d+|null|\[|\{", found.where.ja) == ["2"]


def test_fields_are_those_of_the_editions() -> None:
    """Each with its edition; work may belong to several, also to a common entry."""
    assert engagement(fields=[OPERATIONS, HARDWARE, COMMON]).fields == frozenset(
        {OPERATIONS, HARDWARE, COMMON}
    )
    assert engagement(fields=[]).fields == frozenset()
    found = fault(work(fields=["one/it/operation"]))
    assert (found.code, found.repair.en) == ("unknown-field", f'did you mean "{OPERATIONS}"?')


def test_a_criterion_of_another_field_is_a_fault() -> None:
    """Each one, with those of the fields of the work; not where the fields are unknown."""
    found = faults(work(fields=[DESK], complexity=["structure", "contract", "international"]))
    assert [f.code for f in found] == ["criterion-of-another-field"] * 2
    assert ['"international"' in f.what.en or '"structure"' in f.what.en for f in found] == [
        True,
        True,
    ]
    assert found[0].repair.en == "use one of: contract, simple-support"
    assert engagement(complexity=["structure", "contract"]).complexity is not None
    assert (
        engagement(fields=[DESK, OPERATIONS], complexity=["structure", "contract"]).complexity
        is not None
    )


def test_a_criterion_that_does_not_hold_may_not_be_one_of_another_field_either() -> None:
    """To say that it does not hold is to ask the wrong question."""
    assert (
        fault(work(fields=[DESK], complexity={"structure": False})).code
        == "criterion-of-another-field"
    )


def test_of_two_depths_of_one_area_the_greater_holds() -> None:
    """A greater depth includes the lesser, under whichever name it was written."""
    for areas in (
        {"security": "basic", "安全管理": "leads_industry"},
        {"安全管理": "leads_industry", "security": "basic"},
    ):
        assert read(person(professional={"areas": areas})).professional.areas == {
            "security": Depth.LEADS_INDUSTRY
        }


def test_works_stand_in_a_fixed_order() -> None:
    """By kind, title and month; two works of one kind are two."""
    works = [
        {"kind": "著書", "title": "b"},
        {"kind": "book", "title": "a", "on": "2020-01"},
        {"kind": "book", "title": "a"},
        {"kind": "book"},
    ]
    found = read(person(professional={"succession": works})).professional.succession
    assert found == (
        Work("book"),
        Work("book", "a"),
        Work("book", "a", Month.of(2020, 1)),
        Work("book", "b"),
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"areas": {"securty": "basic"}}, "unknown-area"),
        ({"areas": {"security": "deep"}}, "unknown-depth"),
        ({"areas": ["security"]}, "wrong-type"),
        ({"succession": [{"kind": "novel"}]}, "unknown-kind"),
        ({"succession": [{"title": "x"}]}, "missing-key"),
        ({"succession": ["book"]}, "wrong-type"),
        ({"succession": {"kind": "book"}}, "wrong-type"),
        ({"succession": [{"kind": "book", "on": "2026-12"}]}, "starts-in-future"),
        ({"succession": [{"kind": "book", "on": "soon"}]}, "not-a-month"),
        ({"mentoring": "often"}, "wrong-type"),
        ({"membership": True}, "unknown-key"),
        ([], "wrong-type"),
    ],
)
def test_faults_of_professional_contributions(value: object, code: str) -> None:
    """Names, types, and works of the future."""
    assert fault(person(professional=value)).code == code


def test_examinations_go_by_the_name_that_rules_ask_for() -> None:
    """Others keep their own; they stand in a fixed order."""
    written = [
        {"name": "応用情報技術者試験", "passed": "2012年10月"},
        {"name": "ap"},
        {"name": "PMP"},
    ]
    assert read(person(examinations=written)).examinations == (
        PassedExamination("AP"),
        PassedExamination("AP", Month.of(2012, 10)),
        PassedExamination("PMP"),
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([{"passed": "2012-10"}], "missing-key"),
        ([{"name": ""}], "empty-text"),
        ([{"name": "AP", "passed": "2026-12"}], "starts-in-future"),
        ([{"name": "AP", "passed": 2012}], "not-a-month"),
        (["AP"], "wrong-type"),
        ({"AP": "2012-10"}, "wrong-type"),
    ],
)
def test_faults_of_examinations(value: object, code: str) -> None:
    """Names, types, and passes of the future."""
    assert fault(person(examinations=value)).code == code


@pytest.mark.parametrize("level", range(8))
def test_a_proficiency_level_is_0_to_7(level: int) -> None:
    """0 says that there is none; a skill goes by its names."""
    assert read(person(skills={"サービスサポート": level})).skills == {"service-support": level}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"service-support": 8}, "level-out-of-range"),
        ({"service-support": -1}, "level-out-of-range"),
        ({"service-support": "3"}, "wrong-type"),
        ({"service-support": True}, "wrong-type"),
        ({"service-support": 1.5}, "wrong-type"),
        ({"juggling": 3}, "unknown-skill"),
        (["service-support"], "wrong-type"),
    ],
)
def test_faults_of_skills(value: object, code: str) -> None:
    """Names, types, and levels that do not exist."""
    assert fault(person(skills=value)).code == code


def test_a_skill_that_is_given_two_levels_is_a_fault() -> None:
    """Under two of its names; neither wins by its place in the file."""
    faults(person(skills={"service-support": 3, "サービスサポート": 2}))


def test_knowledge_is_a_list_of_items() -> None:
    """By their ids or names; a heading is none."""
    assert read(person(knowledge=["監視", "monitoring"])).knowledge == frozenset({"monitoring"})
    for value, code in ((["all"], "unknown-knowledge"), ({"monitoring": True}, "wrong-type")):
        assert fault(person(knowledge=value)).code == code


@pytest.mark.parametrize(
    "schema", ["tassei/evidence/2", "", 1, True, None, ["tassei/evidence/1"], {}]
)
def test_another_schema_is_a_fault(schema: object) -> None:
    """Whatever it is, it is shown as it was written."""
    found = fault(person() | {"schema": schema})
    assert found.code == "wrong-schema"
    assert SCHEMA in found.repair.en


@pytest.mark.parametrize(
    ("path", "key", "near"),
    [
        ((), "engagement", "engagements"),
        (("person",), "nmae", "name"),
        (("engagements", 0), "titel", "title"),
        (("professional",), "area", "areas"),
        (("professional", "succession", 0), "knd", "kind"),
        (("examinations", 0), "pased", "passed"),
    ],
)
def test_a_misspelt_key_is_a_fault_everywhere(
    path: tuple[str | int, ...], key: str, near: str
) -> None:
    """With the key that was meant."""
    value: Any = copy.deepcopy(FULL)
    inside = value
    for step in path:
        inside = inside[step]
    inside[key] = 1
    found = fault(value)
    assert (found.code, found.repair.en) == ("unknown-key", f'did you mean "{near}"?')


def test_all_faults_are_reported_at_once_by_line() -> None:
    """In the order of the file, whatever the order in which they were found."""
    found = faults(
        f"""\
schema: {SCHEMA}
person: {{id: E1, nick: x}}
knowledge: [nothing]
skills: {{service-support: 9}}
engagements:
- id: a
  size: {{managed_staff: -1}}
  complexity: [nothing]
  role: boss
- title: x
  to: someday
- id: b
  form: 2019-04
"""
    )
    assert [(f.line, f.code) for f in found] == [
        (2, "unknown-key"),
        (3, "unknown-knowledge"),
        (4, "level-out-of-range"),
        (7, "negative-amount"),
        (8, "unknown-criterion"),
        (9, "unknown-role"),
        (10, "missing-key"),
        (13, "unknown-key"),
    ]
    assert {f.file for f in found} == {"a.yaml"}


def test_faults_of_one_line_have_a_fixed_order() -> None:
    """The same in every run of the program, whatever its hash seed."""
    script = """if True:
        from evidence.small import KNOWN, AS_OF
        from tassei.errors import EvidenceError
        from tassei.evidence.read import record_from
        from tassei.marked import parse
        try:
            record_from(parse('{"x": 1, "engagements": [{"complexity": ["q", "r", "s"]}]}', "a"), KNOWN, AS_OF, "a")
        except EvidenceError as error:
            print(error)
    """
    tests = Path(__file__).parent.parent
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ
            | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(tests), *sys.path])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "012345"
    }
    assert len(said) == 1
    assert b"missing" in said.pop()


WRONG: tuple[Any, ...] = (
    None,
    True,
    7,
    -7,
    1.5,
    "",
    "x",
    [],
    ["x"],
    [[]],
    {},
    {"x": 1},
    [{"id": "a"}],
)


def _replaced(value: Any, wrong: Any) -> Iterator[Any]:
    """The value with each one of its parts replaced."""
    yield wrong
    if isinstance(value, dict):
        for key in value:
            yield from (value | {key: v} for v in _replaced(value[key], wrong))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from ([*value[:n], v, *value[n + 1 :]] for v in _replaced(inner, wrong))


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_any_value_in_any_place_is_read_or_is_a_fault_in_plain_words(wrong: Any) -> None:
    """Never a traceback; and no message shows how the program is made."""
    partial = FULL["engagements"][0] | {"complexity": {"structure": True}}
    for value in _replaced(
        FULL | {"engagements": [*FULL["engagements"], partial | {"id": "b"}]}, wrong
    ):
        if isinstance(value, str):
            continue  # the whole replaced by text, which would be read as YAML
        try:
            read(value)
        except EvidenceError as error:
            for found in error.faults:
                for said in (*_both(found.what), *_both(found.repair), *_both(found.where)):
                    assert not any(
                        word in said for word in ("Marked", "None", "True", "False", "['", "{'")
                    )
                    assert "\n" not in said


def _both(text: Text) -> tuple[str, str]:
    return text.ja, text.en


def test_a_file_is_yaml_or_json(tmp_path: Path) -> None:
    """Whatever its name, but for JSON Lines."""
    written = json.dumps(FULL, ensure_ascii=False, indent="\t")
    for name, text in (("a.yaml", as_yaml(FULL)), ("a.json", written), ("a.txt", written)):
        (tmp_path / name).write_text(text, "utf-8")
        [found] = read_evidence(tmp_path / name, KNOWN, AS_OF)
        assert found.evidence == read(FULL)


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    """In every form."""
    for name in ("a.yaml", "a.json", "a.jsonl"):
        (tmp_path / name).write_text("\ufeff" + json.dumps(FULL), "utf-8")
        [found] = read_evidence(tmp_path / name, KNOWN, AS_OF)
        assert found.evidence == read(FULL)


def test_surrogate_pairs_of_json_are_one_character(tmp_path: Path) -> None:
    """Names have characters beyond the basic plane."""
    for name in ("a.json", "a.jsonl"):
        (tmp_path / name).write_text(
            json.dumps(person() | {"person": {"id": "E1", "name": "𠮷野 😀"}})
        )
        [found] = read_evidence(tmp_path / name, KNOWN, AS_OF)
        assert found.evidence.person.name == "𠮷野 😀"


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson"])
def test_json_lines_hold_one_person_a_line(tmp_path: Path, suffix: str) -> None:
    """Read one after the other; empty lines are passed over."""
    path = tmp_path / f"team{suffix}"
    people = [person() | {"person": {"id": f"E{n}"}} for n in range(3)]
    path.write_text("\n".join(map(json.dumps, people)) + "\n\n  \n")
    assert [r.evidence.person.id for r in read_evidence(path, KNOWN, AS_OF)] == ["E0", "E1", "E2"]


def test_a_faulty_line_is_named_by_its_number(tmp_path: Path) -> None:
    """Empty lines count; the people before it have been read by then."""
    path = tmp_path / "team.jsonl"
    path.write_text(json.dumps(person()) + "\n\n" + json.dumps(work(role="boss")) + "\n")
    found = read_evidence(path, KNOWN, AS_OF)
    assert next(found).evidence.person.id == "E1"
    with pytest.raises(EvidenceError) as caught:
        next(found)
    assert [(f.code, f.line, f.file) for f in caught.value.faults] == [
        ("unknown-role", 3, str(path))
    ]


@pytest.mark.parametrize(("data", "code"), [(b"\xff\n", "not-utf-8"), (b"\0\n", "nul-byte")])
def test_bytes_that_are_no_text_are_found_on_their_line(
    tmp_path: Path, data: bytes, code: str
) -> None:
    """In JSON Lines as in YAML."""
    path = tmp_path / "team.jsonl"
    path.write_bytes(json.dumps(person()).encode() + b"\n\n" + data)
    with pytest.raises(RequestError) as caught:
        list(read_evidence(path, KNOWN, AS_OF))
    assert [(f.code, f.line) for f in caught.value.faults] == [(code, 3)]


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.jsonl"])
def test_an_empty_file_is_a_fault(tmp_path: Path, name: str) -> None:
    """In every form."""
    (tmp_path / name).write_text("\n \n")
    with pytest.raises(RequestError) as caught:
        list(read_evidence(tmp_path / name, KNOWN, AS_OF))
    assert [f.code for f in caught.value.faults] == ["empty-file"]


def test_names_of_files_do_not_depend_on_case(tmp_path: Path) -> None:
    """TEAM.JSONL is JSON Lines."""
    path = tmp_path / "TEAM.JSONL"
    path.write_text((json.dumps(person()) + "\n") * 2)
    assert len(list(read_evidence(path, KNOWN, AS_OF))) == 2


def _shuffled(value: Any, order: random.Random) -> Any:
    """The same data with every list and every mapping in another order."""
    if isinstance(value, dict):
        return {k: _shuffled(value[k], order) for k in order.sample(sorted(value), len(value))}
    if isinstance(value, list):
        return [_shuffled(v, order) for v in order.sample(value, len(value))]
    return value


@given(people, st.randoms(use_true_random=False))
@settings(derandomize=True, deadline=None)
def test_a_shuffled_file_reads_equal(value: dict[str, Any], order: random.Random) -> None:
    """Two files that differ only in order are one evidence, with one digest, in YAML and in JSON."""
    one = read(value)
    for other in (
        read(_shuffled(value, order)),
        read(as_yaml(_shuffled(value, order))),
        read(json.dumps(value)),
    ):
        assert other == one
        assert evidence_digest(other) == evidence_digest(one)


def test_words_and_figures_read_equal() -> None:
    """It is the same evidence whether it says 26億円 or 2600000000, 責任者 or responsible."""
    said = copy.deepcopy(FULL)
    said["engagements"][0] |= {
        "from": "平成31年4月", "to": "2023年3月", "role": "責任者", "supervised": "いいえ",
        "complexity": ["体制", "国際的な運用"],
        "size": {"scope": "特定ユーザ", "annual_contract_yen": "26億円", "managed_staff": "260人"},
    }  # fmt: skip
    assert read(said) == read(FULL)
    assert evidence_digest(read(said)) == evidence_digest(read(FULL))


def test_a_difference_shows_in_the_digest() -> None:
    """In every value that is recorded, and between what is unknown and what is none."""
    changed = [
        person(),
        person(engagements=[]),
        person(engagements=[{"id": "a"}]),
        work(complexity=[]),
        work(complexity={}),
        work(complexity=["structure"]),
        work(complexity={"structure": True}),
        work(complexity={"structure": False}),
        work(size={"managed_staff": 1}),
        work(size={"managed_staff": 2}),
        work(from_="2019-04"),
        work(to="2019-04"),
        work(supervised=True),
        work(supervised=False),
        work(succeeded=True),
        work(fields=[]),
        work(achieved=["sla"]),
        work(activities=[]),
        person(for_=["one/it"]),
        person(professional={"areas": {}}),
        person(professional={"succession": []}),
        person(professional={"mentoring": False}),
        person(examinations=[]),
        person(examinations=[{"name": "AP"}]),
        person(examinations=[{"name": "AP", "passed": "2012-10"}]),
        person(skills={}),
        person(skills={"service-support": 0}),
        person(knowledge=[]),
        person(knowledge=["monitoring"]),
        person() | {"person": {"id": "E2"}},
        person() | {"person": {"id": "E1", "name": "x"}},
    ]
    digests = [evidence_digest(read(value)) for value in changed]
    assert len(set(digests)) == len(changed)


def test_faults_of_all_lines_are_reported_at_once(tmp_path: Path) -> None:
    """Whether a line is no JSON, no text, or no evidence; by their numbers."""
    path = tmp_path / "team.jsonl"
    good = json.dumps(person()).encode()
    bad = [json.dumps(work(role="boss")).encode(), good, b"{", b"\xff", b"", b'{"a": 1, "a": 2}']
    path.write_bytes(b"\n".join(bad))
    found = read_evidence(path, KNOWN, AS_OF)
    assert next(found).evidence.person.id == "E1"
    with pytest.raises(EvidenceError) as caught:
        next(found)
    assert [(f.code, f.line) for f in caught.value.faults] == [
        ("unknown-role", 1),
        ("broken-json", 3),
        ("not-utf-8", 4),
        ("doubled-key", 6),
    ]


def test_a_file_of_nothing_but_faults_is_not_read_to_its_end(tmp_path: Path) -> None:
    """What was named wrongly may have millions of lines."""
    path = tmp_path / "team.jsonl"
    path.write_bytes(b"no json\n" * 100_000)
    with pytest.raises(RequestError) as caught:
        list(read_evidence(path, KNOWN, AS_OF))
    assert len(caught.value.faults) == MOST_FAULTS
