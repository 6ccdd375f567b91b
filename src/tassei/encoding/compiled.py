"""The compiled form: all YAML of `standards/` in one file that loads fast, tied to it by digests.

Made when the package is built (`script/hatch_build.py`) or by `python -m tassei.encoding.compiled`. It
holds plain trees, not values: the same reader makes values of them, so there is one meaning. A form
whose fingerprint is not that of the YAML beside it is stale and is not used.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tassei.encoding.load import SHARED, digests_of, load_standards, read_trees, standards_from
from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError
from tassei.marked import Marked, as_marked
from tassei.text import Text

PACKAGE = Path(__file__).resolve().parent.parent
COMPILED = Path(__file__).resolve().with_name("compiled.json")
_FORM = 1
_ENGINE = ("figures.py", "framework", "rules", "evidence", "encoding", "judging")
"""What can change a verdict; its digest is recorded in every judgement."""


def shipped(name: str) -> Path:
    """A folder that ships with the package: beside it when installed, at the root of a checkout."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent.parent / name


@cache
def standards() -> Standards:
    """The standards that ship with the package.

    Raises:
        StandardError: the YAML is faulty (only where the compiled form is stale or missing).
    """
    root = shipped("standards")
    compiled = _read(COMPILED)
    if compiled is None or (root.is_dir() and compiled["fingerprint"] != fingerprint(root)):
        return load_standards(root)
    trees = {name: as_marked(tree) for name, tree in compiled["trees"].items()}
    return standards_from(trees, compiled["digests"])


def standards_with(workspace: Path) -> Standards:
    """The shipped standards and the editions of a workspace folder, as `tassei import` makes them.

    A folder that has readings of its own is a whole set of standards and stands alone.

    Raises:
        RequestError: there is no such folder, it holds no edition, or a file cannot be read.
        StandardError: the folder's files are faulty, or name an edition that ships.
    """
    if not workspace.is_dir():
        raise _no_editions(workspace, Text("フォルダがありません", "there is no such folder"))
    if (workspace / "readings.yaml").exists():
        return load_standards(workspace)
    own = read_trees(workspace)
    editions = [n for n in own if n.endswith("/edition.yaml")]
    if not editions:
        raise _no_editions(workspace, Text("版がありません", "there is no edition in it"))
    shipped_trees = _shipped_trees()
    if doubled := sorted(set(editions) & set(shipped_trees)):
        raise _no_editions(
            workspace,
            Text(
                f"{doubled[0]} は付属の版と同じidです",
                f"{doubled[0]} has the id of a shipped edition",
            ),
        )
    digests = dict(standards().digests)
    for name in editions:
        digests[name.removesuffix("/edition.yaml")] = _own_digest(name, own, shipped_trees)
    return standards_from({**shipped_trees, **own}, digests)


def _shipped_trees() -> dict[str, Marked]:
    root = shipped("standards")
    compiled = _read(COMPILED)
    if compiled is None or (root.is_dir() and compiled["fingerprint"] != fingerprint(root)):
        return read_trees(root)
    return {name: as_marked(tree) for name, tree in compiled["trees"].items()}


def _own_digest(edition: str, own: Mapping[str, Marked], shared: Mapping[str, Marked]) -> str:
    """The digest of an edition of a workspace: over its own files and what it shares, as they read."""
    folder = edition.removesuffix("edition.yaml")
    parts = {n: t for n, t in own.items() if n.startswith(folder)}
    parts |= {n: shared[n] for n in SHARED if n in shared}
    form = {n: t.plain() for n, t in sorted(parts.items())}
    text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _no_editions(workspace: Path, why: Text) -> RequestError:
    return RequestError(
        [
            Fault(
                "no-workspace",
                Text(
                    f"版のフォルダとして使えません: {why.ja}", f"not a folder of editions: {why.en}"
                ),
                Text(
                    "`tassei import 文書 --out フォルダ` で作ったフォルダを指定してください",
                    "name a folder made by `tassei import DOCUMENT --out FOLDER`",
                ),
                file=str(workspace),
            )
        ]
    )


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    return found if found.get("form") == _FORM else None


def compile_standards(root: Path, target: Path) -> None:
    """Write the compiled form of a `standards/` folder.

    Raises:
        StandardError: the folder has faults; nothing is written.
    """
    trees = read_trees(root)
    digests = digests_of(root, trees)
    standards_from(trees, digests)
    form = {
        "form": _FORM,
        "fingerprint": fingerprint(root),
        "digests": digests,
        "trees": {name: tree.plain() for name, tree in trees.items()},
    }
    beside = target.with_suffix(".new")
    beside.write_text(json.dumps(form, ensure_ascii=False, separators=(",", ":")), "utf-8")
    beside.replace(target)


def fingerprint(root: Path) -> str:
    """A digest over the names and bytes of all YAML that is compiled."""
    return _digest(root, (p for p in root.rglob("*.yaml") if "cases" not in p.parts))


@cache
def engine_digest() -> str:
    """A digest over the code that can change a verdict."""
    files = (
        f
        for name in _ENGINE
        for f in ([PACKAGE / name] if name.endswith(".py") else (PACKAGE / name).rglob("*.py"))
    )
    return _digest(PACKAGE, files)


def _digest(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted((f.relative_to(root).as_posix(), f) for f in files):
        # the same on a system that writes line ends as two characters
        data = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return f"sha256:{digest.hexdigest()}"


if __name__ == "__main__":
    compile_standards(shipped("standards"), COMPILED)
