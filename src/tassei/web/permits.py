"""The only answer to "may this person do this to that": one table, and one function that reads it.

Moves of an assessment are not here: `cycle.moves` says who makes them, by the same relations. Every
page, export and answer asks `may`; the documentation shows the same table, and a test compares them.
"""

from enum import Enum, unique

from attrs import frozen

from tassei.text import Text
from tassei.web.cycle.case import Role


@unique
class Relation(Enum):
    """What somebody is to that which is asked about."""

    ANYBODY = "anybody"
    SELF = "self"
    SUPERIOR = "superior"
    MEMBER = "member"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Text:
        return _RELATIONS[self]


_RELATIONS = {
    Relation.ANYBODY: Text("誰でも（ログイン不要）", "anybody, without an account"),
    Relation.SELF: Text("本人", "the person concerned"),
    Relation.SUPERIOR: Text("その人の上司", "the person's superior"),
    Relation.MEMBER: Text("その審査の審査員", "a member of that committee"),
    Relation.MANAGER: Text("範囲内のスキル管理者", "a skills manager of the unit"),
    Relation.AUDITOR: Text("監査者", "an auditor"),
    Relation.ADMINISTRATOR: Text("管理者", "an administrator"),
}


@unique
class Act(Enum):
    """Something that can be done."""

    READ_STANDARD = "read-standard"
    TRY_RECORD = "try-record"
    READ_RECORD = "read-record"
    CHANGE_RECORD = "change-record"
    UNMASK_RECORD = "unmask-record"
    READ_VERDICTS = "read-verdicts"
    READ_ASSESSMENT = "read-assessment"
    READ_VIEWS = "read-views"
    READ_HISTORY = "read-history"
    REMARK = "remark"
    ANSWER_REMARK = "answer-remark"
    SET_UP_CYCLE = "set-up-cycle"
    READ_CYCLE = "read-cycle"
    READ_INSIGHTS = "read-insights"
    READ_REVIEWERS = "read-reviewers"
    SET_TARGETS = "set-targets"
    READ_PLAN = "read-plan"
    PROPOSE_GOAL = "propose-goal"
    ANSWER_GOAL = "answer-goal"
    CHANGE_PEOPLE = "change-people"
    GRANT_ROLES = "grant-roles"
    CHANGE_SETTINGS = "change-settings"
    ERASE_PERSON = "erase-person"
    CHANGE_ACCOUNTS = "change-accounts"
    TAILOR_STANDARD = "tailor-standard"
    READ_EVENTS = "read-events"
    BACK_UP = "back-up"


@frozen
class Permit:
    """One row of the table: who may do something."""

    act: Act
    label: Text
    to: frozenset[Relation]


def _permit(act: Act, label: Text, *to: Relation) -> Permit:
    return Permit(act, label, frozenset(to))


