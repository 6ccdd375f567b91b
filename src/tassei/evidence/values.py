"""The values of evidence as people write them: words, months, amounts, lists of what holds.

A `ValueReader` reads them from one file, collects what is wrong, and keeps what it understood of
words, so that a person can check it.
"""

import unicodedata
from collections.abc import Callable, Mapping
from typing import TypeVar

from attrs import define, field

from tassei.evidence.amounts import parse_whole
from tassei.evidence.known import ONGOING_WORDS, TRUTH_WORDS, Kind, Known
from tassei.evidence.model import Holding, Understood
from tassei.evidence.months import Month
from tassei.framework.vocabulary import Measure, Scale
from tassei.marked import Marked
from tassei.shaping import Faults, Shape, shown, suggestion
from tassei.text import Text

T = TypeVar("T")


@define
class ValueReader:
    """Reads values of one file.

    Args:
        known: what evidence may name.
        as_of: the month of the judgement.
    """

    known: Known
    as_of: Month
    faults: Faults
    understood: list[Understood] = field(factory=list)

    def holding(self, shape: Shape, kind: Kind, code: str, noun: Text) -> Holding:
        """A list of what holds, complete; or `{term: true|false}`, which may be partial."""
        broader = self.known.vocabulary.with_broader
        if not isinstance(shape.marked.value, dict):
            terms = (self.word(s, kind.words, code, noun) for s in shape.elements())
            return Holding(true=broader(t for t in terms if t))
        said: dict[str, bool] = {}
        for written, s in shape.entries():
            term = self.term(written, s, kind, code, noun)
            value = None if s.is_null() else self.truth(s)
            if term and value is not None:
                if said.get(term, value) is not value:
                    self.contradiction(s, term)
                said[term] = value
        true = {t for t, holds in said.items() if holds}
        for term in sorted(
            t for t, holds in said.items() if not holds and t in broader(true) - true
        ):
            self.contradiction(shape, term)
        false = said.keys() - true
        return Holding(broader(true), frozenset(false) - broader(true), complete=False)

    def contradiction(self, shape: Shape, term: str) -> None:
        """The same thing is said to hold and not to hold, or to have two values."""
        shape.fault(
            "contradiction",
            Text(
                f"「{term}」について食い違うことが書かれています",
                f'what is written about "{term}" contradicts itself',
            ),
            Text(
                "別の書き方や、それを含む項目も確かめ、一つにしてください",
                "look for it under another name, and for what implies it, and write it once",
            ),
        )

    def term(self, written: str, shape: Shape, kind: Kind, code: str, noun: Text) -> str | None:
        """A term that is written as the key of a mapping."""
        key = Shape(Marked(written, shape.line), self.faults, shape.where, shape.path)
        return self.word(key, kind.words, code, noun)

    def word(
        self, shape: Shape, words: Mapping[str, T], code: str, noun: Text, *, near: bool = True
    ) -> T | None:
        """What a word stands for, whatever its width and case; else a fault.

        Args:
            near: suggest the nearest word, as `suggestion` does.
        """
        written = shape.text()
        if written is None:
            return None
        word: str | None = written
        if written not in words:
            # few words are written otherwise, and folding all there are takes long
            word = {_fold(w): w for w in words}.get(_fold(written))
        if word is None:
            # the names that people of one script use are no help to those of the other
            own = [w for w in words if w.isascii() == written.isascii()]
            ids = {_id_of(v) for v in words.values()}
            shape.fault(
                code,
                Text(
                    f"{noun.ja}「{shown(written)}」はありません",
                    f'no {noun.en} is called "{shown(written)}"',
                ),
                suggestion(
                    written, own, listed=ids if near or written.isascii() else own, near=near
                ),
            )
            return None
        self.took(shape, written, _id_of(words[word]))
        return words[word]

    def size(self, shape: Shape) -> dict[str, int | str]:
        found: dict[str, int | str] = {}
        vocabulary = self.known.vocabulary
        for name, s in shape.entries():
            value: int | str | None = None
            if name not in vocabulary.measures and name not in vocabulary.scales:
                # a figure with a comma, written without quotes in `{...}`, ends up here too
                s.fault(
                    "unknown-measure",
                    Text(
                        f"測定項目「{shown(name)}」はありません",
                        f'no measure is called "{shown(name)}"',
                    ),
                    suggestion(name, [*vocabulary.measures, *vocabulary.scales]),
                )
            elif not s.is_null():
                measure = vocabulary.measures.get(name)
                value = (
                    self.amount(s, measure) if measure else self.rung(s, vocabulary.scales[name])
                )
            if value is not None:
                found[name] = value
        return {k: found[k] for k in sorted(found)}

    def amount(self, shape: Shape, measure: Measure) -> int | None:
        value = shape.marked.value
        name = measure.id
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            shape.wrong_type(int)
            return None
        if isinstance(value, str):
            try:
                parsed = parse_whole(value, money=measure.money)
            except ValueError:
                unit = measure.unit
                code = (
                    "negative-amount"
                    if _fold(value).startswith(("-", "−", "△", "▲"))
                    else "not-a-whole-number"
                )
                shape.fault(
                    code,
                    Text(
                        f"{name} の「{shown(value)}」を{unit.ja}の整数として確実に読むことができません",
                        f'{name} is "{shown(value)}", which cannot surely be read as a whole number of {unit.en}',
                    ),
                    Text(
                        f"0以上の整数（{unit.ja}）で書くか、分からなければキーごと消してください",
                        f"write a whole number of {unit.en}, zero or more; leave it out if it is not known",
                    ),
                )
                return None
            self.took(shape, value, f"{parsed:,}")
            return parsed
        if isinstance(value, float):
            shape.fault(
                "fractional-amount",
                Text(
                    f"{name} は {value} ですが、{measure.unit.ja}の整数が必要です",
                    f"{name} is {value}, but a whole number of {measure.unit.en} is needed",
                ),
                Text(
                    "億・万を使わず円、人などの単位の整数で書いてください"
                    if measure.money
                    else "整数で書いてください",
                    "write the whole number in full" + (", in yen" if measure.money else ""),
                ),
            )
            return None
        if value < 0:
            shape.fault(
                "negative-amount",
                Text(
                    f"{name} は {value} ですが、負にはなりません",
                    f"{name} is {value}, but it cannot be negative",
                ),
                Text(
                    "0以上で書くか、分からなければキーごと消してください",
                    "write zero or more; leave it out if it is not known",
                ),
            )
            return None
        return value

    def rung(self, shape: Shape, scale: Scale) -> str | None:
        words = {w: t.id for t in scale.terms() for w in (t.id, t.name.ja, t.name.en)}
        return self.word(shape, words, "unknown-scope", scale.name, near=False)

    def month(self, shape: Shape) -> Month | None:
        value = shape.marked.value
        try:
            if not isinstance(value, str):
                raise ValueError(value)
            month = Month.parse(value)
        except ValueError:
            shape.fault(
                "not-a-month",
                Text(
                    f"{shape.path} の「{shown(value)}」を年月として確実に読むことができません",
                    f'{shape.path} is "{shown(value)}", which cannot surely be read as a month',
                ),
                Text("2019-04 の形で書いてください", "write it like 2019-04"),
            )
            return None
        self.took(shape, value, str(month))
        return month

    def month_or_now(self, shape: Shape) -> Month | None:
        """The end of an engagement; None while it goes on, also where that is said in words."""
        value = shape.marked.value
        if isinstance(value, str) and _fold(value) in ONGOING_WORDS:
            self.took(shape, value, "継続中 / still going on")
            return None
        return self.month(shape)

    def past_month(self, shape: Shape) -> Month | None:
        month = self.month(shape)
        if month and self.as_of < month:
            shape.fault(
                "starts-in-future",
                Text(
                    f"{month} は判定の基準月（{self.as_of}）より後です",
                    f"{month} is after the month of the judgement ({self.as_of})",
                ),
                Text(
                    "行ってから記録するか、--as-of で後の月を指定してください",
                    "record it once it is done, or give a later month with --as-of",
                ),
            )
        return month

    def truth(self, shape: Shape) -> bool | None:
        value = shape.marked.value
        if isinstance(value, str) and value.strip().casefold() in TRUTH_WORDS:
            return TRUTH_WORDS[value.strip().casefold()]
        return shape.truth()

    def name_or_number(self, shape: Shape) -> str | None:
        """An id: people number themselves and their projects."""
        value = shape.marked.value
        return str(value) if type(value) is int else shape.text()

    def optional(self, shape: Shape | None, read: Callable[[Shape], T | None]) -> T | None:
        """Read a part that may be left out or null, which both mean: not known."""
        return None if shape is None or shape.is_null() else read(shape)

    def took(self, shape: Shape, written: str, taken_as: str) -> None:
        if written != taken_as:
            self.understood.append(
                Understood(self.faults.file, shape.line, shape.path, written, taken_as)
            )


def _id_of(value: object) -> str:
    return str(getattr(value, "id", value))


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().casefold()
