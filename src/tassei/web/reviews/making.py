"""Moves as the pages make them: a move on the desk, with what is kept along with it."""

from typing import Any

from django.db import transaction

from tassei.text import Text
from tassei.web.desk import move
from tassei.web.history import Author
from tassei.web.models import Assessment, Person
from tassei.web.reviews.judged import keep_decided, keep_submitted
from tassei.web.reviews.validity import begin


def make(person: Person, assessment: int, version: int, name: str, **asked: Any) -> Assessment:
    """Make a move; keep the verdict where something is submitted or decided, the validity of what is final.

    Raises:
        Refused, Stale: as `desk.move` does.
        EvidenceError: what is to be submitted cannot be read as of the month of the cycle.
    """
    with transaction.atomic():
        row = move(person, assessment, version, name, **asked)
        author = Author(person.pk)
        if name == "submit":
            keep_submitted(author, row)
        if name in ("decide", "settle"):
            keep_decided(author, row)
        if name == "close":
            begin(author, [row])
        return row


MEANINGS = {
    "begin": Text("記録を書き足しながら、判定を確かめられます。まだ誰にも送られません。", "You add to your record and watch the verdict. Nothing is sent to anybody yet."),
    "submit": Text("いまの記録と判定が写しとして残り、上司がそれを確認します。その後に記録を変えても、提出した写しは変わりません。", "A copy of your record and its verdict is kept, and your superior checks that copy. What you change afterwards does not change it."),
    "return": Text("本人が質問に答え、記録を直して、もう一度提出します。", "The engineer answers the questions, mends the record, and submits again."),
    "forward": Text("審査員が一人ずつ意見を出し、そのうえで決定します。", "The members each give a view, and then decide."),
    "settle": Text("計算した判定とは別に、人の決定として残ります。本人は一度、不服を申し立てられます。", "It is recorded as a decision of people, apart from the computed verdict. The engineer may appeal once."),
    "delegate": Text("確認を引き受ける人を選びます。評価はその人に移ります。", "Choose who is to check it. The case goes over to that person."),
    "view": Text("ほかの審査員の意見は、全員が意見を出すまで見えません。出した意見は、決定までは改められます。", "You see the views of others once every member has given theirs. You can change yours until it is decided."),
    "recuse": Text("席と意見を失い、この評価には戻れません。", "You lose the seat and the view, and cannot come back to this case."),
    "send-back": Text("出された意見は消え、上司が本人に差し戻すか、もう一度審査に送ります。", "The views given are cleared; the superior returns it to the engineer, or passes it on again."),
    "decide": Text("出された意見の半数を超えて達成とされていれば達成です。計算した判定とは別に残ります。", "The level is attained where more than half of the views say so. It is recorded apart from the computed verdict."),
    "appeal": Text("決定に加わらなかった人が審査します。申し立ては一度だけです。", "People who had no part in the decision hear it. An appeal can be made once."),
    "drop-appeal": Text("はじめの決定がそのまま残ります。", "The first decision stands."),
    "withdraw": Text("この回では審査されません。スキル管理者だけがやり直せます。", "It is not assessed in this cycle. Only a skills manager can reopen it."),
    "assign": Text("確認する人を決めます。", "Choose who is to check the case."),
    "seat": Text("審査員を一人加えます。本人、その上の職制の人、担当の上司は加えられません。", "Add one member to the committee: not the engineer, nobody above in the line, not the superior who holds it."),
    "unseat": Text("席を失い、出した意見は数えません。", "The person loses the seat, and the view no longer counts."),
    "exclude": Text("利害関係のある人は、席、意見、担当のすべてを失い、この評価には戻れません。", "Who has a conflict of interest loses seat, view and the case in hand, and cannot come back to it."),
    "reopen": Text("本人の記入からやり直します。決定と意見は消え、履歴に残ります。", "It begins again with the engineer. Decision and views are cleared, and stay in the history."),
    "close": Text("決定を確定します。", "The decision becomes final."),
}  # fmt: skip
"""What each move means for those concerned."""

TARGETS = frozenset({"delegate", "assign", "seat", "unseat", "exclude"})
"""Moves that name somebody."""
SAYS_WHICH = frozenset({"view", "settle"})
"""Moves that say whether the level is attained."""
GRAVE = frozenset({"withdraw", "recuse", "exclude", "unseat", "reopen", "send-back", "drop-appeal"})
"""Moves that take something away; they look like it."""
