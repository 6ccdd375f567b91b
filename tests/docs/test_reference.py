"""The reference is complete: every command, reading, word, node and key has its place in it."""

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pyarrow as pa
import pytest

import casebook
from docs.pages import ROOT, Page, page_of
from tassei.cli.context import Session
from tassei.cli.main import app
from tassei.encoding.standards import Standards
from tassei.encoding.table import COLUMNS, indicator_rows
from tassei.evidence.amounts import parse_whole
from tassei.evidence.known import DEPTH_WORDS, ONGOING_WORDS, ROLE_WORDS, TRUTH_WORDS, Known
from tassei.evidence.months import Month
from tassei.evidence.read import record_from
from tassei.framework.doubts import CLAUSES, KINDS
from tassei.framework.readings import Reading
from tassei.judging.judge import Judge
from tassei.marked import MAX_BYTES, MAX_DEPTH, parse_line
from tassei.population.schema import engagements_schema, people_schema
from tassei.population.store import ENGAGEMENTS_IN_GROUP, PEOPLE_IN_GROUP
from tassei.reporting.judgements import Writer
from tassei.rules import checks, nodes
from tassei.rules.nodes import walk
from tassei.text import LANGS, Lang

SOURCE = ROOT / "src" / "tassei"


def _commands(
    group: click.Group, lang: Lang, above: str = ""
) -> Iterator[tuple[str, click.Command]]:
    """Every command by its full name, those of a group behind the group."""
    context = click.Context(group, obj=Session(lang, explicit=True))
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{above}{name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, lang, f"{above}{name} ")


@pytest.mark.parametrize("lang", LANGS)
def test_command_line_reference_is_complete(lang: Lang) -> None:
    """Every command has a section, every option and argument of it a row there, and no other."""
    page = page_of("reference/cli.md", lang)
    named = re.findall(r"(?m)^## tassei ([\w -]+)$", page.text)
    commands = dict(_commands(app(Session(lang, explicit=True)), lang))
    assert named == list(commands)
    for name, command in commands.items():
        section = page.section(f"tassei {name}")
        assert f"$ tassei {name} --help" in section
        rows = re.findall(r"(?m)^\| `([^`]+)` \|", section)
        flags = [row.split()[0] for row in rows if row.startswith("--")]
        options = [p for p in command.params if isinstance(p, click.Option)]
        assert sorted(flags) == sorted(p.opts[0] for p in options), f"options of {name}"
        arguments = [p for p in command.params if isinstance(p, click.Argument)]
        assert len(rows) - len(flags) == len(arguments), f"arguments of {name}"
        for option in options:
            row = next(r for r in rows if r.split()[0] == option.opts[0])
            assert option.is_flag == (" " not in row), f"{name} {row}"


@pytest.mark.parametrize("lang", LANGS)
def test_readings_reference_is_complete(lang: Lang, standards: Standards, judge: Judge) -> None:
    """Every reading stands there as registered, with the editions whose rules it changes."""
    page = page_of("reference/readings.md", lang)
    assert re.findall(r"(?m)^## (R-\w+)$", page.text) == [r.id for r in standards.readings]
    for reading in standards.readings:
        section = page.section(reading.id)
        assert reading.question[lang] in section, reading.id
        assert reading.why[lang] in section, reading.id
        rows = re.findall(r"(?m)^\| `(\w+)` \| (.*?) \|(.*)\|$", section)
        assert [(i, m) for i, m, _ in rows] == [
            (a.id, a.meaning[lang]) for a in reading.alternatives
        ], reading.id
        changed = {"en": "Changes rules of: ", "ja": "規則が変わる版: "}[lang]
        [line] = [t for t in section.split("\n") if t.startswith(changed)]
        assert re.findall(r"`([^`]+)`", line) == _changed_by(reading, standards, judge), reading.id
        default = {"en": "default", "ja": "既定"}[lang]
        assert [default in rest for _, _, rest in rows] == [
            a.id == reading.default for a in reading.alternatives
        ], reading.id


