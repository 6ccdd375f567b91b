"""YAML and JSON are read with their lines; what is no data is refused, never a traceback."""

import errno
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tassei.errors import Fault, RequestError
from tassei.marked import (
    MAX_BYTES,
    MAX_DEPTH,
    Marked,
    as_marked,
    decode,
    parse,
    parse_line,
    read_bytes,
    read_lines,
)


def refused(read: Callable[[], object]) -> Fault:
    """The one fault for which something is refused."""
    with pytest.raises(RequestError) as caught:
        read()
    [fault] = caught.value.faults
    assert fault.what.ja
    assert fault.what.en
    assert fault.repair.ja
    assert fault.repair.en
    return fault


def parsed(text: str) -> Any:
    return parse(text, "a.yaml").plain()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5),
        ("-5", -5),
        ("+5", 5),
        ("180_000_000", 180_000_000),
        ("0x10", 16),
        ("0o17", 15),
        ("0", 0),
        ("1.5", 1.5),
        ("1_0.5", 10.5),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("yes", "yes"),
        ("on", "on"),
        ("'5'", "5"),
        ('"true"', "true"),
        ("2019-04", "2019-04"),
        ("2019-04-01", "2019-04-01"),
        ("勘定系の運用", "勘定系の運用"),
        ("[1, a]", [1, "a"]),
        ("{b: 1}", {"b": 1}),
    ],
)
def test_a_value_is_read_as_yaml_writes_it(written: str, value: object) -> None:
    """Numbers, truth values, nothing, text, lists and mappings; a date stays as it is written."""
    found = parsed(f"a: {written}\n")
    assert found == {"a": value}
    assert type(found["a"]) is type(value)


@pytest.mark.parametrize(
    "written", [".inf", "-.inf", ".nan", "1:30", "0b11", "0o8", "0x", "1__0", "_1", "1."]
)
def test_a_number_that_people_do_not_write_is_still_read(written: str) -> None:
    """As a number or as the text that it is."""
    found = parsed(f"a: {written}\n")["a"]
    assert isinstance(found, str | float | int)


@given(
    st.text(alphabet="0123456789+-._:eExobaifntru~'", min_size=1, max_size=7),
    st.sampled_from(["", "%YAML 1.1\n---\n"]),
)
@settings(derandomize=True, max_examples=400)
def test_any_scalar_is_read_or_refused(written: str, head: str) -> None:
    """In the YAML of today and in that of yesterday, and is never a traceback."""
    found = _or_refused(lambda: parse(f"{head}a: {written}\n", "a.yaml"))
    assert found is None or not isinstance(found["a"], list | dict) or ": " in written


@pytest.mark.parametrize("written", ["00123", "007", "-007", "0_1"])
def test_a_number_that_begins_with_zero_is_text(written: str) -> None:
    """An id like 00123 keeps its zeros: it is a name, not a number."""
    assert parsed(f"a: {written}\n") == {"a": written}


def test_a_number_beyond_all_measure_is_text() -> None:
    """Thousands of digits are not counted with, and are no traceback either."""
    assert parsed(f"a: {'1' * 5000}\n") == {"a": "1" * 5000}


def test_words_of_truth_in_an_older_yaml_are_never_turned_round() -> None:
    """A file may say that it is YAML 1.1, where `yes` is a truth value; it is not read as false."""
    found = parsed("%YAML 1.1\n---\na: yes\nb: on\nc: true\nd: false\n")
    assert found["a"] in (True, "yes")
    assert found["b"] in (True, "on")
    assert (found["c"], found["d"]) == (True, False)


def test_a_mark_of_byte_order_is_no_part_of_the_text() -> None:
    """Files that Windows programs write begin with one."""
    assert parsed(decode(b"\xef\xbb\xbfa: 1\n", "a.yaml")) == {"a": 1}
    assert decode(b"\xef\xbb\xbf", "a.yaml") == ""


