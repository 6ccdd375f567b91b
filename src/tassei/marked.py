"""Reading YAML and JSON with the line that each value stands on, so that a fault can name it.

Only what data needs is read: no aliases, no tags, no duplicate keys, a limited size and depth. What
comes out is a tree of `Marked` values; what is wrong comes out as a `Fault`, never as a traceback.
"""

import codecs
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from attrs import frozen
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode
from ruamel.yaml.reader import ReaderError

from tassei.errors import Fault, RequestError
from tassei.text import Text

MAX_BYTES = 512 * 1024
"""Largest document; a person's record has a few kilobytes, a standard's file a few dozen."""
MAX_DEPTH = 40

Scalar = str | int | float | bool | None


@frozen
class Marked:
    """A value with its line (counting from 1).

    `value` is a scalar, a list of `Marked`, or a dict from key to `Marked`; `key_lines` holds the
    line of each key of a dict.
    """

    value: "Scalar | list[Marked] | dict[str, Marked]"
    line: int
    key_lines: dict[str, int] | None = None

    def plain(self) -> Any:
        """The value without lines, as `json.loads` would give it."""
        if isinstance(self.value, list):
            return [m.plain() for m in self.value]
        if isinstance(self.value, dict):
            return {k: m.plain() for k, m in self.value.items()}
        return self.value


