"""The documentation does what it says: every example runs, every link leads somewhere.

How a page is run, in a folder of its own:

- a block whose first line begins with `$ ` holds commands and what they print; `...` stands for
  any lines, and inside a line for any text;
- a `python` block is executed, after the ones above it; a block behind `<!-- printed -->` shows
  what the last `python` block printed;
- `<!-- file: NAME -->` in front of a block writes the block to that file first;
- `<!-- not run: REASON -->` in front of a block leaves it alone;
- `<!-- in a clone -->` anywhere gives the page a copy of `standards/` that its files may add to.

With TASSEI_ACCEPT=1 what is shown is renewed from what is printed, to be reviewed in the diff.
"""

import contextlib
import difflib
import io
import json
import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import casebook
import tassei.encoding.compiled as compiled
from docs.pages import DOCS, ROOT, Block, Page, page_of
from tassei.cli.main import main
from tassei.encoding.load import load_standards
from tassei.evidence.months import Month
from tassei.evidence.read import record_from
from tassei.judging.judge import Judge, known_of
from tassei.judging.prove import deciding
from tassei.marked import parse_line
from tassei.text import LANGS, Lang

ACCEPT = "TASSEI_ACCEPT" in os.environ
LOCALES: dict[Lang, str] = {"en": "C.UTF-8", "ja": "ja_JP.UTF-8"}
PAGES = tuple(Page(p) for p in sorted(DOCS.rglob("*.md")))
RUNNABLE = tuple(p for p in PAGES if any(b.is_shell or b.info == "python" for b in p.blocks()))


def _ids(page: Page) -> str:
    return page.name


class _Run:
    """Carries out one page and notes what its blocks print."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.names: dict[str, Any] = {"__name__": "__page__"}
        self.printed = ""
        self.code = 0
        self.differing: list[tuple[Block, int, tuple[str, ...], list[str]]] = []

    def block(self, block: Block) -> None:
        if "not run" in block.notes:
            assert block.notes["not run"], f"{self.page.name}:{block.first}: say why it is not run"
            return
        _write(block)
        if block.is_shell:
            for command, line, shown in block.commands():
                self.compare(block, line + 1, shown, self.command(command))
        elif block.info == "python":
            with _captured() as out:
                exec(compile(block.text, self.page.name, "exec"), self.names)
            self.printed = out()
        elif "printed" in block.notes:
            self.compare(block, 0, block.lines, self.printed)

    def command(self, command: str) -> str:
        words = shlex.split(command, comments=True)
        if words == ["echo", "$?"]:
            return f"{self.code}\n"
        assert words[0] == "tassei", f"{self.page.name}: cannot run {command!r}; say why"
        dated = {"judge", "skills", "demo", "plan", "staff"} & set(words[1:2])
        timeless = {"--as-of", "--help", "--write", "--verify"} & set(words)
        assert not dated or timeless, f"{self.page.name}: {command!r} depends on the clock"
        with _captured() as out:
            self.code = main(words[1:])
        return out()

    def compare(self, block: Block, line: int, shown: tuple[str, ...], printed: str) -> None:
        lines = [text.rstrip() for text in printed.rstrip("\n").split("\n")] if printed else []
        if not shows(shown, lines):
            self.differing.append((block, line, shown, lines))


def _write(block: Block) -> None:
    """Write the file that a block is, if it is one, below the present folder."""
    if "file" in block.notes:
        target = Path(block.notes["file"])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.text, "utf-8")


def shows(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Whether what a page shows is what was printed, `...` standing for what is left out."""
    pattern = "".join(
        r"(?:.*\n)*?"
        if line.strip() == "..."
        else re.escape(line.rstrip()).replace(r"\.\.\.", ".*") + r"\n"
        for line in shown
    )
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


@contextlib.contextmanager
def _captured() -> Iterator[Callable[[], str]]:
    """Both streams as a terminal would mix them."""
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, "utf-8", write_through=True)
    try:
        with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
            yield lambda: data.getvalue().decode("utf-8")
    finally:
        stream.detach()  # which would close the data with it