def test_every_value_and_key_knows_its_line() -> None:
    """Lines count from 1; a key that stands above its value has a line of its own."""
    marked = parse("# first\na:\n- 1\n- b:\n    2\n", "a.yaml")
    assert isinstance(marked.value, dict)
    items = marked.value["a"]
    assert isinstance(items.value, list)
    one, two = items.value
    assert isinstance(two.value, dict)
    assert (marked.line, marked.key_lines) == (2, {"a": 2})
    assert (items.line, one.line, two.line) == (3, 3, 4)
    assert (two.key_lines, two.value["b"].line) == ({"b": 4}, 5)


def test_all_values_of_json_lines_have_the_number_of_their_line() -> None:
    """A line is a place small enough to find."""
    marked = parse_line('{"a": [1, {"b": null}]}', "a.jsonl", 7)
    assert marked.key_lines == {"a": 7}
    assert marked == as_marked({"a": [1, {"b": None}]}, 7)


def test_plain_data_is_marked_without_a_line() -> None:
    """Data that come from no file have line 0, and are the same data without their marks."""
    value = {"a": [1, "b", None, True, {"c": 1.5}]}
    marked = as_marked(value)
    assert marked.line == 0
    assert marked.plain() == value


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | names
documents = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4)
).map(lambda value: {"a": value})


@given(documents, st.booleans(), st.sampled_from([None, 2]))
@example({"a": "😀"}, True, None)
@example({"😀": 1}, True, None)
@example({"a": "\u2028\u0085\ufeff"}, True, None)
@settings(derandomize=True)
def test_json_reads_as_json(value: object, escaped: bool, indent: int | None) -> None:
    """As a whole file and as a line, escaped or not, packed or indented, it is what json reads."""
    written = json.dumps(value, ensure_ascii=escaped, indent=indent)
    assert parsed(written) == value
    assert parse_line(json.dumps(value, ensure_ascii=escaped), "a.jsonl", 1).plain() == value


def test_characters_beyond_the_basic_plane_may_be_two_escapes() -> None:
    """JSON writes them as a pair of surrogates, in values and in keys."""
    written = '{"\\ud83d\\ude00": "\\ud842\\udfb7野家"}'
    for read in (parse(written, "a.json"), parse_line(written, "a.jsonl", 1)):
        assert read.plain() == {"😀": "𠮷野家"}


@pytest.mark.parametrize("written", ['{"a": "\\ud83d"}', '{"\\ude00": 1}'])
def test_half_a_pair_of_surrogates_does_not_come_out(written: str) -> None:
    """What comes out can be written as UTF-8 again, or the file is refused."""
    for found in (
        _or_refused(lambda: parse(written, "a.json")),
        _or_refused(lambda: parse_line(written, "a.jsonl", 1)),
    ):
        json.dumps(found, ensure_ascii=False).encode()


def _or_refused(read: Callable[[], Marked]) -> Any:
    """What is read, or None where it is refused."""
    try:
        return read().plain()
    except RequestError:
        return None


@pytest.mark.parametrize("written", ['{"a":\t1,\n\t"b":\t[2]\t}', '\t{\t"a": 1, "b": [2]}'])
def test_tabs_between_the_words_of_json_are_white_space(written: str) -> None:
    """A JSON file may be indented by tabs, which YAML does not allow."""
    assert parsed(written) == {"a": 1, "b": [2]}


def test_a_number_of_thousands_of_digits_in_a_line_is_refused() -> None:
    """It is no traceback."""
    fault = refused(lambda: parse_line('{"a": ' + "1" * 5000 + "}", "a.jsonl", 3))
    assert (fault.code, fault.line) == ("broken-json", 3)


def test_a_line_may_hold_what_json_allows_beyond_the_standard() -> None:
    """Infinity and the like are numbers that no reader takes for whole."""
    found = parse_line('{"a": Infinity, "b": NaN}', "a.jsonl", 1).plain()
    assert math.isinf(found["a"])
    assert math.isnan(found["b"])


