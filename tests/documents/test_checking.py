"""Encodings held against their documents."""

import pytest
from attrs import evolve

from documents.samples import PROJECTS
from documents.sources import EDITIONS, HERE, REASON, document_of, source_text
from tassei.documents.checking import Check, check
from tassei.encoding.compiled import standards
from tassei.framework.edition import Edition

needs_sources = pytest.mark.skipif(not HERE, reason=REASON)


def checked(number: str, edition: Edition | None = None, text: str | None = None) -> Check:
    everything = standards()
    mine = edition or everything.edition(EDITIONS[number])
    return check(mine, document_of(number, text or source_text(number)), everything)


@needs_sources
@pytest.mark.parametrize("number", EDITIONS)
def test_the_shipped_editions_say_what_their_documents_say(number: str) -> None:
    """Every indicator is the same in every value, the skill part too, and nothing is left over."""
    found = checked(number)
    assert [c for c in found.indicators if not c.same] == []
    assert found.skills == ()
    assert found.draft.problems == ()
    assert found.draft.account.not_understood() == ()
    assert found.sound


@needs_sources
def test_all_sixty_two_indicators_are_compared() -> None:
    found = [checked(n) for n in EDITIONS]
    assert sum(len(c.indicators) for c in found) == 62
    assert [c.skills_compared for c in found if c.skills_compared] == [11 + 97 + 35]


@needs_sources
def test_a_wrong_encoding_is_found() -> None:
    """Another role in one indicator is one difference, and no doubt explains it."""
    edition = standards().edition(EDITIONS["001"])
    first, *others = edition.indicators
    said = evolve(first.responsibility, years=5)
    wrong = evolve(edition, indicators=(evolve(first, responsibility=said), *others))
    found = checked("001", wrong)
    [differing] = [c for c in found.indicators if not c.same]
    [difference] = differing.differences
    assert (difference.value, difference.encoded, difference.documented) == (
        "responsibility.years",
        5,
        3,
    )
    assert difference.doubts == ()
    assert not found.sound


@needs_sources
def test_a_doubt_explains_only_what_it_is_about() -> None:
    """D-040 says that a role is missing: it explains another role, and not another outcome."""
    edition = standards().edition(EDITIONS["002"])
    target = next(
        i for i in edition.indicators if (i.field_id, i.level) == ("network-operation", 4)
    )
    said = target.responsibility
    for changed, doubts in (
        (evolve(said, role=said.role.MEMBER), True),
        (evolve(said, outcomes=said.outcomes[:1]), False),
    ):
        indicators = tuple(
            evolve(i, responsibility=changed) if i is target else i for i in edition.indicators
        )
        found = checked("002", evolve(edition, indicators=indicators))
        [differing] = [c for c in found.indicators if not c.same]
        assert bool(differing.differences[0].doubts) is doubts
        assert differing.settled is doubts


@needs_sources
def test_an_indicator_that_the_document_lacks_is_told() -> None:
    text = source_text("001").split(
        "# ITサービスマネジメントの達成度指標\n\n専門分野\tサービスデスク\tレベル3"
    )[0]
    found = checked("001", text=text)
    lacking = {(c.field_id, c.level) for c in found.indicators if not c.same}
    assert ("service-desk", 3) in lacking
    assert not found.sound


def test_a_document_of_another_category_has_nothing_in_common() -> None:
    edition = standards().edition("itss-v3/it-service-management")
    found = check(edition, document_of(PROJECTS.name, PROJECTS.text), standards())
    assert not any(c.same for c in found.indicators)
