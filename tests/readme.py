"""The judgement that both READMEs show, held against what the program prints."""

import contextlib
import io
import os
from pathlib import Path

from tassei.cli.main import main
from tassei.text import Lang

ROOT = Path(__file__).resolve().parent.parent
FILES: dict[Lang, Path] = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}
COMMAND = "$ tassei judge examples/midori.yaml --as-of 2026-11 --lang "


def printed(lang: Lang) -> str:
    """What the command in the README prints."""
    os.environ["COLUMNS"] = "80"
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main(
            ["judge", str(ROOT / "examples" / "midori.yaml"), "--as-of", "2026-11", "--lang", lang]
        )
    return out.getvalue().rstrip()


def shown(lang: Lang) -> str:
    """What the README shows for it."""
    return _parts(lang)[1]


def renew(lang: Lang) -> None:
    before, _, after = _parts(lang)
    FILES[lang].write_text(f"{before}{printed(lang)}{after}", "utf-8")


def _parts(lang: Lang) -> tuple[str, str, str]:
    before, rest = FILES[lang].read_text("utf-8").split(COMMAND + lang + "\n", 1)
    judgement, after = rest.split("\n```", 1)
    return before + COMMAND + lang + "\n", judgement, "\n```" + after


if __name__ == "__main__":
    for each in FILES:
        renew(each)