def _changed_by(reading: Reading, standards: Standards, judge: Judge) -> list[str]:
    """Ids of the editions that have another rule under another alternative of a reading."""
    found: set[str] = set()
    for alternative in reading.alternatives[1:]:
        other = Judge(standards, standards.readings_with({reading.id: alternative.id}))
        pairs = zip(judge.rungs, other.rungs, strict=True)
        found |= {mine.edition.id for mine, theirs in pairs if mine.rule != theirs.rule}
    return [e.id for e in standards.editions if e.id in found]


def _public_classes(package: str) -> set[str]:
    """`package.Class` of every public class that a package defines."""
    home = importlib.import_module(f"tassei.{package}")
    modules = [
        importlib.import_module(m.name)
        for m in pkgutil.iter_modules(home.__path__, f"tassei.{package}.")
    ]
    return {
        f"{package}.{name}"
        for module in modules
        for name, value in inspect.getmembers(module, inspect.isclass)
        if value.__module__ == module.__name__ and not name.startswith("_")
    }


def _glossary(lang: Lang) -> list[list[str]]:
    """The rows of the glossary's tables: the cells of those that begin with an identifier."""
    text = page_of("reference/glossary.md", lang).text
    rows = [line for line in text.split("\n") if line.startswith("| `")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


@pytest.mark.parametrize("lang", LANGS)
def test_glossary_has_every_public_class(lang: Lang) -> None:
    """Every public class of framework, rules and evidence has a row, and no row is left over."""
    wanted = set().union(*map(_public_classes, ("framework", "rules", "evidence")))
    allowed = wanted | _public_classes("judging")
    named: set[str] = set()
    for row in _glossary(lang):
        assert len(row) == 6, f"{row[0]} has {len(row)} cells"
        assert all(row), f"{row[0]} has an empty cell"
        for name in re.findall(r"`([\w.]+)`", row[0]):
            found = {c for c in allowed if c == name or c.split(".")[1] == name}
            assert len(found) == 1, f"{name} means {found or 'nothing'}"
            named |= found
    assert wanted <= named, f"missing: {sorted(wanted - named)}"


def test_glossary_is_the_same_in_both_languages() -> None:
    """Identifiers and the words in both languages stand in the same rows of both pages."""
    english, japanese = (_glossary(lang) for lang in ("en", "ja"))
    assert [row[:3] for row in english] == [row[:3] for row in japanese]
    assert [row[5] for row in english] == [row[5] for row in japanese]


def test_words_not_to_use_are_not_used() -> None:
    """No synonym that the glossary rules out occurs in the source."""
    source = {p: p.read_text("utf-8") for p in SOURCE.rglob("*.py")}
    words = [w for row in _glossary("en") for w in re.findall(r"`([^`]+)`", row[5])]
    assert words
    for word in words:
        pattern = re.compile(
            rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word),
            re.IGNORECASE,
        )
        used = [
            p.relative_to(SOURCE).as_posix() for p, text in source.items() if pattern.search(text)
        ]
        assert not used, f"{word!r} is used in {used}"


def _mapping_keys(path: Path) -> set[str]:
    """The keys that a reader asks a mapping for: every set of words in its source."""
    tree = ast.parse(path.read_text("utf-8"))
    sets = (n for n in ast.walk(tree) if isinstance(n, ast.Set))
    return {
        e.value
        for s in sets
        for e in s.elts
        if isinstance(e, ast.Constant) and isinstance(e.value, str)
    }


def _unnamed(words: set[str], page: Page) -> list[str]:
    """Of some words those that a page does not set in code type, alone or as a key."""
    spans = set(re.findall(r"`([^`\n]+)`", page.prose()))
    return sorted(w for w in words if w not in spans)


@pytest.mark.parametrize("lang", LANGS)
def test_rule_language_reference_is_complete(lang: Lang, judge: Judge) -> None:
    """Every node, every clause label, every key of an encoding and of a case, every finding."""
    page = page_of("reference/rule-language.md", lang)
    leaves = {
        n for n, v in inspect.getmembers(nodes, inspect.isclass) if v.__module__ == nodes.__name__
    }
    kinds = set(get_args(nodes.AtomKind))
    readers = ("load", "register", "indicators", "skills", "values")
    keys = set().union(*(_mapping_keys(SOURCE / "encoding" / f"{name}.py") for name in readers))
    keys |= _mapping_keys(Path(casebook.__file__))
    labels = {n.label for r in judge.rungs for n in walk(r.rule)} | {
        "of_which",
        "skill",
        "knowledge",
    }
    labels = {re.sub(r"^level_\d$", "level_N", label) for label in labels} - {"any", "always"}
    findings = set(get_args(checks.FindingCode))
    for words in (leaves, kinds, keys, labels, findings):
        assert words
        assert not _unnamed(words, page)