@pytest.mark.parametrize("page", RUNNABLE, ids=_ids)
def test_examples_run(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command and program on a page runs and prints what the page shows."""
    run = _carry_out(page, tmp_path, monkeypatch)
    if ACCEPT:
        _renew(run)
        return
    for _, line, shown, printed in run.differing:
        difference = "\n".join(
            difflib.unified_diff(shown, printed, "shown", "printed", lineterm="")
        )
        pytest.fail(f"{page.name}:{line}\n{difference}", pytrace=False)


def _carry_out(page: Page, folder: Path, monkeypatch: pytest.MonkeyPatch) -> _Run:
    monkeypatch.chdir(folder)
    for name, value in {"LC_ALL": LOCALES[page.lang], "COLUMNS": "80", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    run = _Run(page)
    if "\n<!-- in a clone -->\n" not in page.text:
        for block in page.blocks():
            run.block(block)
        return run
    shutil.copytree(ROOT / "standards", folder / "standards")
    installed = compiled.shipped
    monkeypatch.setattr(
        compiled, "shipped", lambda n: folder / n if n == "standards" else installed(n)
    )
    with _fresh_standards():
        for block in page.blocks():
            if "file" in block.notes:
                compiled.standards.cache_clear()
            run.block(block)
    return run


@contextlib.contextmanager
def _fresh_standards() -> Iterator[None]:
    compiled.standards.cache_clear()
    try:
        yield
    finally:
        compiled.standards.cache_clear()


def _renew(run: _Run) -> None:
    """Put what was printed in the place of what is shown, with the same things left out."""
    lines = run.page.text.split("\n")
    for block, line, shown, printed in reversed(run.differing):
        start = block.first + line
        lines[start : start + len(shown)] = _elided(list(shown), printed)
    run.page.path.write_text("\n".join(lines), "utf-8")


def _elided(shown: list[str], printed: list[str]) -> list[str]:
    """The printed lines that lie nearest to the shown ones, `...` between them as before."""
    pieces: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == "...":
            pieces.append([])
        else:
            pieces[-1].append(line)
    if len(pieces) == 1:
        return printed
    mark = next(line for line in shown if line.strip() == "...")
    found, at = [], 0
    for number, piece in enumerate(pieces):
        if number:
            found.append(mark)
        if not piece:
            continue
        last = number == len(pieces) - 1
        starts = [0] if number == 0 else [len(printed) - len(piece)] if last else None
        best = max(starts or range(at, max(len(printed) - len(piece), at) + 1), key=lambda s: (
            difflib.SequenceMatcher(None, piece, printed[s : s + len(piece)]).ratio()
            + difflib.SequenceMatcher(
                None, "\n".join(piece), "\n".join(printed[s : s + len(piece)])
            ).ratio()
        ))  # fmt: skip
        found += printed[best : best + len(piece)]
        at = best + len(piece)
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_cases_of_the_encoding_guide_come_out(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worked cases that the guide has its reader write hold for the standard that it writes."""
    monkeypatch.chdir(tmp_path)
    written = tmp_path / "standards"
    shutil.copytree(ROOT / "standards", written, ignore=shutil.ignore_patterns("cases"))
    for block in page_of("how-to/encode-a-field.md", lang).blocks():
        _write(block)
    monkeypatch.setattr(casebook, "ROOT", written)
    standards = load_standards(written)
    known, as_of = known_of(standards), Month.of(2026, 11)
    cases = list(casebook.cases())
    assert {c.expect for c in cases} == {"met", "not_met", "undetermined"}
    for case in cases:
        judge = Judge(standards, standards.readings_with(case.readings), [case.edition])
        marked = parse_line(json.dumps(case.evidence), case.id, 1)
        evidence = record_from(marked, known, as_of, case.id).evidence
        rung = judge.rung(case.edition, case.field, case.level)
        judgement = judge.judge(evidence, as_of, rung)
        found = deciding(judgement.proof)
        assert judgement.verdict.id == case.expect, case.title
        agrees = case.decided_by <= found if case.expect == "met" else case.decided_by == found
        assert agrees, f"{case.title}: {sorted(found)}"


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_links_resolve(page: Page) -> None:
    """Every link to a file of the repository names one that exists, and a heading that it has."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.prose()):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        other = (page.path.parent / path).resolve() if path else page.path
        assert other.exists(), f"{page.name} links to {target}"
        assert other.is_relative_to(ROOT), f"{page.name} links to {target}"
        if anchor:
            assert anchor in _anchors(other), f"{page.name} links to {target}"


def _anchors(path: Path) -> set[str]:
    heads = re.findall(r"(?m)^#+ (.+)$", Page(path).prose())
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_pages_are_pairs(page: Page) -> None:
    """A page has its pair in the other language, with the same headings and the same code."""
    pair = page.pair
    assert pair.path.exists(), f"{page.name} has no pair {pair.name}"
    assert page.headings() == pair.headings(), f"headings of {page.name}"
    mine, theirs = ([_code(b) for b in p.blocks()] for p in (page, pair))
    assert mine == theirs, f"code of {page.name}"


def _code(block: Block) -> tuple[str, object]:
    """What must be the same in both languages: not output, drawings or comments."""
    if block.is_shell:
        return block.info, [command for command, _, _ in block.commands()]
    if block.info in ("", "text"):
        return block.info, None
    return block.info, [re.sub(r"(^|\s+)#.*$", "", line) for line in block.lines]


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_one_sentence_a_line(page: Page) -> None:
    """No line of prose holds two sentences."""
    for line in page.prose().split("\n"):
        if line.startswith(("|", "#", "<!--")):
            continue
        said = re.sub(r"`[^`]*`|\([^()]*\)|（[^（）]*）|「[^「」]*」", "", line)
        said = re.sub(r"\b(e\.g|i\.e|etc|vs)\.", "", said)
        assert not re.search(r"[a-z)\]*][.?!] +[A-Z]|。.*。", said), f"{page.name}: {line}"


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_the_index_names_every_page(page: Page) -> None:
    """The index of a language, the map of the documentation, links to every page of it."""
    index = page_of("index.md", page.lang)
    targets = re.findall(r"\]\(([^)\s#]+)", index.prose())
    linked = {(index.path.parent / target).resolve() for target in targets}
    assert page.path in linked | {index.path}, f"{index.name} does not link to {page.name}"


@pytest.mark.parametrize(
    ("shown", "printed", "agrees"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a"], ["a", "b"], False),
        (["a", "..."], ["a", "b", "c"], True),
        (["..."], [], True),
        (["a", "  ...", "c"], ["a", "c"], True),
        (["a", "...", "c"], ["a", "b"], False),
        (["wrote ... files"], ["wrote 22 files"], True),
        (["a.b"], ["axb"], False),
    ],
)
def test_what_is_shown_is_compared(shown: list[str], printed: list[str], agrees: bool) -> None:
    """`...` stands for any lines, or for any text of one line, and for nothing else."""
    assert shows(tuple(shown), printed) is agrees


def test_renewing_leaves_out_the_same() -> None:
    """What a page leaves out stays left out when what it shows is renewed."""
    printed = ["head 2", "x", "key: 2", "y", "z", "tail 2"]
    assert _elided(["head 1", "...", "key: 1", "...", "tail 1"], printed) == [
        "head 2", "...", "key: 2", "...", "tail 2",
    ]  # fmt: skip
    assert _elided(["old"], printed) == printed
