"""What is wrong with a file or a request is one clear message in the reader's language.

Every code that a command may end with has a faulty input here, and the exact message that is shown
for it in each language: `tests/bad/<code>.*`. TASSEI_ACCEPT=1 renews the messages, to be reviewed
in the diff.
"""

import errno
import io
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

import tassei.cli.options
from golden import check
from population.faulty import FAULTY, TWO, judged
from tassei.cli.main import main
from tassei.errors import Fault, StandardError
from tassei.population import spark, worker
from tassei.text import LANGS, Lang, Text
from tassei.web.backup import backup

TESTS = Path(__file__).resolve().parent.parent
BAD = TESTS / "bad"
MIDORI = TESTS.parent / "examples" / "midori.yaml"
FIELD = "itss-v2-2006/it-service-management/operations-management"
JUDGE = ("--as-of", "2026-11", "--out", "out.txt")
PLAN = ("--to", f"{FIELD}/6", *JUDGE)
MAP = ("--map", "itss-v2-2006/it-service-management", "--picture")
STAFF = ("planning/assignments.yaml", *JUDGE)
GOLDEN = re.compile(r".+\.(en|ja)\.txt")
Capture = pytest.CaptureFixture[str]


def _sparse(path: Path) -> None:
    """Fifty megabytes that take no space."""
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)


def _shift_jis(path: Path) -> None:
    path.write_bytes("schema: tassei/evidence/1\nperson: {id: E1024, name: 見本}\n".encode("cp932"))


def _served(folder: Path) -> None:
    """A data folder, and a backup that a later version has made of one."""
    (folder / "served").mkdir()
    with closing(sqlite3.connect(folder / "served" / "tassei.sqlite3")) as database:
        database.executescript(
            "CREATE TABLE web_chainhead(id, number, digest);"
            "CREATE TABLE django_migrations(app, name);"
            "INSERT INTO django_migrations VALUES('web', '9999_later')"
        )
    backup(folder / "served", folder / "b.zip")
    with (
        zipfile.ZipFile(folder / "b.zip") as made,
        zipfile.ZipFile(folder / "later.zip", "w") as later,
    ):
        manifest = json.loads(made.read("manifest.json")) | {"version": "9.0.0"}
        later.writestr("manifest.json", json.dumps(manifest))
        later.writestr("tassei.sqlite3", made.read("tassei.sqlite3"))
    (folder / "b.zip").unlink()


def _full_folder(path: Path) -> None:
    path.mkdir()
    (path / "midori.yaml").touch()


MADE: dict[str, Callable[[Path], object]] = {
    "file-too-large.yaml": _sparse,
    "is-a-directory.yaml": lambda path: os.mkdir(path),
    "no-permission.yaml": lambda path: path.write_bytes(b""),
    "not-utf-8.yaml": _shift_jis,
    "nul-byte.yaml": lambda path: path.write_bytes(b"schema: tassei/evidence/1\n\0\n"),
    "full": _full_folder,
}
"""Faulty inputs that are no text, so that they are made here instead of being kept."""
PACK = ("population", "pack", "--as-of", "2026-11", "--out", "packed")
SUMMARY = ("population", "summary", "people", "verdicts.parquet")
COMPARE = ("population", "compare", "people", "--as-of", "2026-11")
EDITION = "itss-v2-2006/it-service-management"
REFORM = f"schema: tassei/reform/1\nedition: {EDITION}\nchanges:\n"
CHANGE = "- {field: operations-management, level: 5, clause: responsability.years, value: 2}\n"
TOO_LARGE = """schema: tassei/evidence/1
person: {id: E1}
engagements: [{id: core-banking, size: {annual_contract_yen: 10000000000000000000}}]
"""
ENGINE = ("population", "judge", "s3://b/people", "--out", "s3://b/verdicts", "--as-of", "2026-11",
          "--engine", "spark", "--remote")  # fmt: skip
