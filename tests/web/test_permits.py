"""Who may do what: the table, and that nothing goes past it."""

import pytest

from tassei.web.cycle.case import Role
from tassei.web.permits import PERMITS, Act, Concern, Relation, Viewer, may, relations

ABOUT_ANN = Concern(
    person=1, superiors=frozenset({2}), members=frozenset({1, 3}), units=frozenset({10, 11})
)


def test_every_act_has_one_row() -> None:
    """No act is without an answer, and none has two."""
    assert sorted(p.act.value for p in PERMITS) == sorted(a.value for a in Act)


@pytest.mark.parametrize("act", Act)
def test_a_visitor_may_only_read_and_try(act: Act) -> None:
    """Without an account only the public pages are open."""
    assert may(Viewer(), act, ABOUT_ANN) == (act in (Act.READ_STANDARD, Act.TRY_RECORD))


def test_nobody_is_a_member_in_the_own_case() -> None:
    """Who is assessed does not see what the committee says, even where seated by mistake."""
    assert not may(Viewer(1), Act.READ_VIEWS, ABOUT_ANN)
    assert may(Viewer(3), Act.READ_VIEWS, ABOUT_ANN)


def test_a_role_reaches_as_far_as_its_unit() -> None:
    """A manager of one unit is nobody in another; one of everywhere reaches all."""
    here = Viewer(5, frozenset({(Role.MANAGER, 10)}))
    there = Viewer(5, frozenset({(Role.MANAGER, 12)}))
    everywhere = Viewer(5, frozenset({(Role.MANAGER, None)}))
    assert [may(v, Act.READ_RECORD, ABOUT_ANN) for v in (here, there, everywhere)] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MEMBER, Role.ENGINEER, Role.SUPERIOR])
def test_roles_alone_show_no_record(role: Role) -> None:
    """Neither the administrator nor a member of other committees reads what people recorded."""
    assert not may(Viewer(5, frozenset({(role, None)})), Act.READ_RECORD, ABOUT_ANN)


def test_an_auditor_changes_nothing() -> None:
    """The auditor reads all that is recorded and changes none of it."""
    auditor = Viewer(5, frozenset({(Role.AUDITOR, None)}))
    allowed = {a for a in Act if may(auditor, a, ABOUT_ANN)}
    assert {a for a in allowed if not a.value.startswith("read")} == {Act.TRY_RECORD}
    assert Act.READ_HISTORY in allowed


def test_relations_add_up() -> None:
    """One person may be several things at once."""
    viewer = Viewer(2, frozenset({(Role.AUDITOR, None)}))
    assert relations(viewer, ABOUT_ANN) == {Relation.ANYBODY, Relation.SUPERIOR, Relation.AUDITOR}


def test_remarks_are_for_reviewers_and_answers_for_the_engineer() -> None:
    """A manager and an auditor read a case and write nothing into it; nobody remarks on themselves."""
    assert [may(Viewer(n), Act.REMARK, ABOUT_ANN) for n in (1, 2, 3, 4)] == [
        False,
        True,
        True,
        False,
    ]
    assert [may(Viewer(n), Act.ANSWER_REMARK, ABOUT_ANN) for n in (1, 2, 3)] == [True, False, False]
    for role in Role:
        viewer = Viewer(5, frozenset({(role, None)}))
        assert not may(viewer, Act.REMARK, ABOUT_ANN)
        assert may(viewer, Act.READ_CYCLE, ABOUT_ANN) == (role in (Role.MANAGER, Role.AUDITOR))
        assert may(viewer, Act.SET_UP_CYCLE, ABOUT_ANN) == (role is Role.MANAGER)
