"""What the history records, in words: of which tables, which kinds of events, which columns.

`history` refuses an event without a name here, so that nobody who reads the history meets an id.
"""

from collections.abc import Mapping

from tassei.text import Text
from tassei.web.cycle.case import Role, State
from tassei.web.cycle.moves import MOVES
from tassei.web.models.aims import GoalState

TABLES: Mapping[str, Text] = {
    "person": Text("人", "person"),
    "unit": Text("組織", "unit"),
    "grant": Text("役割", "role"),
    "invitation": Text("招待", "invitation"),
    "setting": Text("設定", "setting"),
    "layer": Text("自社の基準", "tailored layer"),
    "run": Text("全体への操作", "work on the whole"),
    "entry": Text("記録", "record"),
    "chosenfields": Text("選んだ専門分野", "fields chosen"),
    "discretion": Text("伏せた顧客名と金額", "masked client and amounts"),
    "attachment": Text("添付した文書", "document attached"),
    "cycle": Text("評価の回", "cycle"),
    "assessment": Text("審査", "assessment"),
    "seat": Text("審査員の席", "seat"),
    "remark": Text("主張への書き込み", "remark"),
    "decision": Text("決定", "decision"),
    "target": Text("人数の目標", "target of people"),
    "goal": Text("個人の目標", "goal"),
}
KINDS: Mapping[str, Text] = {
    "created": Text("作成", "created"),
    "changed": Text("変更", "changed"),
    "removed": Text("削除", "removed"),
    "account-made": Text("アカウントの作成", "account made"),
    "account-closed": Text("アカウントの停止", "account closed"),
    "password-changed": Text("パスワードの変更", "password changed"),
    "taken-back": Text("取り消し", "taken back"),
    "used": Text("使用", "used"),
    "erased": Text("消去", "erased"),
    "opened": Text("開始", "opened"),
    "closed": Text("終了", "closed"),
    "added": Text("回に追加", "added to the cycle"),
    "chosen": Text("専門分野とレベルの選択", "field and level chosen"),
    "computed": Text("判定の保存", "verdict kept"),
    "valid": Text("有効期限の決定", "validity fixed"),
    "accept": Text("主張の承認", "claim accepted"),
    "correct": Text("訂正の提案", "correction proposed"),
    "question": Text("質問", "question asked"),
    "answered": Text("質問への答え", "question answered"),
    "proposed": Text("提案", "proposed"),
    "agree": Text("合意", "agreed"),
    "propose": Text("再提案", "proposed again"),
    "attain": Text("達成", "attained"),
    "drop": Text("取りやめ", "dropped"),
} | {m.name: m.label for m in MOVES}
COLUMNS: Mapping[str, Text] = {
    "above_id": Text("上位の組織", "unit above"),
    "active": Text("有効", "active"),
    "agreed_by_id": Text("合意した人", "agreed by"),
    "amounts": Text("伏せた金額", "masked amounts"),
    "answer": Text("答え", "answer"),
    "answered_at": Text("答えた日時", "answered at"),
    "appealed": Text("不服申立て", "appealed"),
    "as_of": Text("判定の基準月", "judged as of"),
    "assessment_id": Text("審査", "assessment"),
    "at": Text("日時", "at"),
    "attained": Text("達成", "attained"),
    "author_id": Text("書いた人", "author"),
    "body": Text("内容", "content"),
    "by": Text("期限または決定した人", "by"),
    "choosing": Text("本人が選ぶ", "chosen by the engineer"),
    "clause": Text("条項", "clause"),
    "client": Text("顧客名", "client"),
    "closed_at": Text("終了した日時", "closed at"),
    "closes": Text("終わりの日", "closes"),
    "code": Text("コード", "code"),
    "computed_id": Text("計算した判定", "computed verdict"),
    "content": Text("内容", "content"),
    "cost": Text("かかる月数など", "effort"),
    "cycle_id": Text("評価の回", "cycle"),
    "digest": Text("要約値", "digest"),
    "due_committee": Text("審査員の期限", "due of the committee"),
    "due_self": Text("本人の期限", "due of the engineer"),
    "due_superior": Text("上司の期限", "due of the superior"),
    "edition": Text("版", "edition"),
    "email": Text("メールアドレス", "mail address"),
    "entry_id": Text("記録", "record"),
    "erased_at": Text("消去した日時", "erased at"),
    "excluded": Text("利害関係による除外", "excluded"),
    "expires_at": Text("期限", "ends"),
    "field": Text("専門分野", "field"),
    "fields": Text("専門分野", "fields"),
    "figures": Text("件数", "figures"),
    "heard": Text("前の決定に加わった", "decided before"),
    "key": Text("名前", "name"),
    "kind": Text("種類", "kind"),
    "lacks": Text("足りないもの", "missing"),
    "left_on": Text("離れた日", "left on"),
    "level": Text("レベル", "level"),
    "masked": Text("顧客名を伏せる", "client masked"),
    "moves": Text("動きの数", "moves"),
    "name": Text("名前", "name"),
    "name_en": Text("英語の名前", "English name"),
    "name_ja": Text("日本語の名前", "Japanese name"),
    "note": Text("メモ", "note"),
    "opened_at": Text("始めた日時", "opened at"),
    "opens": Text("始まりの日", "opens"),
    "over": Text("もとの版", "over"),
    "people": Text("人数", "people"),
    "person_id": Text("人", "person"),
    "proposal": Text("正しい値や文", "proposal"),
    "quorum": Text("定足数", "quorum"),
    "readings": Text("読み", "readings"),
    "reason": Text("理由", "reason"),
    "reminder_days": Text("知らせる日数", "reminder days"),
    "role": Text("役割", "role"),
    "seated": Text("審査員である", "seated"),
    "since": Text("この状態になった日時", "since"),
    "size": Text("大きさ", "size"),
    "state": Text("状態", "state"),
    "superior_id": Text("上司", "superior"),
    "text": Text("文", "text"),
    "unit_id": Text("組織", "unit"),
    "until": Text("いつまで", "until"),
    "upheld": Text("不服申立ての前の決定", "decision before the appeal"),
    "used_at": Text("使った日時", "used at"),
    "valid_until": Text("有効期限", "valid until"),
    "value": Text("値", "value"),
}
PEOPLE = frozenset({"agreed_by_id", "author_id", "by", "person_id", "superior_id"})
"""Columns that hold the id of a person, or of several; `by` is a month in other tables."""
MOMENTS = frozenset(
    {"answered_at", "at", "closed_at", "erased_at", "expires_at", "opened_at", "since", "used_at"}
)
"""Columns that hold a moment."""
UNITS = frozenset({"above_id", "unit_id"})
"""Columns that hold the id of a unit."""
VALUES: Mapping[tuple[str, str], Text] = (
    {("assessment", s.value): s.label for s in State}
    | {("goal", s.value): s.text for s in GoalState}
    | {("grant", r.value): r.label for r in Role}
)
"""Values of a state or a role, by table."""