@pytest.mark.parametrize("written", ["{", '{"a": 1,}', "a: 1", "{} {}", "'a'"])
def test_a_line_that_is_no_json_is_refused(written: str) -> None:
    """With its number and the column."""
    fault = refused(lambda: parse_line(written, "a.jsonl", 4))
    assert (fault.code, fault.file, fault.line) == ("broken-json", "a.jsonl", 4)
    assert "column" in fault.what.en
    assert "文字目" in fault.what.ja


def test_the_column_is_counted_on_the_line_itself() -> None:
    """What is missing at the end of a line is missing behind its last character."""
    fault = refused(lambda: parse_line('{"a": 1\n', "a.jsonl", 4))
    assert "column 8" in fault.what.en


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("a: b: c\n", 1),
        ("a: 1\n b: 2\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: [1, 2\n", 2),
        ("a: 'x\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("? [a]\n: 1\n", 1),
        ("{[a]: 1}\n", 1),
        ("a: @b\n", 1),
        ('a: "\\U00110000"\n', 0),
        ('a: "\\q"\n', 1),
        ("%YAML 9.9\n---\na: 1\n", 1),
        ("a: \x07\n", 1),
        ("\n\na: \x07\n", 3),
        ("a: 1\nb: \x00\n".replace("\x00", "\x1b"), 2),
    ],
)
def test_broken_yaml_is_refused(written: str, line: int) -> None:
    """With the line on which it shows."""
    fault = refused(lambda: parse(written, "a.yaml"))
    assert (fault.code, fault.file, fault.line) == ("broken-yaml", "a.yaml", line)


@pytest.mark.parametrize("written", ["", "\n\n", "# nothing\n", "\ufeff"])
def test_a_file_without_content_is_refused(written: str) -> None:
    """Comments are no content."""
    fault = refused(lambda: parse(decode(written.encode(), "a.yaml"), "a.yaml"))
    assert fault.code == "empty-file"


@pytest.mark.parametrize(
    "written",
    ["a: !x 1\n", "a: !x {b: 1}\n", "a: !x [1]\n", "!x\na: 1\n", "a: !!python/name:os.system ''\n",
     "a: !!python/object/apply:os.system [ls]\n", "a: !!binary aGVsbG8=\n", "a: !!set {b}\n", "a: !!omap [b: 1]\n"],
)  # fmt: skip
def test_a_tag_is_refused(written: str) -> None:
    """A tag asks for another type than data have; none is followed, and none is passed over."""
    fault = refused(lambda: parse(written, "a.yaml"))
    assert (fault.code, fault.line) == ("broken-yaml", 1)


@pytest.mark.parametrize(
    "written", ["a: &x [1]\nb: *x\n", "a: &x [*x]\n", "a: &x {b: 1}\nc:\n  <<: *x\n"]
)
def test_an_alias_is_refused(written: str) -> None:
    """Also one that stands inside its own anchor."""
    assert refused(lambda: parse(written, "a.yaml")).code == "alias"


def test_an_alias_is_named_where_it_is_used() -> None:
    """The line is that of the alias, which is to be written out, not that of its anchor."""
    assert refused(lambda: parse("a: &x [1]\nb: 2\nc: *x\n", "a.yaml")).line == 3


def test_an_anchor_alone_does_no_harm() -> None:
    """Nothing refers to it."""
    assert parsed("a: &x [1]\n") == {"a": [1]}


def test_a_file_that_multiplies_itself_is_refused_at_once() -> None:
    """Nine aliases of nine aliases would be billions of values."""
    written = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join(f'*a{n - 1}' for _ in range(9))}]\n" for n in range(1, 40)
    )
    assert refused(lambda: parse(written, "a.yaml")).code == "alias"