def read_bytes(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """Read a whole file.

    Raises:
        RequestError: it does not exist, is a directory, may not be read, or exceeds `limit` bytes.
    """
    name = str(path)
    with _told(name), opened(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise _refused(
            name, "file-too-large",
            f"{limit // 1024} KiBを超えています", f"it is larger than {limit // 1024} KiB",
            "1人1ファイルに分けるか、1行1人のJSON Linesにしてください", "split it into one file a person, or write JSON Lines with one person a line",
        )  # fmt: skip
    return data


def read_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Read a file line by line, each with its number; a line is never longer than the limit by much.

    Raises:
        RequestError: as `read_bytes`, but that the file may be of any size.
    """
    with _told(str(path)), opened(path) as stream:
        number = 0
        while line := stream.readline(MAX_BYTES + 2):
            number += 1
            if len(line.rstrip(b"\r\n")) > MAX_BYTES:
                raise _too_large_line(str(path), number)
            yield number, line


def opened(path: Path) -> BinaryIO:
    """Open a file for reading; the caller closes it.

    Raises:
        RequestError: it does not exist, is a directory, or may not be read.
    """
    with _told(str(path)):
        return path.open("rb")


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Say what went wrong with a file in the words of the program."""
    try:
        yield
    except FileNotFoundError:
        raise _refused(
            name,
            "no-such-file",
            "ファイルがありません",
            "there is no such file",
            "パスを確かめてください",
            "check the path",
        ) from None
    except IsADirectoryError:
        raise _refused(
            name,
            "is-a-directory",
            "ディレクトリです。ファイルが必要です",
            "it is a directory, but a file is needed",
            "中のファイルを指定してください",
            "name the files in it",
        ) from None
    except PermissionError:
        raise _refused(
            name,
            "no-permission",
            "読み取りが許可されていません",
            "reading it is not permitted",
            "ファイルの権限を確かめてください",
            "check the permissions of the file",
        ) from None
    except OSError as error:
        raise _refused(
            name,
            "unreadable-file",
            f"読み取れません（{error.strerror}）",
            f"it cannot be read ({error.strerror})",
            "ファイルと記憶装置を確かめてください",
            "check the file and the disk",
        ) from None


def decode(data: bytes, name: str, first_line: int = 1) -> str:
    """Decode UTF-8, with or without a byte order mark; `first_line` is the line that `data` begins on.

    Raises:
        RequestError: the bytes are another encoding, or contain NUL.
    """
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + first_line
        raise _refused(
            name,
            "nul-byte",
            "NUL文字が含まれています",
            "it contains a NUL byte",
            "テキストエディタでUTF-8のテキストとして保存し直してください",
            "save it again as UTF-8 text",
            line,
        )
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + first_line
        likely = _is_shift_jis(data)
        what = Text(
            "UTF-8ではありません" + ("（Shift_JISのようです）" if likely else ""),
            "it is not UTF-8" + (" (it looks like Shift_JIS)" if likely else ""),
        )
        raise _refused(
            name,
            "not-utf-8",
            what.ja,
            what.en,
            "UTF-8で保存し直してください",
            "save it again as UTF-8",
            line,
        ) from None


def _is_shift_jis(data: bytes) -> bool:
    try:
        data.decode("cp932")
    except UnicodeDecodeError:
        return False
    return True


def parse(text: str, name: str) -> Marked:
    """Parse one YAML or JSON document.

    Raises:
        RequestError: it is not well-formed, empty, too deep, or uses an alias, a tag or a doubled key.
    """
    if text.lstrip()[:1] in ("{", "["):
        # a tab is white space in JSON but not in YAML, and cannot stand inside a JSON string
        text = text.replace("\t", " ")
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "?"
        raise _broken_yaml(name, mark.line + 1 if mark else 0, problem) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _broken_yaml(name, line, f"character {error.character!r}") from None
    except (YAMLError, ValueError) as error:
        raise _broken_yaml(name, 0, str(error)) from None
    except RecursionError:
        raise _too_deep(name, 0) from None
    if root is None:
        raise _refused(
            name,
            "empty-file",
            "中身がありません",
            "it is empty",
            "`tassei demo --write DIR`で書き出される例を参考にしてください",
            "start from one of the examples that `tassei demo --write DIR` writes",
        )
    try:
        return _mark(root, name, 0, set())
    except _Alias:
        raise _refused(
            name,
            "alias",
            "YAMLの別名（*）が使われています",
            "it uses a YAML alias (*)",
            "値をその場所に書いてください",
            "write the value out where it is needed",
            _first_alias(text),
        ) from None


class _Alias(Exception):
    pass


def _first_alias(text: str) -> int:
    events = YAML(typ="safe", pure=True).parse(text)
    return next((e.start_mark.line + 1 for e in events if isinstance(e, AliasEvent)), 0)


def _broken_yaml(name: str, line: int, problem: object) -> RequestError:
    said = " ".join(str(problem).split())[:120]
    return _refused(
        name,
        "broken-yaml",
        f"YAMLとして読めません（{said}）",
        f"it cannot be read as YAML ({said})",
        "この行と前の行の字下げ、コロン、引用符、括弧を確かめてください",
        "check indentation, colons, quotes and brackets on this line and the one before",
        line,
    )


def parse_line(text: str, name: str, line: int) -> Marked:
    """Parse one line of JSON Lines; every value gets the number of that line.

    Raises:
        RequestError: the line is not one JSON value, or is too long or deep or has a doubled key.
    """
    text = text.rstrip("\r\n")
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise _too_large_line(name, line)
    try:
        value = json.loads(text, object_pairs_hook=_unique_keys)
        return as_marked(value, line)
    except _DoubledKey as doubled:
        raise _doubled_key(name, str(doubled), line) from None
    except json.JSONDecodeError as error:
        raise _broken_json(name, line, error.colno, error.msg) from None
    except ValueError as error:
        # a number of thousands of digits
        raise _broken_json(name, line, 1, str(error).split(";")[0]) from None
    except RecursionError:
        raise _too_deep(name, line) from None


def _broken_json(name: str, line: int, column: int, problem: str) -> RequestError:
    return _refused(
        name,
        "broken-json",
        f"JSONとして読めません（{column}文字目: {problem}）",
        f"it cannot be read as JSON (column {column}: {problem})",
        "この行を1つのJSONオブジェクトにしてください",
        "make the line one JSON object",
        line,
    )


def _too_large_line(name: str, line: int) -> RequestError:
    return _refused(
        name,
        "file-too-large",
        f"1行が{MAX_BYTES // 1024} KiBを超えています",
        f"the line is larger than {MAX_BYTES // 1024} KiB",
        "1行に1人を書いてください",
        "write one person a line",
        line,
    )


class _DoubledKey(Exception):
    pass


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = {_whole_characters(k): v for k, v in pairs}
    if len(found) < len(pairs):
        keys = [_whole_characters(k) for k, _ in pairs]
        raise _DoubledKey(next(k for k in keys if keys.count(k) > 1))
    return found


def _whole_characters(written: str) -> str:
    """Join what JSON writes as two escapes; half of such a pair becomes the sign for no character."""
    if written.isascii():
        return written
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def as_marked(value: Any, line: int = 0, depth: int = 0) -> Marked:
    """Mark plain data with one line throughout; 0 where it has none.

    Raises:
        RecursionError: it is nested deeper than the limit.
    """
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, list):
        return Marked([as_marked(v, line, depth + 1) for v in value], line)
    if isinstance(value, dict):
        inner = {k: as_marked(v, line, depth + 1) for k, v in value.items()}
        return Marked(inner, line, dict.fromkeys(value, line))
    return Marked(_whole_characters(value) if isinstance(value, str) else value, line)


def _mark(node: Node, name: str, depth: int, seen: set[int]) -> Marked:
    line = node.start_mark.line + 1
    # an alias composes to the very node that it stands for: met twice, it would multiply
    if id(node) in seen:
        raise _Alias
    seen.add(id(node))
    tag = str(node.tag)
    if tag.removeprefix(_TAG) not in _TAGS:
        raise _refused(
            name,
            "broken-yaml",
            f"YAMLのタグ（{tag}）が使われています",
            f"it uses a YAML tag ({tag})",
            "タグを取り除いてください",
            "remove the tag",
            line,
        )
    if depth > MAX_DEPTH:
        raise _too_deep(name, line)
    if isinstance(node, ScalarNode):
        return Marked(_scalar(node), line)
    if isinstance(node, MappingNode):
        return _mark_mapping(node, name, depth, seen)
    return Marked([_mark(n, name, depth + 1, seen) for n in node.value], line)


def _mark_mapping(node: MappingNode, name: str, depth: int, seen: set[int]) -> Marked:
    values: dict[str, Marked] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            raise _refused(
                name,
                "broken-yaml",
                "キーが文字列ではありません",
                "a key is not a plain word",
                "キーを1つの語にしてください",
                "make the key a single word",
                key_line,
            )
        key = _whole_characters(str(key_node.value))
        if key in values:
            raise _doubled_key(name, key, key_line)
        values[key] = _mark(value_node, name, depth + 1, seen)
        lines[key] = key_line
    return Marked(values, node.start_mark.line + 1, lines)


_TAG = "tag:yaml.org,2002:"
_TAGS = frozenset({"map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge"})
"""What data are made of; a tag for anything else is not followed. Dates stay as they are written."""
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*(_[0-9]+)*)|0x[0-9a-fA-F]+|0o[0-7]+")
_TRUE = frozenset({"true", "yes", "on", "y"})


