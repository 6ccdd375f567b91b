"""Words in the two languages of the project, always side by side.

A name or sentence that a person may read is a `Text`; code never holds one language alone.
"""

from typing import Literal, get_args

from attrs import frozen

Lang = Literal["ja", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


@frozen
class Text:
    """One wording in Japanese and English, of equal standing."""

    ja: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return self.ja if lang == "ja" else self.en

    def format(self, **values: "Text | str | int") -> "Text":
        """Fill the placeholders of both wordings, each with the value in its own language."""
        ja = {k: v.ja if isinstance(v, Text) else v for k, v in values.items()}
        en = {k: v.en if isinstance(v, Text) else v for k, v in values.items()}
        return Text(self.ja.format(**ja), self.en.format(**en))
