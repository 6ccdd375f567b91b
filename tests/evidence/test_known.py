"""What evidence may name is gathered from all editions; ambiguous names name nothing."""

import unicodedata

import pytest

from evidence.small import COMMON, DESK, HARDWARE, KNOWN, ONE, OPERATIONS, TWO, VOCABULARY
from tassei.evidence.known import DEPTH_WORDS, ONGOING_WORDS, ROLE_WORDS, TRUTH_WORDS, Kind, Known
from tassei.framework.scales import Depth, Role


def test_every_edition_and_field_is_known() -> None:
    """By the ids that evidence uses."""
    assert KNOWN.editions == ("one/it", "two/it")
    assert set(KNOWN.fields) == {OPERATIONS, DESK, COMMON, HARDWARE}
    assert KNOWN.fields[DESK] is ONE
    assert KNOWN.fields[HARDWARE] is TWO


def test_a_field_may_show_its_own_criteria_and_those_of_the_levels_it_shares() -> None:
    """A common entry may show those of every field that it covers; other fields stay apart."""
    assert KNOWN.criteria_of_field == {
        OPERATIONS: {"international", "structure", "system-risk"},
        DESK: {"contract", "simple-support"},
        COMMON: {"contract", "simple-support"},
        HARDWARE: {"structure", "many-sites", "disaster-risk"},
    }


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("international", "international"),
        ("国際的な運用(文化の異なる環境)", "international"),
        ("国際的な運用", "international"),
        ("International work (several cultures)", "international"),
        ("International work", "international"),
        ("体制", "structure"),
    ],
)
def test_a_term_goes_by_its_id_and_its_names(word: str, id_: str) -> None:
    """In either language, with or without what stands in brackets."""
    assert KNOWN.criteria.words[word] == id_


def test_a_term_goes_by_the_names_of_every_edition() -> None:
    """One id, worded otherwise elsewhere."""
    words = KNOWN.areas.words
    assert {words[w] for w in ("セキュリティ", "安全管理", "Security", "Security management")} == {
        "security"
    }


def test_a_name_of_two_things_names_neither() -> None:
    """Their ids and their other names still do."""
    words = KNOWN.criteria.words
    assert "高度なリスク" not in words
    assert words["High risk"] == "system-risk"
    assert words["disaster-risk"] == "disaster-risk"


def test_each_edition_knows_its_own_terms() -> None:
    """What a list written for it says nothing about is what none of its editions knows."""
    criteria = KNOWN.criteria
    assert criteria.by_edition["two/it"] == {"structure", "many-sites", "disaster-risk"}
    assert criteria.outside(["one/it"]) == {"many-sites", "disaster-risk"}
    assert criteria.outside(["one/it", "two/it"]) == frozenset()
    assert criteria.outside([]) == set(criteria.words.values())
    assert criteria.outside(["unheard-of"]) == set(criteria.words.values())


def test_a_task_characteristic_may_be_recorded_as_outcome_or_as_activity() -> None:
    """Whichever it is to the person."""
    assert KNOWN.tasks == {"satisfies-users"}
    for kind in (KNOWN.outcomes, KNOWN.activities):
        assert kind.words["利用者の満足"] == "satisfies-users"


def test_what_can_be_known_is_the_leaves_of_the_tree() -> None:
    """A heading is nothing that one knows."""
    assert set(KNOWN.knowledge.words.values()) == {"monitoring"}


def test_examinations_go_by_their_names() -> None:
    """In any case, in both languages, and by the short name."""
    assert KNOWN.examinations == {
        "ap": "AP",
        "応用情報技術者試験": "AP",
        "applied engineer": "AP",
    }


def test_editions_may_be_given_one_by_one() -> None:
    """Any iterable will do."""
    assert Known.of(iter([ONE, TWO]), VOCABULARY) == KNOWN


def test_no_edition_means_no_vocabulary() -> None:
    """Nothing is built in."""
    nothing = Known.of([], VOCABULARY)
    assert (nothing.editions, nothing.fields, nothing.criteria.words) == ((), {}, {})


def test_every_role_and_depth_has_its_id_and_a_japanese_word() -> None:
    """And no word but these."""
    assert {r: r.id in ROLE_WORDS for r in Role} == dict.fromkeys(Role, True)
    assert {d: d.id in DEPTH_WORDS for d in Depth} == dict.fromkeys(Depth, True)
    for words, ranks in ((ROLE_WORDS, Role), (DEPTH_WORDS, Depth)):
        japanese = {rank for word, rank in words.items() if not word.isascii()}
        assert japanese == set(ranks)


def test_words_are_kept_in_the_form_in_which_they_are_looked_up() -> None:
    """Narrow where there is a narrow form, and lower-case."""
    for word in (*ROLE_WORDS, *DEPTH_WORDS, *ONGOING_WORDS, *TRUTH_WORDS):
        assert unicodedata.normalize("NFKC", word).casefold() == word


def test_names_of_the_real_editions_mean_one_thing_in_any_width_and_case(known: Known) -> None:
    """Words that are alike but for width and case stand for the same term."""
    kinds: list[Kind] = [
        known.criteria, known.outcomes, known.activities, known.areas, known.succession, known.skills, known.knowledge,
    ]  # fmt: skip
    for kind in kinds:
        meant: dict[str, set[str]] = {}
        for word, id_ in kind.words.items():
            meant.setdefault(unicodedata.normalize("NFKC", word).casefold(), set()).add(id_)
        assert {w: ids for w, ids in meant.items() if len(ids) > 1} == {}
        # an id always means itself, even where it is the name of another term
        assert all(kind.words[i] == i for ids in kind.by_edition.values() for i in ids)
