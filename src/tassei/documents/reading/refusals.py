"""Why a document is not read: one clear message each.

Readers raise `Refused` with a kind and what they found; only this module words it. So what comes
from the child process is never shown but as one of the kinds below.
"""

from collections.abc import Mapping

from attrs import frozen

from tassei.errors import Fault, RequestError
from tassei.text import Text


class Refused(Exception):
    """A document cannot be read.

    Args:
        kind: a key of `KINDS`.
        found: what its wording names.
    """

    def __init__(self, kind: str, **found: str | int) -> None:
        super().__init__(kind, found)
        self.kind = kind
        self.found = found


@frozen
class Refusal:
    what: Text
    repair: Text


KINDS = {
    "broken": Refusal(
        Text(
            "{format}として読めません。壊れているか、途中で切れています",
            "it cannot be read as {format}; it is broken or cut off",
        ),
        Text(
            "元の場所からもう一度入手するか、作成したソフトウェアで開いて保存し直してください",
            "fetch it again from where it came from, or open it with the program that made it and save it again",
        ),
    ),
    "empty": Refusal(
        Text("中身がありません", "there is nothing in it"),
        Text("元の場所からもう一度入手してください", "fetch it again from where it came from"),
    ),
    "encrypted": Refusal(
        Text("パスワードで保護されています", "it is protected by a password"),
        Text(
            "パスワードを入力して開き、保護を外して保存してください",
            "open it with its password and save it without protection",
        ),
    ),
    "in-old-format": Refusal(
        Text(
            "古い形式（{format}）のファイルです。この形式は読めません",
            "it is in an old format ({format}), which is not read",
        ),
        Text("{newer}形式で保存し直してください", "save it again as {newer}"),
    ),
    "in-unknown-encoding": Refusal(
        Text(
            "文字コードが分かりません（UTF-8、UTF-16、Shift_JIS、EUC-JP、ISO-2022-JPのどれでもありません）",
            "its character encoding is none of UTF-8, UTF-16, Shift_JIS, EUC-JP and ISO-2022-JP",
        ),
        Text("UTF-8で保存し直してください", "save it again as UTF-8"),
    ),
    "not-a-file": Refusal(
        Text("通常のファイルではありません", "it is not a regular file"),
        Text("ファイルに保存してから指定してください", "save it to a file and name that"),
    ),
    "of-another-kind": Refusal(
        Text("文書ではなく、{looks}のようです", "it is not a document; it looks like {looks}"),
        Text(
            "PDF、Word（docx）、Excel（xlsx）、HTML、Markdown、テキストのいずれかを指定してください",
            "name a PDF, Word (docx), Excel (xlsx), HTML, Markdown or text file",
        ),
    ),
    "too-heavy": Refusal(
        Text(
            "読み取りに{limit} MBを超えるメモリが必要です",
            "reading it needs more than {limit} MB of memory",
        ),
        Text(
            "文書を分けるか、出どころを信頼できるなら --limit-memory で増やしてください",
            "split the document, or, if you trust where it came from, allow more with --limit-memory",
        ),
    ),
    "too-large": Refusal(
        Text("{limit} MBを超えています", "it is larger than {limit} MB"),
        Text("文書を分けてください", "split the document"),
    ),
    "too-long": Refusal(
        Text(
            "{pages}ページあります。読めるのは{limit}ページまでです",
            "it has {pages} pages, but at most {limit} are read",
        ),
        Text("必要な部分だけの文書にしてください", "make a document of the part that is needed"),
    ),
    "too-slow": Refusal(
        Text(
            "読み取りが{limit}秒で終わりませんでした",
            "reading it takes longer than {limit} s",
        ),
        Text(
            "文書を分けるか、出どころを信頼できるなら --limit-cpu で増やしてください",
            "split the document, or, if you trust where it came from, allow more with --limit-cpu",
        ),
    ),
    "unpacks-too-large": Refusal(
        Text(
            "展開すると{limit} MBを超えます。読み手を使い果たすために作られたファイルかもしれません",
            "it unpacks to more than {limit} MB; it may have been made to exhaust its reader",
        ),
        Text(
            "出どころを確かめてください。正しい文書なら分けてください",
            "check where it came from; if it is genuine, split it",
        ),
    ),
    "with-entities": Refusal(
        Text(
            "XMLの実体を定義しています。Officeの文書にはないもので、攻撃かもしれません",
            "it declares XML entities, which no Office document does; it may be an attack",
        ),
        Text(
            "出どころを確かめ、作成したソフトウェアで保存し直してください",
            "check where it came from, and save it again with the program that made it",
        ),
    ),
    "with-macros": Refusal(
        Text(
            "マクロを含むファイルです。マクロ付きのファイルは読みません",
            "it holds macros; files with macros are not read",
        ),
        Text("マクロなしの{newer}形式で保存し直してください", "save it again without macros, as {newer}"),
    ),
    "without-text": Refusal(
        Text(
            "どのページにも文字がありません（全{pages}ページ）。紙を読み取った画像かもしれません",
            "there is no text on any of its pages ({pages}); it may be scanned paper",
        ),
        Text(
            "文字認識（OCR）をかけて保存し、結果を確かめてから使ってください",
            "run character recognition (OCR) on it, save it, and check the result before use",
        ),
    ),
}  # fmt: skip
"""Each kind by the end of its code: `document-` and the key."""


def refusal(name: str, kind: str, found: Mapping[str, str | int]) -> RequestError:
    """Word why the document of some name is not read."""
    worded = KINDS[kind]
    # a format may have a name in each language
    values = {k: _NAMES.get(v, v) if isinstance(v, str) else v for k, v in found.items()}
    return RequestError(
        [
            Fault(
                f"document-{kind}",
                worded.what.format(**values),
                worded.repair.format(**values),
                file=name,
            )
        ]
    )


_NAMES = {
    "archive": Text("書庫（ZIP）", "a ZIP archive"),
    "binary": Text("文字でないデータ", "data that is not text"),
    "image": Text("画像", "an image"),
    "office": Text("別の種類のOffice文書", "an Office document of another kind"),
    "program": Text("プログラム", "a program"),
    "text": Text("テキスト", "text"),
}


def missing_library(module: str) -> RequestError:
    """What to say where a library is not installed that only documents need."""
    return RequestError(
        [
            Fault(
                "missing-extra",
                Text(
                    f"文書を読むためのライブラリ（{module}）がありません",
                    f"the library {module}, which reading documents needs, is not installed",
                ),
                Text(
                    "pip install 'tassei[documents]' を実行してください",
                    "run: pip install 'tassei[documents]'",
                ),
            )
        ]
    )
