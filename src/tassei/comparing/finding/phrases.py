"""Rules on the words of a document: names, quantifiers, spellings, what siblings say otherwise."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from tassei.comparing.finding.proposal import Finding, rule
from tassei.comparing.finding.sections import Laid, Section, Unit
from tassei.comparing.finding.sentences import at_unit, sentences
from tassei.text import Text

_BOUND_WORD = re.compile(r"以上|以下|未満|超|少なくとも|or more|or above|or larger|or less|less than|fewer than|more than|at least|not less", re.IGNORECASE)  # fmt: skip


_EITHER = re.compile(r"いずれか|全般|すべて|either|any of|all of|one or more|one of", re.IGNORECASE)


_ROLE = re.compile(
    r"責任者|リーダー?|メンバー?|参画|担当者|マネージャ|responsible|leader|member|participa|manager",
    re.IGNORECASE,
)


@rule("name-of-another-field", "wrong-noun", "ほかの分野の名", "the name of another field")
def name_of_another_field(laid: Laid) -> Iterator[Finding]:
    """The lead sentence of a clause names a field that is not its own."""
    edition = laid.edition
    ja = edition.language == "ja"
    names = {f.id: f.name.ja if ja else f.name.en for f in edition.specialty_fields()}
    for section, unit in sentences(laid):
        if unit.kind != "said" or unit.clause not in (
            "responsibility",
            "complexity",
            "size",
            "areas",
            "succession",
        ):
            continue
        own = {names.get(section.field.id, "")} | {names[f] for f in section.field.applies_to}
        # a common level speaks of the category; any one field's name in it is another's
        own = own if not section.field.applies_to else set()
        for field_id, name in names.items():
            if name in own or any(name.casefold() in o.casefold() for o in own):
                continue
            if _names(unit.text, name, ja):
                yield at_unit(
                    laid, section, unit,
                    Text(f"ほかの分野の名「{name}」", f'The name of another field: "{name}"'),
                    Text(f"{section.field.name.ja}の条項が、別の分野の名を挙げる。", f"A clause of {section.field.name.en} names another field."),
                    f"{field_id} in {section.field.id}",
                )  # fmt: skip


def _names(text: str, name: str, ja: bool) -> bool:
    """Whether a text names the work of a field; within a longer word it does not."""
    if not ja:
        return (
            re.search(
                rf"\b{re.escape(name)}\b(?! (?:requirement|management|system))", text, re.IGNORECASE
            )
            is not None
        )
    for match in re.finditer(re.escape(name), text):
        before, after = text[: match.start()], text[match.end() :]
        if re.search(r"[ァ-ヶー一-龠]$", before) or (
            re.match(r"[ァ-ヶー一-龠]", after) and not re.match(r"業務|を|に|の", after)
        ):
            continue
        return True
    return False


@rule(
    "no-bound-word", "missing-bound-word", "「以上」「未満」のない数", "a number without its bound"
)
def no_bound_word(laid: Laid) -> Iterator[Finding]:
    """A figure of the size clause behind which no word says whether it is a least or a most."""
    figure = re.compile(
        r"(?:[0-9][0-9,.]*\s*(?:億|万|千)?\s*(?:円|人|箇所|拠点|㎡|m2|名)|[0-9][0-9,.]*\s*(?:million|billion)?\s*(?:yen|persons?|users?|sites?|rooms?)\b|from [0-9][0-9,.]*|[0-9][0-9,.]*\s+or more(?! (?:but|persons|of|users|installation|sites|a year|of above|complexity)))"
    )
    for section, unit in sentences(laid):
        if unit.clause != "size":
            continue
        text = re.sub(r"[0-9]+\s*[～~-]\s*", "", unit.text)
        for match in figure.finditer(text):
            around = text[max(0, match.start() - 24) : match.end() + 22]
            after = text[match.end() : match.end() + 22]
            unitless = "or more" in match[0]
            bare = not _BOUND_WORD.search(re.split(r"[、。,;]", after)[0]) and not re.search(
                r"(?:less than|fewer than|more than|at least|or more but)\s*(?:[0-9,.]+\s*)?$",
                text[: match.start()],
            )
            if "from" in match[0]:
                bare = not re.match(r"\s*or more", after)
            if unitless or (bare and not _BOUND_WORD.search(after[:12])):
                word = (
                    Text("単位がない", "no unit")
                    if unitless
                    else Text("「以上」「未満」がない", 'no "or more" or "less than"')
                )
                yield at_unit(
                    laid, section, unit,
                    Text(f"数に{word.ja}", f"A number with {word.en}"),
                    Text("ほかの数にある語が、この数にはない。", "Other numbers of the clause have it, this one does not."),
                    f"{unit.line} {around.strip()[:12]}",
                )  # fmt: skip


@rule(
    "no-either", "missing-quantifier", "「いずれか」のないサイズ", 'sizes without "either one of"'
)
def no_either(laid: Laid) -> Iterator[Finding]:
    """Several sizes in one clause whose lead does not say that one suffices, where other leads do."""
    leads = []
    for section in laid.sections:
        said = section.of_clause("size", "said")
        if len(section.indicator.size) > 1 and said:
            leads.append((section, said[0]))
    if not leads:
        return
    for section, lead in leads:
        if not _EITHER.search(lead.text):
            yield at_unit(
                laid, section, lead,
                Text("複数のサイズに「いずれか」がない", 'Several sizes without "either one of"'),
                Text("サイズが二つ以上並ぶが、一つでよいかすべてかを述べない。", "Two or more sizes are listed, but not whether one suffices."),
            )  # fmt: skip


@rule("either-of-many", "ambiguity", "三つ以上の「either one」", '"either one" of more than two')
def either_of_many(laid: Laid) -> Iterator[Finding]:
    """English "either one" before a list of three or more."""
    for section, unit in sentences(laid):
        if unit.kind == "said" and re.search(r"\beither (?:one|of)\b", unit.text, re.IGNORECASE):
            listed = section.of_clause(unit.clause, "item")
            if len(listed) > 2:
                yield at_unit(
                    laid, section, unit,
                    Text("三つ以上に「either one」", '"Either one" of more than two'),
                    Text(f"{len(listed)}項目の一覧に either を使う。", f"A list of {len(listed)} is introduced by either."),
                )  # fmt: skip


@rule("no-role", "missing-role", "役割のない責任性", "a responsibility without a role")
def no_role(laid: Laid) -> Iterator[Finding]:
    """The clause on responsibility does not say in which role."""
    for section in laid.sections:
        said = section.of_clause("responsibility")
        if not said:
            continue
        # the members one leads are not one's own role
        text = " ".join(u.text for u in said)
        text = re.sub(
            r"メンバー?を|メンバー?へ|leading the members|leads? (?:the )?members", "", text
        )
        if not _ROLE.search(text):
            yield at_unit(
                laid, section, said[0],
                Text("責任性に役割がない", "No role in the clause on responsibility"),
                Text("誰としての経験かを述べない。", "It does not say in which role the work was done."),
            )  # fmt: skip


@rule("long-vowel", "spelling", "長音の揺れ", "long vowels that come and go")
def long_vowel(laid: Laid) -> Iterator[Finding]:
    """A katakana word that stands with and without its last long vowel."""
    words: dict[str, list[int]] = defaultdict(list)
    for line, text in laid.lines:
        for word in re.findall(r"[ァ-ヶー]{3,}", text):
            words[word].append(line)
    stems = sorted((w for w in words if f"{w}ー" in words), key=len)
    for stem in stems:
        if any(stem != other and stem.endswith(other) for other in stems):
            continue  # told of the word that it ends in
        short, long = (
            [n for w, lines in words.items() if w.endswith(stem + vowel) for n in lines]
            for vowel in ("", "ー")
        )
        for line in dict.fromkeys(short if len(short) <= len(long) else long):
            yield Finding(
                laid.place(line), stem, "",
                Text(f"「{stem}」の長音の有無", f'"{stem}" with and without its long vowel'),
                Text(f"「{stem}」と「{stem}ー」が混じる。", "Both spellings stand in the document."),
            )  # fmt: skip


_PAIRED = (
    ("及び", "および"), ("又は", "または"), ("或いは", "あるいは"), ("並びに", "ならびに"), ("或は", "あるいは"),
    ("受入れ", "受入"), ("問い合わせ", "問合せ"), ("問合わせ", "問合せ"), ("組合せ", "組み合わせ"), ("関わる", "係る"),
    ("プロトコール", "プロトコル"), ("稼働", "稼動"),
)  # fmt: skip


@rule("two-spellings", "spelling", "二通りの表記", "a word spelt two ways")
def two_spellings(laid: Laid) -> Iterator[Finding]:
    """Japanese words of which both usual spellings stand in one document."""
    for one, other in _PAIRED:
        first = [line for line, text in laid.lines if one in text]
        second = [line for line, text in laid.lines if other in text.replace(one, "")]
        if first and second:
            rare = first if len(first) <= len(second) else second
            for line in dict.fromkeys(rare):
                yield Finding(
                    laid.place(line), f"{one} {other}", "",
                    Text(f"「{one}」と「{other}」", f'"{one}" and "{other}"'),
                    Text(f"「{one}」と「{other}」が混じる。", "Both spellings stand in the document."),
                )  # fmt: skip


@rule("hyphen-or-not", "spelling", "ハイフンの揺れ", "a word with and without its hyphen")
def hyphen_or_not(laid: Laid) -> Iterator[Finding]:
    """A word that is joined by a hyphen at one place and written in one at another."""
    forms: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for line, text in laid.lines:
        for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)+|[A-Za-z]{8,}", text):
            forms[word.replace("-", "").casefold()][word.casefold()].append(line)
    for variants in forms.values():
        if len(variants) > 1:
            rare = min(variants, key=lambda v: len(variants[v]))
            for line in dict.fromkeys(variants[rare]):
                yield Finding(
                    laid.place(line), rare, "",
                    Text(f"「{rare}」のハイフン", f'"{rare}" with another hyphen'),
                    Text("同じ語がハイフンのある形とない形で現れる。", "The word stands with and without a hyphen."),
                )  # fmt: skip


@rule("field-name-varies", "spelling", "分野名の表記の揺れ", "the name of a field varies")
def field_name_varies(laid: Laid) -> Iterator[Finding]:
    """A heading that names a field in other words than the edition knows."""
    if laid.document is None:
        return
    for owner in laid.edition.fields:
        name = owner.name.en if laid.edition.language == "en" else owner.name.ja
        seen: dict[str, list[int]] = defaultdict(list)
        for line, text in laid.lines:
            bare = text.strip("●○ #*")
            if re.fullmatch(
                rf"{re.escape(name)}s?|{re.escape(name.removesuffix('s'))}", bare, re.IGNORECASE
            ):
                seen[bare].append(line)
        if len(seen) > 1:
            most = max(seen, key=lambda v: len(seen[v]))
            for form, lines in seen.items():
                for line in lines if form != most else ():
                    yield Finding(
                        laid.place(line), owner.id, f"{owner.id}/*/name",
                        Text(f"分野名「{most}」が「{form}」", f'The field "{most}" as "{form}"'),
                        Text("見出しの分野名が所によって違う。", "Headings write the name of the field in more than one way."),
                    )  # fmt: skip


@rule(
    "uneven-sentence",
    "copy-error",
    "隣とわずかに違う文",
    "a sentence that differs slightly from its siblings",
)
def uneven_sentence(laid: Laid) -> Iterator[Finding]:
    """A sentence that is one of its siblings but for a particle, a comma or a word."""
    ja = laid.edition.language == "ja"
    own = {f.id: (f.name.ja if ja else f.name.en) for f in laid.edition.fields}
    groups: dict[tuple[str, str], list[tuple[str, Section, Unit]]] = defaultdict(list)
    for section, unit in sentences(laid):
        if unit.kind == "said" and len(unit.text) > 15 and unit.clause:
            text = unit.text.replace(own[section.field.id], "◇")
            text = re.sub(r"[0-9]+(?:[.,][0-9]+)*", "0", text).rstrip("。. ")
            groups[unit.clause, "ja" if ja else "en"].append((text, section, unit))
    for (clause, _), found in groups.items():
        counts = Counter(t for t, _, _ in found)
        for text, section, unit in found:
            if counts[text] != 1:
                continue
            near = max(
                (
                    t
                    for t in counts
                    if t != text and counts[t] >= 2 and abs(len(t) - len(text)) <= 6
                ),
                key=lambda t: SequenceMatcher(None, text, t, autojunk=False).ratio(),
                default=None,
            )
            if near is None:
                continue
            level = any(t == near and x.level == section.level for t, x, _ in found)
            small = _small_difference(text, near, words=level)
            if small:
                yield at_unit(
                    laid, section, unit,
                    Text("隣の文とわずかに違う", "A sentence differs slightly from its siblings"),
                    Text(f"ほかの所の同じ文と、{small}だけ違う。", f"It is a sentence of other places but for {small}."),
                    f"{unit.line} {clause}",
                )  # fmt: skip


def _small_difference(one: str, other: str, *, words: bool) -> str:
    """The few characters in which two sentences differ; empty where they differ in more.

    Args:
        words: whether words may differ, too, as they should not within one level.
    """
    parts = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            parts.append((one[a:b], other[c:d]))
    size = sum(max(len(a), len(b)) for a, b in parts)
    if not parts or size > 4 or len(parts) > 2:
        return ""
    if all(re.fullmatch(r"[\W_]*", a + b) and not re.search(r"[、,]", a + b) for a, b in parts):
        return ""
    if not words and any(re.search(r"[一-龠ァ-ヶA-Za-z◇]", a + b) for a, b in parts):
        return ""
    return "、".join(f"「{a}」→「{b}」" for a, b in parts)


@rule("doubled-particle", "copy-error", "重なる助詞", "a doubled particle")
def doubled_particle(laid: Laid) -> Iterator[Finding]:
    """「…を…を」 around one verb, and a particle cut off by a comma."""
    for line, text in laid.lines:
        for match in re.finditer(
            r"を[ァ-ヶー一-龠]{1,6}を|(?<!、)[をに]、(?=実施|遂行)|[はがをに][はがをに](?=[一-龠ァ-ヶ])",
            text,
        ):
            yield Finding(
                laid.place(line), match[0][:1] + match[0][-1:], "",
                Text("助詞の誤り", "A slip with a particle"),
                Text(f"「{match[0]}」とある。", f'It reads "{match[0]}".'),
            )  # fmt: skip


@rule("open-list", "ambiguity", "「等」で終わる一覧", 'a list left open by "etc."')
def open_list(laid: Laid) -> Iterator[Finding]:
    """Brackets of a criterion or an area that end with etc."""
    for section, unit in sentences(laid):
        if (
            unit.kind == "item"
            and re.search(r"(?:等|など|、他|etc\.?)\s*\)\s*$", unit.text)
            and unit.clause in ("complexity", "areas")
        ):
            yield at_unit(
                laid, section, unit,
                Text("「等」で終わる一覧", 'Lists left open by "etc."'),
                Text("括弧の一覧が「等」や「他」で終わり、何を含むか定まらない。", "The list in brackets ends in etc. and does not say what else belongs to it."),
            )  # fmt: skip


@rule(
    "commas-and-or",
    "ambiguity",
    "「、」と「または」の混じる条件",
    "commas and or in one condition",
)
def commas_and_or(laid: Laid) -> Iterator[Finding]:
    """Three figures joined by a comma and by or, so that it is open what the comma means."""
    pattern = re.compile(r"[0-9]+人(?:以上|未満)、[^、]{2,20}円(?:以上|未満)、または")
    for line, text in laid.lines:
        if pattern.search(text):
            yield Finding(
                laid.place(line), "", "*/*/skills" if laid.edition.skills.items else "",
                Text("「、」と「または」で結ばれた三つの条件", 'Commas and "or" joining three conditions'),
                Text("読点が「または」なのか「かつ」なのか定まらない。", "It is open whether the comma means or, or and."),
            )  # fmt: skip


@rule("slash", "ambiguity", "「/」の意味", "slashes that may mean and or or")
def slash(laid: Laid) -> Iterator[Finding]:
    """Two words joined by a slash."""
    for line, text in laid.lines:
        if re.search(r"[ぁ-んァ-ヶ一-龠]/[ぁ-んァ-ヶ一-龠]", text):
            yield Finding(
                laid.place(line), "", "",
                Text("「/」が「または」か「および」か定まらない", "Slashes that may mean and or or"),
                Text("語が斜線で結ばれている。", "Words are joined by a slash."),
            )  # fmt: skip


@rule("whose-staff", "ambiguity", "誰の要員か", "whose staff is counted")
def whose_staff(laid: Laid) -> Iterator[Finding]:
    """Staff at the peak: managed in one clause, plainly staff in another."""
    managed = [
        (s, u)
        for s, u in sentences(laid)
        if u.clause == "size" and re.search(r"管理する.{0,12}要員", u.text)
    ]
    plain = [
        (s, u)
        for s, u in sentences(laid)
        if u.clause == "size"
        and "要員" in u.text
        and not re.search(r"管理する.{0,12}要員", u.text)
        and re.search(r"[0-9]", u.text)
    ]
    if managed and plain:
        for section, unit in plain:
            yield at_unit(
                laid, section, unit,
                Text("管理する要員か、要員の全体か", "Staff managed, or all staff"),
                Text("ほかの所の「管理する要員」が、ここでは「要員」とだけある。", "Other clauses say staff managed; here it is staff alone."),
            )  # fmt: skip
