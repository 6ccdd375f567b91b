"""Asking a value for its parts collects every fault, and goes on."""

from collections.abc import Callable

import pytest

from tassei.errors import Fault
from tassei.marked import as_marked, parse
from tassei.shaping import Faults, Shape, shown, suggestion
from tassei.text import Text

ROLE = Text("役割", "role")


def shape(text: str) -> Shape:
    return Shape(parse(text, "a.yaml"), Faults("a.yaml"))


def entry(text: str) -> Shape:
    """The value of the one entry `a`."""
    return shape(f"a: {text}\n").mapping({"a"})["a"]


def only(asked: Shape) -> Fault:
    [fault] = asked.faults.found
    assert fault.file == "a.yaml"
    return fault


def test_a_mapping_gives_its_known_entries_in_their_order() -> None:
    """Each with its path."""
    found = shape("b: 1\na: 2\n").mapping({"a", "b", "c"})
    assert [(k, s.path, s.line, s.marked.value) for k, s in found.items()] == [
        ("b", "b", 1, 1),
        ("a", "a", 2, 2),
    ]


def test_an_unknown_key_is_a_fault_on_its_own_line() -> None:
    """With the nearest known key; the others are still read."""
    asked = shape("role: x\nrols:\n- y\n")
    assert list(asked.mapping({"role", "title"})) == ["role"]
    fault = only(asked)
    assert (fault.code, fault.line) == ("unknown-key", 2)
    assert fault.what == Text("「rols」というキーはありません", 'there is no key "rols"')
    assert fault.repair.en == 'did you mean "role"?'


def test_every_missing_key_is_a_fault() -> None:
    """On the line of the mapping."""
    asked = shape("\na: 1\n")
    assert list(asked.mapping({"a", "b", "c"}, {"a", "b"})) == ["a"]
    fault = only(asked)
    assert (fault.code, fault.line) == ("missing-key", 2)
    assert '"b"' in fault.what.en


def test_missing_keys_are_named_in_a_fixed_order() -> None:
    """Whatever the order in which they were asked for."""
    keys = [f"k{n}" for n in range(10)]
    one, other = shape("x: 1\n"), shape("x: 1\n")
    one.mapping(["x", *keys], keys)
    other.mapping(["x", *keys], keys[::-1])
    assert one.faults.found == other.faults.found


@pytest.mark.parametrize("written", ["[1]", "x", "1", "null"])
def test_anything_else_is_no_mapping(written: str) -> None:
    """It has no entries, and one fault says what it is."""
    asked = entry(written)
    assert asked.mapping({"b"}) == {}
    assert only(asked).code == "wrong-type"
    asked = entry(written)
    assert asked.entries() == []
    assert only(asked).code == "wrong-type"


def test_entries_of_data_may_have_any_key() -> None:
    """They come in their order, with the path of each."""
    found = shape("size:\n  managed_staff: 5\n  x: null\n").mapping({"size"})["size"].entries()
    assert [(k, s.path, s.is_null()) for k, s in found] == [
        ("managed_staff", "size.managed_staff", False),
        ("x", "size.x", True),
    ]


def test_the_whole_of_a_file_is_called_by_a_name() -> None:
    """A file that is a list is told so in words, not by a sign for nothing."""
    asked = shape("- a\n")
    asked.mapping({"a"})
    assert "?" not in only(asked).what.en
    assert "?" not in only(asked).what.ja


def test_the_elements_of_a_list_have_paths() -> None:
    """Inside lists and mappings, however deep."""
    [one] = entry("[{b: [5]}]").elements()
    [five] = one.mapping({"b"})["b"].elements()
    assert (one.path, five.path, five.marked.value) == ("a[0]", "a[0].b[0]", 5)


@pytest.mark.parametrize("written", ["{b: 1}", "x", "1", "null", "true"])
def test_anything_else_is_no_list(written: str) -> None:
    """It has no elements, and one fault says what it is."""
    asked = entry(written)
    assert asked.elements() == []
    assert only(asked).code == "wrong-type"


ASKED: dict[str, Callable[[Shape], object]] = {
    "text": Shape.text,
    "truth": Shape.truth,
    "whole": Shape.whole,
}


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("text", "x", "x"),
        ("text", "'5'", "5"),
        ("truth", "true", True),
        ("truth", "false", False),
        ("whole", "5", 5),
        ("whole", "0", 0),
        ("whole", "-5", -5),
    ],
)
def test_a_value_of_the_right_type_is_given(kind: str, written: str, value: object) -> None:
    """And no fault."""
    asked = entry(written)
    assert ASKED[kind](asked) is not None
    assert ASKED[kind](asked) == value
    assert not asked.faults.found


@pytest.mark.parametrize(
    ("kind", "written", "what"),
    [
        ("text", "5", "a is a whole number, but a text is needed"),
        ("text", "1.5", "a is a decimal number, but a text is needed"),
        ("text", "true", "a is true or false, but a text is needed"),
        ("text", "null", "a is an empty value, but a text is needed"),
        ("text", "[x]", "a is a list, but a text is needed"),
        ("text", "{x: 1}", "a is a mapping of keys and values, but a text is needed"),
        ("truth", "1", "a is a whole number, but true or false is needed"),
        ("truth", "maybe", "a is a text, but true or false is needed"),
        ("truth", "null", "a is an empty value, but true or false is needed"),
        ("whole", "true", "a is true or false, but a whole number is needed"),
        ("whole", "1.0", "a is a decimal number, but a whole number is needed"),
        ("whole", "'5'", "a is a text, but a whole number is needed"),
        ("whole", "[5]", "a is a list, but a whole number is needed"),
    ],
)
def test_a_value_of_another_type_is_a_fault(kind: str, written: str, what: str) -> None:
    """Nothing is given; the fault says what it is and what is needed."""
    asked = entry(written)
    assert ASKED[kind](asked) is None
    fault = only(asked)
    assert (fault.code, fault.what.en) == ("wrong-type", what)