def _scalar(node: ScalarNode) -> Scalar:
    """A number, a truth value, nothing or text; a number that YAML writes oddly stays text."""
    tag, written = str(node.tag).removeprefix(_TAG), str(node.value)
    match tag:
        case "int" if _WHOLE.fullmatch(written) and len(written) < _MOST_DIGITS:
            return int(written, 0)
        case "float":
            try:
                return float(written.replace("_", ""))
            except ValueError:
                return written
        case "bool":
            return written.lower() in _TRUE
        case "null":
            return None
    return _whole_characters(written)


_MOST_DIGITS = 100


def _refused(
    name: str, code: str, ja: str, en: str, repair_ja: str, repair_en: str, line: int = 0
) -> RequestError:
    return RequestError(
        [Fault(code, Text(ja, en), Text(repair_ja, repair_en), file=name, line=line)]
    )


def _too_deep(name: str, line: int) -> RequestError:
    return _refused(
        name,
        "too-deep",
        f"入れ子が{MAX_DEPTH}段を超えています",
        f"it is nested more than {MAX_DEPTH} deep",
        "書式を例と比べてください",
        "compare its form with an example",
        line,
    )


def _doubled_key(name: str, key: str, line: int) -> RequestError:
    return _refused(
        name,
        "doubled-key",
        f"キー「{key}」が2度書かれています",
        f'the key "{key}" is written twice',
        "一方を消してください",
        "remove one of them",
        line,
    )