@pytest.mark.parametrize("written", ["a: 1\na: 2\n", "{a: 1, a: 2}\n", "x:\n  a: 1\n  'a': 1\n"])
def test_a_key_that_is_written_twice_is_refused(written: str) -> None:
    """Neither of the two wins in silence."""
    fault = refused(lambda: parse(written, "a.yaml"))
    assert fault.code == "doubled-key"
    assert '"a"' in fault.what.en


def test_a_doubled_key_is_named_where_it_stands_again() -> None:
    """In YAML by the line of the second; in JSON Lines by the line of both."""
    assert refused(lambda: parse("a: 1\nb: 2\na: 3\n", "a.yaml")).line == 3
    fault = refused(lambda: parse_line('{"a": {"c": 2, "b": 1, "b": 3}}', "a.jsonl", 9))
    assert (fault.code, fault.line) == ("doubled-key", 9)
    assert '"b"' in fault.what.en


NESTED = {"lists": ("[", "]"), "mappings": ('{"a": ', "}"), "both": ('[{"a": ', "}]")}


def nested(kind: str, depth: int) -> str:
    """JSON that is `depth` deep, with a number in its midst."""
    opening, closing = NESTED[kind]
    times = depth // (2 if kind == "both" else 1)
    return opening * times + "1" + closing * times


@pytest.mark.parametrize("kind", NESTED)
@pytest.mark.parametrize("depth", [MAX_DEPTH + 2, 60, 400, 500, 700, 950, 5000])
def test_what_is_nested_too_deep_is_refused(depth: int, kind: str) -> None:
    """Whatever the depth: as soon as it exceeds the limit, and long after recursion would end."""
    written = nested(kind, depth)
    fault = refused(lambda: parse(written, "a.yaml"))
    assert (fault.code, fault.line) in (("too-deep", 0), ("too-deep", 1))
    fault = refused(lambda: parse_line(written, "a.jsonl", 2))
    assert (fault.code, fault.line) == ("too-deep", 2)


@pytest.mark.parametrize("kind", NESTED)
def test_what_is_nested_as_deep_as_allowed_is_read(kind: str) -> None:
    """The limit itself is within it; what evidence needs is a fraction of it."""
    written = nested(kind, MAX_DEPTH)
    assert parsed(written) == json.loads(written)
    assert parse_line(written, "a.jsonl", 1).plain() == json.loads(written)


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        ("a: 1\nb: 業務\n".encode("cp932"), 2, "Shift_JIS"),
        (b"a: \xff\n", 1, "not UTF-8"),
        (b"a: 1\n\nb: \xe6\xa5\n", 3, "not UTF-8"),
    ],
)
def test_another_encoding_is_refused(data: bytes, line: int, said: str) -> None:
    """With the line of the first byte that is wrong, and Shift_JIS by its name."""
    fault = refused(lambda: decode(data, "a.yaml"))
    assert (fault.code, fault.line) == ("not-utf-8", line)
    assert said in fault.what.en
    assert ("Shift_JIS" in fault.what.ja) == ("Shift_JIS" in fault.what.en)


def test_what_cannot_be_shift_jis_is_not_called_so() -> None:
    """The guess is said only where the bytes allow it."""
    assert "Shift_JIS" not in refused(lambda: decode(b"a: \x81\n", "a.yaml")).what.en


@pytest.mark.parametrize("data", [b"a: 1\nb: \0\n", "a: 1\n".encode("utf-16")])
def test_a_nul_byte_is_refused(data: bytes) -> None:
    """Text has none, and UTF-16 is full of them."""
    fault = refused(lambda: decode(data, "a.yaml"))
    assert fault.code == "nul-byte"
    assert fault.line == data[: data.index(b"\0")].count(b"\n") + 1