def test_types_are_told_in_japanese_too() -> None:
    """In words that people use."""
    asked = entry("[x]")
    asked.whole()
    assert only(asked).what.ja == "a はリストですが、整数が必要です"
    assert only(asked).repair == Text("整数を書いてください", "write a whole number")


@pytest.mark.parametrize("written", ["''", "'  '", '"\\t"', "'\u3000'"])
def test_a_text_of_nothing_is_a_fault(written: str) -> None:
    """Spaces are nothing."""
    asked = entry(written)
    assert asked.text() is None
    assert only(asked).code == "empty-text"


def test_a_known_word_gives_what_it_stands_for() -> None:
    """Whatever that is, also something false."""
    asked = entry("leader")
    assert asked.choice({"leader": 0}, "unknown-role", ROLE) == 0
    assert not asked.faults.found


def test_an_unknown_word_is_a_fault_with_its_code_and_noun() -> None:
    """And with the word that is near it."""
    asked = entry("leadr").at(Text("業務「b」", 'engagement "b"'))
    assert asked.choice({"leader": 1, "member": 2}, "unknown-role", ROLE) is None
    assert only(asked) == Fault(
        "unknown-role",
        Text("役割「leadr」はありません", 'no role is called "leadr"'),
        Text("「leader」のことでしょうか", 'did you mean "leader"?'),
        Text("業務「b」", 'engagement "b"'),
        "a.yaml",
        1,
    )


def test_a_word_that_is_no_text_is_a_fault_of_type() -> None:
    """One fault, not two."""
    asked = entry("[leader]")
    assert asked.choice({"leader": 1}, "unknown-role", ROLE) is None
    assert only(asked).code == "wrong-type"


def test_a_suggestion_names_the_nearest_word() -> None:
    """In both languages."""
    found = suggestion("systm-risk", ["system-risk", "structure"])
    assert found == Text("「system-risk」のことでしょうか", 'did you mean "system-risk"?')


def test_words_may_be_given_one_by_one() -> None:
    """Any iterable will do, to find the nearest and to list them."""
    assert suggestion("structur", iter(["structure"])).en == 'did you mean "structure"?'
    assert suggestion("zzz", iter(["b", "a"])).en == "use one of: a, b"


def test_what_is_listed_may_be_other_words_than_those_that_are_known() -> None:
    """People know things by many names; the list offers one for each."""
    found = suggestion("zzz", ["one", "a long name of one"], listed=["one"])
    assert found.en == "use one of: one"
    assert suggestion("a long nane of one", ["one", "a long name of one"], listed=["one"]).en == (
        'did you mean "a long name of one"?'
    )


def test_where_no_word_is_near_all_are_named() -> None:
    """In order, each once."""
    found = suggestion("zzz", ["b", "a", "b"])
    assert found == Text("次のいずれかにしてください: a、b", "use one of: a, b")


def test_where_words_are_ranked_all_are_named() -> None:
    """The nearest word is not the one that was meant."""
    assert suggestion("leads", ["leads_x", "basic"], near=False).en == "use one of: basic, leads_x"


def test_a_long_list_is_cut() -> None:
    """Twelve are shown."""
    found = suggestion("zzz", [f"{n:02}" for n in range(13)])
    assert found.en == "use one of: 00, 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11, ..."
    assert found.ja.endswith("10、11 など")
    assert "..." not in suggestion("zzz", [f"{n:02}" for n in range(12)]).en


def test_where_nothing_is_known_nothing_is_offered() -> None:
    """An empty list of choices is no help."""
    assert suggestion("x", []) == Text("取り除いてください", "leave it out")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (5, "5"),
        ("a\n  b\tc", "a b c"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 57 + "..."),
        ("a\x1b[31mb\x07", "a[31mb"),
        (as_marked(["業務", 1, None]).value, '["業務", 1, null]'),
        (as_marked({"a": True}).value, '{"a": true}'),
    ],
)
def test_a_value_is_shown_short_and_plain(value: object, written: str) -> None:
    """On one line, as YAML writes it, and without what a terminal would obey."""
    assert shown(value) == written


def test_faults_keep_the_order_in_which_they_were_found() -> None:
    """With the file that they belong to."""
    faults = Faults("a.yaml")
    faults.add("b", Text("", ""), Text("", ""), line=2)
    faults.add("a", Text("", ""), Text("", ""))
    assert [(f.code, f.file, f.line) for f in faults.found] == [
        ("b", "a.yaml", 2),
        ("a", "a.yaml", 0),
    ]


def test_a_shape_stands_somewhere_in_the_words_of_the_reader() -> None:
    """What is inside it stands there too."""
    where = Text("業務「b」", 'engagement "b"')
    asked = entry("{c: [1]}").at(where)
    [one] = asked.mapping({"c"})["c"].elements()
    one.text()
    assert only(asked).where == where