R = Relation
PERMITS: tuple[Permit, ...] = (
    _permit(Act.READ_STANDARD, Text("基準を読む", "read the standard"), R.ANYBODY),
    _permit(Act.TRY_RECORD, Text("記録を試す（保存しない）", "try a record, which is not kept"), R.ANYBODY),
    _permit(Act.READ_RECORD, Text("業務の記録を見る", "read a work record"), R.SELF, R.SUPERIOR, R.MEMBER, R.MANAGER, R.AUDITOR),
    _permit(Act.CHANGE_RECORD, Text("業務の記録を変える", "change a work record"), R.SELF),
    _permit(Act.UNMASK_RECORD, Text("伏せた顧客名と金額を見る", "see masked clients and amounts"), R.SELF),
    _permit(Act.READ_VERDICTS, Text("判定を見る", "read verdicts"), R.SELF, R.SUPERIOR, R.MEMBER, R.MANAGER, R.AUDITOR),
    _permit(Act.READ_ASSESSMENT, Text("審査の状況を見る", "read an assessment"), R.SELF, R.SUPERIOR, R.MEMBER, R.MANAGER, R.AUDITOR),
    _permit(Act.READ_VIEWS, Text("審査員の意見を見る", "read the views of members"), R.MEMBER, R.AUDITOR),
    _permit(Act.READ_HISTORY, Text("変更の履歴を見る", "read the history of changes"), R.SELF, R.MANAGER, R.AUDITOR),
    _permit(Act.REMARK, Text("主張を認める、直す、たずねる", "accept, correct or question a claim"), R.SUPERIOR, R.MEMBER),
    _permit(Act.ANSWER_REMARK, Text("質問に答える", "answer a question"), R.SELF),
    _permit(Act.READ_CYCLE, Text("評価の回の進み具合を見る", "follow the progress of a cycle"), R.MANAGER, R.AUDITOR),
    _permit(Act.SET_UP_CYCLE, Text("評価の回を設定する", "set up a cycle"), R.MANAGER),
    _permit(Act.READ_INSIGHTS, Text("集計を見る", "read totals of a unit"), R.SUPERIOR, R.MANAGER, R.AUDITOR),
    _permit(Act.READ_REVIEWERS, Text("審査員の意見と判定の違いの集計を見る", "read how reviewers differ from verdicts"), R.MANAGER, R.AUDITOR),
    _permit(Act.SET_TARGETS, Text("人数の目標を決める", "set targets of people"), R.MANAGER),
    _permit(Act.READ_PLAN, Text("計画と目標を見る", "read plans and goals"), R.SELF, R.SUPERIOR),
    _permit(Act.PROPOSE_GOAL, Text("目標を立て、取りやめる", "propose and drop goals"), R.SELF),
    _permit(Act.ANSWER_GOAL, Text("目標に合意し、差し戻す", "agree to goals and return them"), R.SUPERIOR),
    _permit(Act.CHANGE_PEOPLE, Text("人と組織を変える", "change people and units"), R.MANAGER, R.ADMINISTRATOR),
    _permit(Act.GRANT_ROLES, Text("役割を与える", "grant roles"), R.ADMINISTRATOR),
    _permit(Act.CHANGE_SETTINGS, Text("設定を変える", "change settings"), R.ADMINISTRATOR),
    _permit(Act.ERASE_PERSON, Text("個人の情報を消す", "erase a person's texts"), R.ADMINISTRATOR),
    _permit(Act.CHANGE_ACCOUNTS, Text("アカウントを作る・止める", "make and close accounts"), R.ADMINISTRATOR),
    _permit(Act.TAILOR_STANDARD, Text("自社の基準を有効にする", "activate a tailored layer"), R.MANAGER, R.ADMINISTRATOR),
    _permit(Act.READ_EVENTS, Text("出来事の一覧を読む", "read the list of events"), R.AUDITOR, R.ADMINISTRATOR),
    _permit(Act.BACK_UP, Text("バックアップを取る", "take a backup"), R.ADMINISTRATOR),
)  # fmt: skip
_BY_ACT = {p.act: p.to for p in PERMITS}


@frozen
class Viewer:
    """Somebody who asks, as far as permissions go.

    Args:
        person: the id; None for a visitor without an account.
        roles: each with the units in which it is held; None stands for everywhere.
    """

    person: int | None = None
    roles: frozenset[tuple[Role, int | None]] = frozenset()


@frozen
class Concern:
    """What is asked about.

    Args:
        person: whom it is about; None where it is about nobody.
        superiors: everybody who is a superior of that person.
        members: the committee, where it is about an assessment.
        units: the unit it belongs to, and all above it.
    """

    person: int | None = None
    superiors: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()


def relations(viewer: Viewer, concern: Concern) -> frozenset[Relation]:
    """Everything that somebody is to what is asked about."""
    found = {Relation.ANYBODY}
    if viewer.person is None:
        return frozenset(found)
    if viewer.person == concern.person:
        found.add(Relation.SELF)
    if viewer.person in concern.superiors:
        found.add(Relation.SUPERIOR)
    if viewer.person in concern.members and viewer.person != concern.person:
        found.add(Relation.MEMBER)
    everywhere = {role for role, unit in viewer.roles if unit is None}
    here = everywhere | {role for role, unit in viewer.roles if unit in concern.units}
    found |= {_OF_ROLE[role] for role in here if role in _OF_ROLE}
    return frozenset(found)


_OF_ROLE = {
    Role.MANAGER: Relation.MANAGER,
    Role.AUDITOR: Relation.AUDITOR,
    Role.ADMINISTRATOR: Relation.ADMINISTRATOR,
}


def may(viewer: Viewer, act: Act, concern: Concern) -> bool:
    """Whether somebody may do something."""
    return bool(_BY_ACT[act] & relations(viewer, concern))