def test_a_file_is_read_whole_up_to_the_limit(tmp_path: Path) -> None:
    """The limit itself is within it."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * MAX_BYTES)
    assert read_bytes(path) == b"x" * MAX_BYTES
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    fault = refused(lambda: read_bytes(path))
    assert (fault.code, fault.file) == ("file-too-large", str(path))
    assert "512 KiB" in fault.what.en
    assert read_bytes(path, limit=MAX_BYTES + 1)


def test_lines_are_counted_from_one(tmp_path: Path) -> None:
    """Empty lines count; the last one needs no end."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"a\n\nb")
    assert list(read_lines(path)) == [(1, b"a\n"), (2, b"\n"), (3, b"b")]


def test_a_file_of_lines_may_be_of_any_size(tmp_path: Path) -> None:
    """Only a line has a limit."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 100_000 * 2 + b"\n" + (b"y" * 100_000 + b"\n") * 10)
    assert sum(len(line) for _, line in read_lines(path)) > 2 * MAX_BYTES


@pytest.mark.parametrize("letter", ["a", "あ"])
def test_a_line_that_is_too_long_is_refused_as_such(tmp_path: Path, letter: str) -> None:
    """In bytes, whatever the script; not as a line that was cut."""
    path = tmp_path / "a.jsonl"
    long = '{"a": "' + letter * (MAX_BYTES // len(letter.encode())) + '"}'
    path.write_text("{}\n" + long + "\n", "utf-8")

    def read() -> None:
        for number, line in read_lines(path):
            parse_line(decode(line, str(path)), str(path), number)

    fault = refused(read)
    assert (fault.code, fault.line) == ("file-too-large", 2)
    assert "512 KiB" in fault.what.en
    assert "512 KiB" in fault.what.ja


def test_a_line_that_came_otherwise_is_measured_too() -> None:
    """The limit is that of the line, not of the file that it came from."""
    fault = refused(lambda: parse_line('"' + "あ" * (MAX_BYTES // 3 + 1) + '"', "a.jsonl", 2))
    assert (fault.code, fault.line) == ("file-too-large", 2)


def test_a_line_of_the_greatest_length_is_read(tmp_path: Path) -> None:
    """The limit itself is within it."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": "' + "x" * (MAX_BYTES - 9) + '"}\n{}\n', "utf-8")
    found = [parse_line(decode(d, "a"), "a", n).plain() for n, d in read_lines(path)]
    assert [len(f) for f in found] == [1, 0]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """By its name as it was given."""
    path = tmp_path / "a.yaml"
    for read in (lambda: read_bytes(path), lambda: list(read_lines(path))):
        fault = refused(read)
        assert (fault.code, fault.file, fault.line) == ("no-such-file", str(path), 0)


def test_a_directory_is_refused(tmp_path: Path) -> None:
    """A file is needed."""
    assert refused(lambda: read_bytes(tmp_path)).code == "is-a-directory"


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    """There is nothing below a file."""
    path = tmp_path / "a.yaml"
    path.touch()
    assert refused(lambda: read_bytes(path / "b.yaml")).code == "unreadable-file"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "no-permission"),
        (OSError(errno.EIO, "Input/output error"), "unreadable-file"),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "unreadable-file"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused(
    error: OSError, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the reason that the system gives."""

    def opened(*args: object, **keywords: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", opened)
    assert refused(lambda: read_bytes(Path("a.yaml"))).code == code


def test_a_file_that_breaks_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk may fail after the file was opened."""

    class Broken:
        def __enter__(self) -> "Broken":
            return self

        def __exit__(self, *caught: object) -> None: ...

        def read(self, size: int) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

        readline = read

    monkeypatch.setattr(Path, "open", lambda *a, **k: Broken())
    for read in (
        lambda: read_bytes(tmp_path / "a.yaml"),
        lambda: list(read_lines(tmp_path / "a.yaml")),
    ):
        fault = refused(read)
        assert fault.code == "unreadable-file"
        assert "Input/output error" in fault.what.en


def test_a_value_cannot_be_changed() -> None:
    """What was read stays as it was read."""
    with pytest.raises(AttributeError):
        Marked(1, 1).line = 2  # type: ignore[misc]  # what is tested