@pytest.mark.parametrize("lang", LANGS)
def test_evidence_reference_is_complete(lang: Lang, known: Known) -> None:
    """Every key of evidence, every role, depth, measure and size in words."""
    page = page_of("reference/evidence.md", lang)
    vocabulary = known.vocabulary
    scales = {t.id for s in vocabulary.scales.values() for t in s.terms()}
    for words in (
        set().union(*map(_mapping_keys, (SOURCE / "evidence").glob("*.py"))),
        set(ROLE_WORDS),
        set(DEPTH_WORDS),
        set(vocabulary.measures),
        set(vocabulary.scales) | scales,
        set(vocabulary.broader).union(*vocabulary.broader.values()),
    ):
        assert words
        assert not _unnamed(words, page)


@pytest.mark.parametrize("lang", LANGS)
def test_ways_to_write_a_value_are_understood(lang: Lang) -> None:
    """Each example in the table of the evidence reference is read, each refused one is refused."""
    page = page_of("reference/evidence.md", lang)
    heading = {"en": "Ways to write a value", "ja": "値の書き方"}[lang]
    section = page.section(heading)
    rows = [re.findall(r"`([^`]+)`", r) for r in section.split("\n") if r.startswith("| ")]
    _, months, counts, yen, truth, ongoing = rows
    assert len({Month.parse(m) for m in months}) == 1
    assert [parse_whole(c, money=False) for c in counts] == [260, 1200, 260, 30]
    assert {parse_whole(y, money=True) for y in yen} == {260_000_000, 150_000_000}
    assert set(truth) == set(TRUTH_WORDS)
    assert set(ongoing) == ONGOING_WORDS
    [refused] = re.findall(r"[(（](`約.+?)[)）]", section)
    for written in re.findall(r"`([^`]+)`", refused):
        with pytest.raises(ValueError, match="not a whole number"):
            parse_whole(written, money=written.endswith("円"))


@pytest.mark.parametrize("lang", LANGS)
def test_limits_are_those_of_the_reader(lang: Lang) -> None:
    """The evidence reference names the size and depth at which a file is refused."""
    text = page_of("reference/evidence.md", lang).text
    assert f"{MAX_BYTES // 1024} KiB" in text
    assert re.search(rf"(?<![0-9]){MAX_DEPTH}( levels deep|段)", text)