ENGINES: dict[str, Callable[[str], Exception]] = {
    "engine-failed": lambda remote: _said(
        "[PYTHON_EXCEPTION] An exception was thrown from the Python worker: Traceback:\n"
        "MemoryError: cannot allocate 64 MiB\n\nJVM stacktrace:\norg.apache.spark.SparkException\n"
    ),
    "engine-lost": lambda remote: _said("[RETRIES_EXCEEDED] The maximum number of retries …"),
    "engine-unreachable": spark._unreachable,
    "no-engine": spark._other,
    "place-taken": lambda remote: spark._taken("s3://b/verdicts"),
    "workers-differ": lambda remote: worker._differs("0.1.0", "editions, engine"),
    "workers-lack-library": lambda remote: _said("ModuleNotFoundError: No module named 'tassei'"),
}
"""What engines do, in the words in which they say it; by the code of what is made of it. What they do
for real is in `population/test_spark.py`."""


def _said(words: str) -> Exception:
    from pyspark.errors import PySparkException

    return PySparkException(words)


@frozen
class Case:
    """A code, and a command that ends with it."""

    code: str
    argv: tuple[str, ...]


CASES = (
    *(
        Case(path.stem, ("judge", path.name, *JUDGE))
        for path in sorted(BAD.iterdir())
        if path.is_file() and not GOLDEN.fullmatch(path.name)
        if path.stem not in ("not-a-judgement", "evidence-not-found")
    ),
    *(Case(name.split(".")[0], ("judge", name, *JUDGE)) for name in MADE if name != "full"),
    Case("no-such-file", ("judge", "no-such-file.yaml", *JUDGE)),
    Case("unreadable-file", ("judge", "empty-file.yaml/evidence.yaml", *JUDGE)),
    Case("no-evidence", ("judge", *JUDGE)),
    Case("unknown-level", ("judge", "midori.yaml", *JUDGE, "--level", f"{FIELD}/9")),
    Case("level-expected", ("judge", "midori.yaml", *JUDGE, "--level", FIELD)),
    Case("malformed-reading", ("judge", "midori.yaml", *JUDGE, "--reading", "literal")),
    Case("unknown-reading", ("judge", "midori.yaml", *JUDGE, "--reading", "R-ENTRI=literal")),
    Case("unknown-alternative", ("judge", "midori.yaml", *JUDGE, "--reading", "R-ENTRY=strict")),
    Case("cannot-write", ("judge", "midori.yaml", *JUDGE, "--out", "no-such-folder/out.txt")),
    Case("not-a-judgement", ("judge", "--verify", "not-a-judgement.jsonl")),
    Case("evidence-not-found", ("judge", "--verify", "evidence-not-found.jsonl")),
    Case("unknown-doubt", ("doubts", "D-")),
    Case("edition-expected", ("doubts", "--find")),
    Case("editions-expected", ("compare", "itss-v3/it-service-management")),
    Case("unknown-category", ("compare", "--lineage", "it-service-managment")),
    Case(
        "two-documents-expected",
        ("compare", "itss-v2/operations", "itss-v3/it-service-management", "--document", "a.txt"),
    ),
    Case("folder-not-empty", ("demo", "--write", "full")),
    Case("missing-extra", ("population", "unpack", "population")),
    Case("not-a-population", ("population", "generate", "--people", "1", "--out", "full")),
    Case("doubled-person", (*PACK, "midori.yaml", "midori.yaml")),
    Case("amount-too-large", (*PACK, "large")),
    *(Case(code, ("population", "unpack", code)) for code in FAULTY),
    Case(
        "unknown-value",
        ("population", "judge", "broken-value", "--out", "v.parquet", "--as-of", "2026-11"),
    ),
    Case("no-verdicts", ("population", "summary", "people", "people/people.parquet")),
    Case("verdicts-of-others", ("population", "summary", "people", "others.parquet")),
    Case("unknown-unit", (*SUMMARY, "--unit", "Operations/Bankin")),
    Case("out-needed", (*SUMMARY, "--format", "xlsx")),
    Case("field-needed", (*SUMMARY, "--by", "unit")),
    Case("ambiguous-field", (*SUMMARY, "--field", "service-desk")),
    Case("no-such-person", ("population", "explain", "people", "E9")),
    Case("two-sides-needed", (*COMPARE, "--edition", EDITION)),
    Case("malformed-pair", (*COMPARE, "--edition", EDITION, "--edition", EDITION, "--pair", "x")),
    Case("no-changes", (*COMPARE, "--reform", "no-changes")),
    Case("no-such-clause", (*COMPARE, "--reform", "no-such-clause")),
    Case("no-workspace", ("editions", "--standards", "no-such-folder")),
    Case("no-indicators", ("import", "midori.yaml")),
    Case("draft-exists", ("import", "midori.yaml", "--id", "itss-v3/it-service-management")),
    *(
        Case(code, ("plan", "midori.yaml", *PLAN, "--costs", f"planning/{code}.yaml"))
        for code in ("cost-out-of-range", "unknown-costed")
    ),
    Case(
        "several-editions",
        ("plan", "planning/two-editions.yaml", *PLAN[2:], "--to", "service-desk/3"),
    ),
    Case("several-answers", ("plan", "midori.yaml", *PLAN, "--next")),
    Case("option-missing", ("plan", "midori.yaml", *PLAN[2:], "--path")),
    Case("deadline-passed", ("plan", "midori.yaml", *PLAN, "--by", "2026-10")),
    Case("one-person-expected", ("plan", "planning/two.jsonl", *PLAN, "--applied", "after.json")),
    Case("unknown-picture", ("plan", "midori.yaml", *PLAN[2:], *MAP, "map.jpeg")),
    Case("doubled-record", ("staff", *STAFF, "midori.yaml", "midori.yaml")),
    Case("unknown-person", ("staff", *STAFF, "midori.yaml", "--leaves", "E1")),
    Case("malformed-database", ("serve", "--database", "mysql://localhost/skills")),
    Case("malformed-mail", ("serve", "--mail", "mail.example.jp")),
    Case("demo-is-local", ("serve", "--demo", "--origin", "https://skills.example.jp")),
    Case("malformed-origin", ("serve", "--origin", "skills.example.jp")),
    Case("cannot-listen", ("serve", "--host", "203.0.113.1")),
    Case("no-database", ("backup", "--data", "no-such-folder", "b.zip")),
    Case("file-exists", ("backup", "--data", "served", "midori.yaml")),
    Case("folder-in-use", ("restore", "--data", "served", "later.zip")),
    Case("damaged-backup", ("restore", "--data", "restored", "midori.yaml")),
    Case("backup-of-later-version", ("restore", "--data", "restored", "later.zip")),
    Case("remote-needed", ENGINE[:-1]),
    Case("standards-not-there", (*ENGINE, "sc://localhost:1", "--standards", ".")),
    Case("malformed-remote", (*ENGINE, "localhost:15002")),
    *(Case(code, (*ENGINE, f"sc://{code}")) for code in ENGINES),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The faulty inputs with a good one beside them, in a folder of their own."""
    folder = tmp_path_factory.mktemp("bad")
    for path in sorted(BAD.iterdir()):
        if path.is_file() and not GOLDEN.fullmatch(path.name):
            (folder / path.name).write_bytes(path.read_bytes())
    (folder / "midori.yaml").write_bytes(MIDORI.read_bytes())
    shutil.copytree(BAD / "planning", folder / "planning")
    for name, make in (*MADE.items(), *FAULTY.items()):
        make(folder / name)
    _served(folder)
    (folder / "large").write_text(TOO_LARGE, "utf-8")
    (folder / "no-changes").write_text(REFORM.rstrip() + " []\n", "utf-8")
    (folder / "no-such-clause").write_text(REFORM + CHANGE, "utf-8")
    judged(folder / "people", folder / "verdicts.parquet")
    judged(folder / "three", folder / "others.parquet", [*TWO, {"person": "E3"}])
    return folder


@pytest.fixture
def _in_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Commands run in the folder, in which one file may not be opened; they leave it as it is."""
    monkeypatch.chdir(folder)
    case = request.node.callspec.params.get("case") if hasattr(request.node, "callspec") else None
    if case is not None and case.code == "missing-extra":
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    if case is not None and case.code in ENGINES:

        def does(remote: str) -> None:
            raise ENGINES[case.code](remote)

        monkeypatch.setattr(spark, "_channels", does)
    opened = Path.open

    def guarded(self: Path, *args: Any, **keywords: Any) -> Any:
        if self.stem == "no-permission":
            # as root, a test cannot take the permission away
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return opened(self, *args, **keywords)

    monkeypatch.setattr(Path, "open", guarded)
    before = _contents(folder)
    yield
    assert _contents(folder) == before, "something was written"


def _contents(folder: Path) -> dict[str, object]:
    paths = sorted(folder.rglob("*"))
    return {
        str(p): (p.stat().st_size, p.stat().st_mtime_ns) if p.is_file() else None for p in paths
    }


@pytest.mark.usefixtures("_in_folder")
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_message(case: Case, lang: Lang, capsys: Capture) -> None:
    """The message reads as it was reviewed; nothing is told but it, and nothing is written."""
    assert main([*case.argv, "--lang", lang]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    check(BAD / f"{case.code}.{lang}.txt", err)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_message_has_its_code_and_a_repair(case: Case) -> None:
    """In both languages alike: the same places, the same codes, and a way out each time."""
    english, japanese = (
        (BAD / f"{case.code}.{lang}.txt").read_text("utf-8").splitlines() for lang in LANGS[::-1]
    )
    assert len(english) == len(japanese)
    codes = [line.removeprefix("  code    ") for line in english if line.startswith("  code    ")]
    assert codes == [
        line.removeprefix("  コード  ") for line in japanese if line.startswith("  コード  ")
    ]
    assert case.code in codes or case.code == "many-faults"
    assert len([line for line in english if line.startswith("  repair  ")]) == len(codes)
    assert len([line for line in japanese if line.startswith("  直し方  ")]) == len(codes)
    places = re.compile(r"^[\w./-]+:(\d+): ")
    assert [m[0] for line in english if (m := places.match(line))] == [
        m[0] for line in japanese if (m := places.match(line))
    ]


def test_every_message_belongs_to_a_case() -> None:
    """No message is kept for an input that is gone."""
    kept = {p.name.split(".")[0] for p in BAD.iterdir() if GOLDEN.fullmatch(p.name)}
    assert kept == {case.code for case in CASES}


@pytest.mark.usefixtures("_in_folder")
def test_all_faults_of_a_file_are_shown_by_line(capsys: Capture) -> None:
    """At once, in the order of the file."""
    assert main(["judge", "many-faults.yaml", *JUDGE, "--lang", "en"]) == 2
    lines = [int(n) for n in re.findall(r"(?m)^many-faults\.yaml:(\d+): ", capsys.readouterr().err)]
    assert lines == sorted(lines)
    assert len(lines) == 11


@pytest.mark.usefixtures("_in_folder")
@pytest.mark.parametrize(
    "case",
    [c for c in CASES if c.argv[0] not in ("demo", "population", "serve", "backup", "restore")],
    ids=lambda case: case.code,
)
def test_faults_are_told_as_json_where_json_is_asked_for(case: Case, capsys: Capture) -> None:
    """Standard output holds one object with all faults; the message is shown all the same."""
    assert main([*case.argv, "--format", "json", "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert err == (BAD / f"{case.code}.en.txt").read_text("utf-8")
    told = json.loads(out)
    assert set(told) == {"faults"}
    assert [f["code"] for f in told["faults"]] == re.findall(r"(?m)^  code    (.+)$", err)
    for fault in told["faults"]:
        assert set(fault) == {"code", "file", "line", "where", "what", "repair"}
        assert fault["what"] in err
        assert fault["repair"] in err


@pytest.mark.usefixtures("_in_folder")
def test_json_may_be_asked_for_in_one_word(capsys: Capture) -> None:
    """`--format=json` is `--format json`; a file by the name of json asks for nothing."""
    assert main(["judge", "unknown-role.yaml", "--format=json"]) == 2
    assert json.loads(capsys.readouterr().out)["faults"][0]["code"] == "unknown-role"
    assert main(["judge", "json"]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("name", "data", "code", "line"),
    [
        ("a.yaml", b"a: b: c\n", "broken-yaml", 1),
        ("a.yaml", b"a: [\n", "broken-yaml", 2),
        ("a.yaml", b"\tschema: x\n", "broken-yaml", 1),
        ("a.yaml", b"person: !!python/object/apply:os.system [ls]\n", "broken-yaml", 1),
        ("a.yaml", b"person: !me {id: a}\n", "broken-yaml", 1),
        ("a.yaml", b"? {a: b}\n: c\n", "broken-yaml", 1),
        ("a.yaml", b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "alias", 2),
        ("a.yaml", b"", "empty-file", None),
        ("a.yaml", b"null\n", "wrong-type", 1),
        ("a.yaml", b"just words\n", "wrong-type", 1),
        ("a.yaml", b"- a list\n", "wrong-type", 1),
        ("a.yaml", b"[" * 300_000, "too-deep", None),
        ("a.yaml", "a: 業務\n".encode("euc-jp"), "not-utf-8", 1),
        ("a.yaml", "a: 1\n".encode("utf-16"), "nul-byte", 1),
        ("a.yaml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "nul-byte", 3),
        ("a.yaml", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not-utf-8", 2),
        ("a.json", b'{"schema": "tassei/evidence/1", "person": {"id": "a"}', "broken-yaml", 1),
        ("a.json", b'{"a": 1, "a": 2}', "doubled-key", 1),
        ("a.jsonl", b'{"a": 1, "a": 2}\n', "doubled-key", 1),
        ("a.jsonl", b"\n\n{\n", "broken-json", 3),
        ("a.jsonl", b"schema: tassei/evidence/1\n", "broken-json", 1),
        ("a.jsonl", b"\n", "empty-file", None),
        ("a.jsonl", b"[1]\n", "wrong-type", 1),
        ("a.jsonl", b"\n" + b"[" * 500 + b"]" * 500, "too-deep", 2),
        ("a.jsonl", b"\n" + b"[" * 300_000, "too-deep", 2),
        ("a.jsonl", b'\n"' + "あ".encode() * 300_000 + b'"', "file-too-large", 2),
        ("a.jsonl", b"\n\n\0", "nul-byte", 3),
        ("a.jsonl", b"\n\n\xff", "not-utf-8", 3),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_no_file_is_a_traceback(
    lang: Lang, name: str, data: bytes, code: str, line: int | None, tmp_path: Path, capsys: Capture
) -> None:
    """Whatever is in a file, what is said of it is a message with its line."""
    path = tmp_path / name
    path.write_bytes(data)
    assert main(["judge", str(path), "--as-of", "2026-11", "--format", "json", "--lang", lang]) == 2
    told = json.loads(capsys.readouterr().out)["faults"]
    assert (told[0]["code"], told[0]["line"]) == (code, line)
    assert "?" not in told[0]["what"].split()[0]


PERSON = '{"schema": "tassei/evidence/1", "person": {"id": "E1"'


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
@pytest.mark.parametrize(
    "written",
    [
        PERSON + ', "name": "\\ud800"}}',
        PERSON + '}, "\\ud800": 1}',
        PERSON + '}, "\\ud83d\\ude00": 1}',
        PERSON + '}, "skills": {"communication": ' + "9" * 5000 + "}}",
        PERSON + '}, "engagements": [{"id": "a", "size": {"sites": ' + "9" * 400 + "}}]}",
        PERSON
        + '}, "engagements": [{"id": "a", "size": {"annual_contract_yen": 1'
        + "0" * 400
        + "}}]}",
        PERSON + '}, "engagements": [{"id": "a", "size": {"sites": NaN}}]}',
        PERSON + '}, "engagements": [{"id": "a", "size": {"sites": 1e999}}]}',
    ],
)
def test_odd_json_is_judged_or_is_a_fault(
    suffix: str, written: str, tmp_path: Path, capsys: Capture
) -> None:
    """What comes out can be shown, for every level of every field."""
    path = tmp_path / f"a{suffix}"
    path.write_text(written)
    for form in (["--full"], ["--format", "json"]):
        code = main(["judge", str(path), "--as-of", "2026-11", "--all", *form])
        out, err = capsys.readouterr()
        assert (out + err).encode()
        assert code == (2 if err else 0)


def test_what_a_terminal_would_obey_is_not_shown(tmp_path: Path, capsys: Capture) -> None:
    """A name or a wrong word from a file cannot colour or clear the screen of its reader."""
    path = tmp_path / "a.jsonl"
    path.write_text(
        PERSON + ', "name": "\\u001b[2J\\u0007x"}, "engagements": [{"id": "\\u001b[31m"}]}'
    )
    main(["judge", str(path), "--as-of", "2026-11", "--full"])
    path.write_text(
        PERSON + '}, "\\u001b[2J": 1, "engagements": [{"id": "a", "role": "\\u001b[31m"}]}'
    )
    main(["judge", str(path), "--as-of", "2026-11"])
    out, err = capsys.readouterr()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out + err)


@pytest.mark.parametrize("lang", LANGS)
def test_an_untrue_month_is_told(lang: Lang, capsys: Capture) -> None:
    """`--as-of` names a month that exists."""
    for written in ("2026-13", "", "soon", "2026"):
        assert main(["judge", str(MIDORI), "--as-of", written, "--lang", lang]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "not-a-month" in err
        assert "--as-of" in err


def test_no_person_is_told_where_another_is_faulty(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """All files are read before the first judgement is shown."""
    monkeypatch.chdir(folder)
    for files in (["midori.yaml", "unknown-role.yaml"], ["broken-json.jsonl"]):
        assert main(["judge", *files, "--as-of", "2026-11"]) == 2
        assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", ["judge", "skills"])
def test_every_command_that_reads_evidence_says_the_same(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """One reader, one message."""
    monkeypatch.chdir(folder)
    assert main([command, "unknown-role.yaml", "--as-of", "2026-11", "--lang", "en"]) == 2
    assert capsys.readouterr().err == (BAD / "unknown-role.en.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["show", "itss-v9"], "unknown-edition"),
        (["show", "itss-v3/it-service-management/nothing"], "unknown-field"),
        (["show", f"{FIELD}/9"], "unknown-level"),
        (["show", FIELD, "--reading", "R-NOTHING=x"], "unknown-reading"),
        (["table", "itss-v9"], "unknown-edition"),
        (["table", "--out", "no/such/folder.json"], "cannot-write"),
        (["doubts", "D-000000"], "unknown-doubt"),
        (["doubts", "itss-v9"], "unknown-edition"),
        (["doubts", "itss-v9", "--find"], "unknown-edition"),
        (["compare", "itss-v9", "itss-v3/it-service-management"], "unknown-edition"),
        (["judge", "a.yaml", "--carry", "itss-v9"], "unknown-edition"),
        (["judge", "a.yaml", "--carry", "itss-v9=itss-v2/operations"], "unknown-edition"),
        (["skills", "no-such-file.yaml"], "no-such-file"),
        (["demo", "--as-of", "never"], "not-a-month"),
        (["judge", "a.yaml", "--level", ""], "unknown-edition"),
        (["judge", "a.yaml", "--reading", "="], "unknown-reading"),
        (["judge", "a.yaml", "--verify", "no-such-file.jsonl"], "no-such-file"),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_a_request_for_what_does_not_exist(
    lang: Lang, argv: list[str], code: str, capsys: Capture
) -> None:
    """Is a message in every command."""
    assert main([*argv, "--lang", lang]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(f"{code}\n")


@pytest.mark.parametrize(
    "argv",
    [
        ["judge", "a.yaml", "--format", "xml"],
        ["judge", "a.yaml", "--nothing"],
        ["judge", "a.yaml", "--out", "."],
        ["skills"],
        ["show"],
        ["nothing"],
        ["--nothing"],
    ],
)
def test_a_wrong_command_line_is_told_in_the_readers_language(
    argv: list[str], capsys: Capture
) -> None:
    """What was wrong with it, not only how to call the command."""
    for lang in LANGS:
        assert main([*argv, "--lang", lang]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        last = err.strip().splitlines()[-1]
        assert bool(re.search(r"[ぁ-んァ-ヶ一-龠]", last)) == (lang == "ja"), last


def test_a_fault_of_a_standard_ends_with_3(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """It is for the author of the standard, not for whoever asked."""

    def faulty() -> None:
        raise StandardError(
            [
                Fault(
                    "malformed-id",
                    Text("不正", "wrong"),
                    Text("直す", "mend it"),
                    file="a.yaml",
                    line=3,
                )
            ]
        )

    monkeypatch.setattr(tassei.cli.options, "standards", faulty)
    assert main(["judge", str(MIDORI), "--lang", "en"]) == 3
    assert capsys.readouterr().err == "a.yaml:3: wrong\n  repair  mend it\n  code    malformed-id\n"


def test_what_stood_in_a_file_stays_when_it_cannot_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """And nothing half-written is left beside it."""
    out = tmp_path / "out.txt"
    out.write_text("before")

    def fails(*paths: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", fails)
    assert (
        main(["judge", str(MIDORI), "--as-of", "2026-11", "--out", str(out), "--lang", "en"]) == 2
    )
    assert "No space left on device" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["out.txt"]
    assert out.read_text() == "before"


def test_what_is_no_plain_file_is_not_replaced(tmp_path: Path) -> None:
    """`--out` may name a pipe or a device: it is written to or refused, never exchanged for a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    held = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        main(["table", "itss-v1/operations", "--format", "csv", "--out", str(pipe)])
    finally:
        os.close(held)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_examples_are_not_written_where_no_folder_can_be(tmp_path: Path, capsys: Capture) -> None:
    """Below a file there is no room for one; a file itself is no folder that is not empty."""
    (tmp_path / "file").touch()
    for place in ("file/folder", "file"):
        assert main(["demo", "--write", str(tmp_path / place), "--lang", "en"]) == 2
        assert "not empty" not in capsys.readouterr().err
    assert (tmp_path / "file").read_bytes() == b""


@pytest.fixture
def stored(tmp_path: Path, capsys: Capture) -> dict[str, Any]:
    """A judgement that can be verified, beside its evidence."""
    (tmp_path / "midori.yaml").write_bytes(MIDORI.read_bytes())
    asked = ["--as-of", "2026-11", "--format", "json", "--level", f"{FIELD}/5"]
    assert main(["judge", str(MIDORI), *asked]) == 0
    judgement: dict[str, Any] = json.loads(capsys.readouterr().out)
    return judgement


@pytest.mark.parametrize(
    "changed",
    [
        {"schema": "tassei/judgement/2"},
        {"schema": None},
        {"person": 5},
        {"person": "E9999"},
        {"edition": "itss-v9"},
        {"edition": "itss-v2-2006/it-service-management/"},
        {"field": "nothing"},
        {"field": "common", "level": 2},
        {"field": "operations-management/"},
        {"field": ""},
        {"level": 9},
        {"level": True},
        {"level": "5"},
        {"as_of": "2026-13"},
        {"as_of": "1999-01"},
        {"readings": {"R-ENTRY": "strict"}},
        {"readings": {"R-ENTRY": 5}},
        {"readings": {"R-ENTRY": None}},
        {"readings": {"R-NOTHING": "x"}},
        {"readings": []},
        {"digests": None},
    ],
    ids=str,
)
def test_a_stored_judgement_that_was_tampered_with_is_told(
    changed: dict[str, Any], stored: dict[str, Any], tmp_path: Path, capsys: Capture
) -> None:
    """What cannot be derived anew is a fault of the request, with file and line."""
    path = tmp_path / "judgement.jsonl"
    path.write_text("\n" + json.dumps(stored | changed) + "\n")
    assert main(["judge", "--verify", str(path), "--lang", "en"]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"{path}:2: ")


def test_a_faulty_evidence_that_was_named_is_told(
    stored: dict[str, Any], tmp_path: Path, capsys: Capture
) -> None:
    """Who names the evidence of a stored judgement learns what is wrong with it."""
    path = tmp_path / "judgement.jsonl"
    path.write_text(json.dumps(stored) + "\n")
    for name, code in (
        ("no-such-file.yaml", "no-such-file"),
        ("unknown-role.yaml", "unknown-role"),
    ):
        assert main(["judge", str(BAD / name), "--verify", str(path), "--lang", "en"]) == 2
        assert capsys.readouterr().err.endswith(f"  code    {code}\n")


def test_a_faulty_file_beside_a_judgement_is_passed_over(
    stored: dict[str, Any], tmp_path: Path, capsys: Capture
) -> None:
    """Where no evidence is named, only the right one counts."""
    path = tmp_path / "judgement.jsonl"
    path.write_text(json.dumps(stored) + "\n")
    (tmp_path / "a.yaml").write_bytes((BAD / "unknown-role.yaml").read_bytes())
    (tmp_path / "b.jsonl").write_text("no json\n")
    assert main(["judge", "--verify", str(path), "--lang", "en"]) == 0
    assert "1 of 1 derived the same" in capsys.readouterr().out


def test_a_judgement_that_is_no_json_is_told(tmp_path: Path, capsys: Capture) -> None:
    """Evidence in YAML is no judgement, and an empty file is none either."""
    (tmp_path / "empty.jsonl").touch()
    for path, code in ((MIDORI, "broken-json"), (tmp_path / "empty.jsonl", "not-a-judgement")):
        assert main(["judge", "--verify", str(path), "--lang", "en"]) == 2
        assert capsys.readouterr().err.endswith(f"  code    {code}\n")


def test_the_program_ends_with_the_message_and_its_code(folder: Path) -> None:
    """As a program of its own: nothing on standard output, no traceback, exit code 2."""
    for lang in LANGS:
        ended = subprocess.run(
            [sys.executable, "-m", "tassei", "judge", "many-faults.yaml", *JUDGE, "--lang", lang],
            cwd=folder,
            capture_output=True,
            env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        )
        assert (ended.returncode, ended.stdout) == (2, b"")
        assert ended.stderr == (BAD / f"many-faults.{lang}.txt").read_bytes()


def test_a_message_can_be_written_to_a_pipe_that_knows_only_ascii(folder: Path) -> None:
    """The language of the message is that of the locale, its bytes are UTF-8 all the same."""
    ended = subprocess.run(
        [sys.executable, "-m", "tassei", "judge", "unknown-role.yaml", *JUDGE],
        cwd=folder,
        capture_output=True,
        env=os.environ | {"LC_ALL": "ja_JP.eucJP", "PYTHONUTF8": "0"},
    )
    assert ended.returncode == 2
    assert ended.stderr == (BAD / "unknown-role.ja.txt").read_bytes()


def test_messages_are_kept_as_they_are_shown() -> None:
    """Lower-case, without a full stop at the end, without blame."""
    for path in sorted(BAD.rglob("*.en.txt")):
        for line in io.StringIO(path.read_text("utf-8")):
            what = re.sub(r"^(\S+: )?", "", line.rstrip("\n"))
            assert not what.removesuffix("...").endswith("."), f"{path.name}: {line}"
            assert "please" not in what.lower()
    for path in sorted(BAD.rglob("*.ja.txt")):
        for line in io.StringIO(path.read_text("utf-8")):
            assert not line.rstrip("\n").endswith("。"), f"{path.name}: {line}"
