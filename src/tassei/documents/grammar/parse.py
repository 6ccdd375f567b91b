"""Sentence -> typed clause values, by the grammar of its language.

The grammar is LALR and its terminals come from the lists of terms. What no rule of it takes is
`NotUnderstood`, with the place: never a guess, never silence.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from attrs import evolve
from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from tassei.documents.grammar.clauses import (
    Achieved,
    Amount,
    AnyComplexity,
    AnySize,
    AtDepth,
    Continuing,
    Experienced,
    FollowsManuals,
    ForYears,
    HandsOn,
    InRole,
    InWords,
    Leads,
    Mandatory,
    Mentors,
    NotUnderstood,
    OfLevel,
    OneComponent,
    OutcomeNamed,
    Pick,
    Recognised,
    SameSizeAs,
    Success,
    TakesPart,
    Times,
    UnderGuidance,
    Value,
    WithComplexity,
)
from tassei.documents.grammar.numbers import whole_of
from tassei.documents.grammar.terms import HERE, Terms, terms_of
from tassei.framework.scales import Role
from tassei.text import Lang

Read = tuple[Value, ...] | NotUnderstood


@cache
def _grammar(lang: Lang, start: str) -> Lark:
    """One parser a language and kind of text: the words of sizes are not words of sentences."""
    source = (HERE / f"{lang}.lark").read_text("utf-8") + "\n".join(_terminals(terms_of(lang)))
    return Lark(
        source,
        start=[start, "never"],
        parser="lalr",
        # the same text gives the same tokens everywhere, so that a number is never sea
        lexer="basic",
        propagate_positions=True,
        maybe_placeholders=False,
        keep_all_tokens=True,
    )


def _terminals(terms: Terms) -> Iterator[str]:
    """The terminals that the lists of terms give."""
    raw, flags = terms.raw, "i" if terms.lang == "en" else ""
    tails = raw["role_tails"]
    heads = raw.get("role_heads", "")
    words = [p for patterns in raw["roles"].values() for p in patterns]
    lists = {
        "ROLE.7": f"{heads}({_either(words)}){tails}",
        "WHOLE.8": raw["whole"],
        "LEADS.9": raw["leads"],
        "DEPTH.8": _either(raw["depths"].values()),
        "ACHIEVES.9": raw["achieves"],
        "OUTCOME_PHRASE.7": _either(p for ps in raw["outcomes"].values() for p in ps),
        "QUANTITY.6": _quantity(terms),
        **{
            f"{name}.{8 if name in _FIRST else 7}": pattern
            for name, pattern in raw["terminals"].items()
        },
    }
    for name, pattern in lists.items():
        yield f"{name}: /{pattern.replace('/', chr(92) + '/')}/{flags}"


_FIRST = frozenset({"EXPERIENCE", "REGARDLESS", "MANUAL"})
"""Terminals that hold words which others begin with too."""


def _either(patterns: Any) -> str:
    return "|".join(sorted((f"({p})" for p in patterns), key=len, reverse=True))


def _quantity(terms: Terms) -> str:
    units = _either(re.escape(u) for u in sorted(terms.raw["units"], key=len, reverse=True))
    bounds = str(terms.raw.get("bounds", ""))
    return str(terms.raw["quantity"]).replace("UNITS", units).replace("BOUNDS", bounds)


@lru_cache(maxsize=4096)
def parse_sentence(text: str, lang: Lang) -> Read:
    """Read one sentence of a clause; the text is folded."""
    return _read(text, lang, "sentence")


@lru_cache(maxsize=4096)
def parse_size(text: str, lang: Lang) -> Read:
    """Read one check box of a size clause; the text is folded."""
    return _read(text, lang, "size")


def _read(text: str, lang: Lang, start: str) -> Read:
    try:
        tree = _grammar(lang, start).parse(text, start=start)
    except UnexpectedInput as error:
        at = min(max(error.pos_in_stream or 0, 0), len(text))
        token = getattr(error, "token", None)
        end = at + (len(token) if isinstance(token, Token) and token.type != "$END" else 1)
        return NotUnderstood(text, at, text[at:end])
    reader = _Reader(text, terms_of(lang))
    if start == "sentence":
        return tuple(reader.sentence(tree))
    if both := reader.together(tree):
        return NotUnderstood(text, *both)
    return tuple(reader.size(tree))


_COUNTING = (Times, ForYears, OfLevel, Pick)
_MAIN = (Times, ForYears, OfLevel, Pick, AtDepth, HandsOn, Mentors, Experienced, InRole)
"""What makes a sentence a clause of its own, rather than a further experience."""


def _one_range(first: Amount, second: Amount) -> bool:
    """ "10 or more, less than 50": one range, though a comma parts it."""
    return (
        first.at_least is not None
        and first.below is None
        and second.at_least is None
        and not second.label.split("\0")[0]
        and not first.label.split("\0")[1]
        and (first.unit == second.unit or not first.unit)
        and second.below is not None
        and second.below > first.at_least
    )


_SENTENCE_ENDS: dict[Lang, re.Pattern[str]] = {
    "ja": re.compile(r"(?<=。)"),
    "en": re.compile(r"(?<=[A-Za-z)\"]\.)(?<!\b[A-Z]\.)\s*(?=[A-Z(])"),
}


def sentences_of(text: str, lang: Lang) -> tuple[tuple[int, str], ...]:
    """The sentences of a statement, each with its offset."""
    found, at = [], 0
    for part in _SENTENCE_ENDS[lang].split(text):
        start = text.index(part, at) if part else at
        if part.strip():
            found.append((start, part.strip()))
        at = start + len(part)
    return tuple(found)


class _Reader:
    """Values from one tree; positions give the words around an island."""

    def __init__(self, text: str, terms: Terms) -> None:
        self.text = text
        self.terms = terms
        self.lang = terms.lang

    def sentence(self, tree: Tree[Token]) -> Iterator[Value]:
        values = list(self._islands(tree))
        if self.lang == "en" and any(isinstance(v, _COUNTING) for v in values):
            # "has experience in projects for two years": the main one, not one beside it
            values = [v for v in values if not isinstance(v, Experienced)]
        yield from values
        if not any(isinstance(v, _MAIN) for v in values) and (also := self._also(tree)):
            yield Experienced(also)

    def _also(self, tree: Tree[Token]) -> tuple[str, ...]:
        """ "In addition, has experience of ...": what a sentence that begins so asks for beside."""
        begins = self.terms.pattern("also").match(self.text)
        ends = [p for p in tree.children if isinstance(p, Tree) and p.data == "has"]
        if not begins or not ends:
            return ()
        if self.lang == "ja":
            words = self.text[begins.end() : ends[-1].meta.start_pos]
        else:
            words = self.terms.pattern("has_tail").sub("", self.text[ends[0].meta.end_pos :])
        return self._listed(words)

    def _islands(self, tree: Tree[Token]) -> Iterator[Value]:
        boundary = 0
        for part in tree.children:
            if isinstance(part, Token):
                continue
            value = self._island(part, boundary)
            if value is not None:
                yield value
            boundary = part.meta.end_pos

    def _island(self, part: Tree[Token], boundary: int) -> Value | None:
        name, start, end = str(part.data), part.meta.start_pos, part.meta.end_pos
        written = self.text[start:end]
        match name:
            case "role":
                return InRole(self._role(part))
            case "lead":
                return Leads(self._led(part, boundary))
            case "takes_part":
                return TakesPart()
            case "supervised":
                return UnderGuidance()
            case "times":
                return Times(self._number(part))
            case "years":
                return ForYears(self._number(part))
            case "level":
                return self._level(part)
            case "succeeded":
                return Success()
            case "continued":
                return Continuing()
            case "pick":
                return self._pick(part)
            case "required":
                return Mandatory(self._mandatory(start, boundary))
            case "component":
                kinds = {t.type for t in part.children if isinstance(t, Token)}
                return OneComponent("any" if "ANY" in kinds else "main")
            case "achieved":
                names = self._nouns(part, boundary)
                return Achieved(names) if names else None
            case "outcome":
                return OutcomeNamed(self._first(self.terms.outcome_phrases, written), written)
            case "experience":
                return Experienced(self._experiences(part, boundary))
            case "depth":
                return next(
                    (AtDepth(d) for p, d in reversed(self.terms.depths) if p.search(written)), None
                )
            case "succession":
                return HandsOn()
            case "mentoring":
                return Mentors()
            case "regardless":
                complexity = self.terms.raw["complexity_word"] in written.casefold()
                return AnyComplexity() if complexity else AnySize()
            case "unspecified":
                return AnySize()
            case "manual":
                return FollowsManuals()
            case "passed":
                levels = re.findall(r"[1-7]", "".join(self._tokens(part, "LEVEL")))
                return Recognised(int(levels[0]) if levels else None)
        return None

    def _tokens(self, part: Tree[Token], kind: str) -> list[str]:
        return [str(t) for t in part.scan_values(lambda t: isinstance(t, Token) and t.type == kind)]

    def _first(self, patterns: tuple[tuple[re.Pattern[str], str], ...], written: str) -> str:
        return next(i for p, i in patterns if p.search(written))

    def _role(self, part: Tree[Token]) -> Role:
        [word] = self._tokens(part, "ROLE")
        found = max(
            ((m.end() - m.start(), r) for p, r in self.terms.roles for m in p.finditer(word)),
        )[1]
        whole = self._tokens(part, "WHOLE")
        return Role.OVERALL_RESPONSIBLE if whole and found >= Role.RESPONSIBLE else found

    def _number(self, part: Tree[Token]) -> int:
        if word := self._tokens(part, "TIMES_WORD"):
            return 1 if word[0].casefold() == "once" else 2
        number = next(iter(part.find_data("number")))
        return whole_of(str(number.children[0]))

    def _level(self, part: Tree[Token]) -> OfLevel:
        levels = [int(re.sub(r"\D", "", t)) for t in self._tokens(part, "LEVEL")]
        numbers = [whole_of(str(n.children[0])) for n in part.find_data("number")]
        tokens = list(part.scan_values(lambda t: isinstance(t, Token)))
        last = max(i for i, t in enumerate(tokens) if t.type == "LEVEL")
        above = any(t.type in ("AT_LEAST", "OR_MORE") for t in tokens[last + 1 :])
        if len(levels) == 2:
            return OfLevel(levels[1], above, numbers[0], levels[0])
        if numbers:
            return OfLevel(None, above, numbers[0], levels[0])
        return OfLevel(levels[0], above)

    def _pick(self, part: Tree[Token]) -> Pick:
        kinds = {t.type for t in part.scan_values(lambda t: isinstance(t, Token))}
        if "SOME" in kinds:
            return Pick("some")
        if "ANY" in kinds:
            return Pick("any")
        if "EVERY" in kinds:
            return Pick("all")
        if "MOST" in kinds:
            return Pick("most")
        if "HALF" in kinds:
            return Pick("half")
        if "MORE_THAN" in kinds:
            return Pick(self._number(part) + 1)
        return Pick(self._number(part))

    def _mandatory(self, start: int, boundary: int) -> tuple[str, ...]:
        before = self.text[boundary:start]
        if self.lang == "ja":
            opened = before.rfind("(")
            name = before[opened + 1 :] if opened >= 0 else re.split(r"[、。]", before)[-1]
            return tuple(n for n in re.split(r"、|及び|および|並びに", name) if n)
        name = before[before.rfind("(") + 1 :]
        return tuple(n.strip() for n in re.split(r",| and ", name) if n.strip())

    def _led(self, part: Tree[Token], boundary: int) -> str:
        if self.lang == "en":
            after = self.text[part.meta.end_pos :]
            return self.terms.pattern("led_end").split(after)[0].strip()
        before = self.text[boundary : part.meta.start_pos]
        return re.split(r"[、。]|とともに|として|有し", before)[-1]

    def _nouns(self, part: Tree[Token], boundary: int) -> tuple[str, ...]:
        if self.lang == "ja":
            before = self.text[boundary : part.meta.start_pos]
            before = self.terms.pattern("clause_ends").split(before)[-1]
            first, *others = [n for n in self.terms.pattern("and").split(before) if n] or [""]
            first = self._without_scope(first)
            names = [first, *others]
        else:
            after = self.text[part.meta.end_pos :]
            after = self.terms.pattern("noun_end").split(after)[0]
            names = [
                n
                for part_ in self.terms.pattern("and").split(after)
                for n in self._known_apart(part_.strip())
            ]
        return tuple(n for n in names if n)

    def _without_scope(self, noun: str) -> str:
        """`システムの使用性` -> `使用性`, unless the whole is a known outcome."""
        if any(p.fullmatch(noun) for p, _ in self.terms.outcome_words):
            return noun
        ends = [m.end() for m in self.terms.pattern("scopes").finditer(noun)]
        for end in ends:
            if any(p.fullmatch(noun[end:]) for p, _ in self.terms.outcome_words):
                return noun[end:]
        return noun[ends[-1] :] if ends else noun

    def _known_apart(self, words: str) -> list[str]:
        """`customer satisfaction safety` -> two known outcomes; other words stay together."""
        pattern = re.compile("|".join(f"({p.pattern})" for p, _ in self.terms.outcome_words), re.I)
        found = list(pattern.finditer(words))
        rest = pattern.sub("", words).strip()
        return [m[0] for m in found] if found and not rest else [words]

    def _experiences(self, part: Tree[Token], boundary: int) -> tuple[str, ...]:
        if self.lang == "ja":
            words = self.text[boundary : part.meta.start_pos]
            return self._listed(self.terms.pattern("purpose").sub("", words))
        return self._listed(self.terms.pattern("purpose").split(self.text[part.meta.end_pos :])[0])

    def _listed(self, words: str) -> tuple[str, ...]:
        """The experiences of a list; a comma parts them only where each names its own object."""
        found: list[str] = []
        for name in self.terms.pattern("experience_and").split(words):
            parts = name.split("、")
            own = self.lang == "ja" and all("の" in p for p in parts)
            found += parts if own else [name]
        return tuple(n.strip(" 、,.。") for n in found if n.strip(" 、,.。"))

    def size(self, tree: Tree[Token]) -> Iterator[Value]:
        parts = list(tree.children)
        ranges = [
            p for p in parts if isinstance(p, Tree) and p.data in ("range", "exact", "same_level")
        ]
        held: Amount | None = None
        for i, part in enumerate(parts):
            if isinstance(part, Token):
                continue
            name = str(part.data)
            if name not in ("range", "exact") and held:
                yield held
                held = None
            if name in ("range", "exact"):
                amount = self._amount(part, *self._label(parts, i))
                if held and _one_range(held, amount):
                    held = evolve(held, below=amount.below, label=held.label + amount.label[1:])
                    continue
                if held:
                    yield held
                held = amount
            elif name == "above":
                start = part.meta.start_pos
                before = [r for r in ranges if r.meta.start_pos < start]
                yield WithComplexity(self._number(part), not before if ranges else start == 0)
            elif name == "same_level":
                level = re.sub(r"\D", "", "".join(self._tokens(part, "LEVEL")))
                yield SameSizeAs(int(level))
            elif name in ("unspecified", "regardless"):
                yield AnySize()
        if held:
            yield held
        if not any(isinstance(p, Tree) for p in parts) or (
            not ranges and all(isinstance(p, Token) or p.data == "above" for p in parts)
        ):
            words = self._words(parts)
            if words:
                yield InWords(words)

    def together(self, tree: Tree[Token]) -> tuple[int, str] | None:
        """Where two amounts must both hold, the word that says so: a list of alternatives cannot."""
        ranges = [p for p in tree.children if isinstance(p, Tree) and p.data in ("range", "exact")]
        for first, second in pairwise(ranges):
            start, end = first.meta.end_pos, second.meta.start_pos
            if re.search(self.terms.raw["terminals"].get("OR", r"\bor\b"), self.text[start:end]):
                continue
            if found := self.terms.pattern("together").search(self.text, start, end):
                return found.start(), found[0]
        return None

    def _words(self, parts: list[Any]) -> str:
        """What is left of a size in words when its complexity condition is taken out."""
        words = self.text
        for part in reversed([p for p in parts if isinstance(p, Tree)]):
            words = words[: part.meta.start_pos] + words[part.meta.end_pos :]
        return words.strip(" 、,.。")

    def _label(self, parts: list[Any], i: int) -> tuple[str, str]:
        """The words before and behind an amount, as far as the alternatives next to it."""
        start, end = parts[i].meta.start_pos, parts[i].meta.end_pos
        before = 0
        for p in parts[:i]:
            if isinstance(p, Tree) or p.type == "OR":
                before = p.meta.end_pos if isinstance(p, Tree) else (p.end_pos or 0)
        after = len(self.text)
        for p in parts[i + 1 :]:
            if isinstance(p, Tree) or p.type == "OR":
                after = p.meta.start_pos if isinstance(p, Tree) else (p.start_pos or 0)
                break
        return self.text[before:start].strip(" 、,"), self.text[end:after].strip(" 、,.。")

    def _amount(self, part: Tree[Token], before: str, after: str) -> Amount:
        figures: list[tuple[int, str]] = []
        for node in part.iter_subtrees_topdown():  # type: ignore[no-untyped-call]  # lark types it not
            if node.data == "number" or (node.data == "quantity" and self.lang == "ja"):
                figures.append(self._figure(node))
        kinds = [t.type for t in part.scan_values(lambda t: isinstance(t, Token))]
        unit = next((u for _, u in reversed(figures) if u), "")
        values = [v for v, _ in figures]
        if self.lang == "en":
            unit, counted_by = self._unit(part)
            head, _, tail = after.partition(" ")
            if head in self.terms.raw["units"] and unit and unit not in self.terms.raw["units"]:
                # "1,000 client terminals": the known word is the unit
                unit, counted_by, after = head, unit, tail
            after = f"{counted_by} {after}".strip()
        label = f"{before}\0{after}"
        if part.data == "exact":
            return Amount(label, unit, values[0], None, bare=True)
        if "MORE_THAN" in kinds:
            values[0] += 1
        if len(values) == 1:
            if "BELOW_BOUND" in kinds or "LESS" in kinds:
                return Amount(label, unit, None, values[0])
            if "UP_TO" in kinds or "OR_LESS" in kinds:
                return Amount(label, unit, None, values[0] + 1)
            return Amount(label, unit, values[0], None)
        open_end = "BELOW_BOUND" in kinds or "LESS" in kinds
        return Amount(label, unit, values[0], values[1] + (0 if open_end else 1))

    def _figure(self, node: Tree[Token]) -> tuple[int, str]:
        word = "".join(str(t) for t in node.scan_values(lambda t: isinstance(t, Token)))
        if node.data == "number":
            return whole_of(word), ""
        match = re.match(r"[0-9.,]*[0-9一二三四五六七八九十百千万億兆,.]*", word)
        assert match is not None
        figure = match[0]
        return whole_of(figure), self.terms.pattern("unit_tail").sub("", word[len(figure) :])

    def _unit(self, part: Tree[Token]) -> tuple[str, str]:
        """The unit of an English amount, and the words between it and the bound.

        The unit is a currency before the figure, a known word behind it, else any word there.
        """
        if money := self._tokens(part, "CURRENCY"):
            return re.sub(r" +(?=\$)", "", money[0].casefold()), ""
        words = [t for u in part.find_data("unit") for t in u.children if isinstance(t, Token)]
        words.sort(key=lambda t: (t.type != "UNIT", t.start_pos or 0))
        if not words:
            return "", ""
        written = str(words[0]).casefold()
        known = [u for u in self.terms.raw["units"] if f"{written} ".startswith(f"{u} ")]
        unit = max(
            known, key=len, default=written.split()[0] if words[0].type == "FILL" else written
        )
        return unit, written[len(unit) :].strip()