def _keys_of(value: Any) -> set[str]:
    """All keys inside plain data."""
    if isinstance(value, dict):
        return set(value).union(*map(_keys_of, value.values()))
    return set().union(*map(_keys_of, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("lang", LANGS)
def test_indicator_table_reference_is_complete(lang: Lang, standards: Standards) -> None:
    """Every key of the JSON and every column of the flat forms."""
    page = page_of("reference/indicator-table.md", lang)
    rows = indicator_rows(standards, standards.editions)
    assert not _unnamed(_keys_of(rows) | {name for name, _ in COLUMNS}, page)


@pytest.mark.parametrize("lang", LANGS)
def test_judgement_reference_is_complete(lang: Lang, judge: Judge, known: Known) -> None:
    """Every key of a judgement, and every verdict and route."""
    page = page_of("reference/judgement.md", lang)
    person = {"schema": "tassei/evidence/1", "person": {"id": "x"}}
    evidence = record_from(
        parse_line(json.dumps(person), "x", 1), known, Month.of(2026, 11), "x"
    ).evidence
    found = [Writer(judge, lang).as_json(j) for j in judge.judge_all(evidence, Month.of(2026, 11))]
    keys = _keys_of(found) - {r for r, _ in judge.readings}
    words = keys | {"met", "not_met", "undetermined", "indicator", "examination"}
    assert not _unnamed(words, page)


@pytest.mark.parametrize("lang", LANGS)
def test_doubts_reference_is_complete(lang: Lang) -> None:
    """Every field of an entry, every kind and every clause."""
    page = page_of("reference/doubts.md", lang)
    fields = _mapping_keys(SOURCE / "encoding" / "register.py")
    assert not _unnamed(fields | KINDS | CLAUSES, page)


@pytest.mark.parametrize("lang", LANGS)
def test_rules_that_find_doubts_are_all_listed(lang: Lang) -> None:
    """Each with its kind and what it looks for, and no other."""
    from tassei.comparing.finding.find import rules

    page = page_of("reference/doubt-rules.md", lang)
    rows = re.findall(r"(?m)^\| `([^`]+)` \| `([^`]+)` \| (.+) \|$", page.text)
    assert rows == [(r.id, r.kind, r.what[lang]) for r in sorted(rules(), key=lambda r: r.id)]


@pytest.mark.parametrize("lang", LANGS)
def test_crosswalk_reference_is_complete(lang: Lang) -> None:
    """Every key and every relation has a row."""
    from tassei.framework.crosswalk import LINK_KINDS, RELATIONS

    page = page_of("reference/crosswalk.md", lang).text
    rows = re.findall(r"(?m)^\| (`.+?) \|", page)
    named = {w for row in rows for w in re.findall(r"`([^`]+)`", row)}
    expected = {"schema", "pairs", "from", "to", "translation", "levels", "relation", "why"}
    assert named == expected | set(LINK_KINDS) | set(RELATIONS)


_TYPES: dict[Lang, dict[str, str]] = {
    "en": {
        "string": "text", "bool": "truth", "int8": "whole number (8 bits)",
        "int32": "whole number (32 bits)", "int64": "whole number (64 bits)",
        "list": "list of {}", "struct": "struct",
    },
    "ja": {
        "string": "文字列", "bool": "真偽", "int8": "整数（8ビット）",
        "int32": "整数（32ビット）", "int64": "整数（64ビット）",
        "list": "{}のリスト", "struct": "構造体",
    },
}  # fmt: skip


def _columns(fields: Iterable[pa.Field], lang: Lang, above: str = "") -> Iterator[tuple[str, str]]:
    """Every column and every member of one, with its type in words."""
    words = _TYPES[lang]
    for field in fields:
        inner = field.type.value_type if pa.types.is_list(field.type) else field.type
        of = "struct" if pa.types.is_struct(inner) else str(inner)
        kind = words["list"].format(words[of]) if pa.types.is_list(field.type) else words[of]
        yield f"{above}{field.name}", kind
        if pa.types.is_struct(inner):
            yield from _columns(inner, lang, f"{above}{field.name}.")


@pytest.mark.parametrize("lang", LANGS)
def test_population_reference_is_complete(lang: Lang, standards: Standards) -> None:
    """Every column of both tables stands there in order, with its type, its unit and its null."""
    page = page_of("reference/population.md", lang)
    headings: dict[Lang, tuple[str, str]] = {"en": ("People", "Engagements"), "ja": ("人", "業務")}
    schemas = people_schema(), engagements_schema(standards.vocabulary)
    never = {"en": "never", "ja": "ない"}[lang]
    for heading, schema in zip(headings[lang], schemas, strict=True):
        section = page.section(heading)
        rows = re.findall(r"(?m)^\| `([\w.]+)` \| (.*?) \| (.*?) \| (.*?) \|$", section)
        assert [(name, kind) for name, kind, _, _ in rows] == list(_columns(schema, lang))
        nulls = {name: null for name, _, _, null in rows}
        for field in schema:
            assert (nulls[field.name] == never) is not field.nullable, field.name
        units = {name: meaning for name, _, meaning, _ in rows}
        for measure in standards.vocabulary.measures.values():
            if heading == headings[lang][1]:
                assert measure.unit[lang] in units[f"size.{measure.id}"], measure.id
    groups = (f"{PEOPLE_IN_GROUP:,}", f"{ENGAGEMENTS_IN_GROUP:,}")
    assert all(number in page.text for number in groups)
