"""The two ordered scales on which the standard places people: role and depth.

The order is the meaning: asking for a value is satisfied by that value or a greater one.
"""

from enum import IntEnum, unique

from tassei.text import Text


@unique
class Role(IntEnum):
    """The part that a person had in an engagement, from the least to the greatest.

    Source: READINGS "Role order".
    """

    PARTICIPANT = 0
    MEMBER = 1
    LEADER = 2
    RESPONSIBLE = 3
    OVERALL_RESPONSIBLE = 4

    @property
    def id(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> Text:
        return _ROLES[self]


@unique
class Depth(IntEnum):
    """How deep a person's specialty in an area goes, from the least to the greatest.

    Source: READINGS "Depth order".
    """

    BASIC = 0
    INDEPENDENT = 1
    GUIDES_JUNIORS = 2
    LEADS_COMPANY = 3
    LEADS_INDUSTRY_CONTRIBUTION = 4
    LEADS_INDUSTRY = 5

    @property
    def id(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> Text:
        return _DEPTHS[self]


_ROLES = {
    Role.PARTICIPANT: Text("参画者", "participant"),
    Role.MEMBER: Text("メンバ", "member"),
    Role.LEADER: Text("リーダー", "leader"),
    Role.RESPONSIBLE: Text("責任者", "person responsible"),
    Role.OVERALL_RESPONSIBLE: Text("全体の責任者", "person responsible for the whole"),
}
_DEPTHS = {
    Depth.BASIC: Text("基本的な知識と経験がある", "has basic knowledge and experience"),
    Depth.INDEPENDENT: Text("独力で実践している", "practises independently"),
    Depth.GUIDES_JUNIORS: Text("後進を指導している", "guides juniors"),
    Depth.LEADS_COMPANY: Text(
        "他を指導できる高度な専門性を持ち、社内に貢献している",
        "is expert enough to guide others and contributes to the company",
    ),
    Depth.LEADS_INDUSTRY_CONTRIBUTION: Text(
        "他を指導できる高度な専門性を持ち、業界に貢献している",
        "is expert enough to guide others and contributes to the industry",
    ),
    Depth.LEADS_INDUSTRY: Text(
        "他を指導できる高度な専門性を持ち、業界をリードしている",
        "is expert enough to guide others and leads the industry",
    ),
}
