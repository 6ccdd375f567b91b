"""A level in one plain sentence: what a reader of a ladder wants to know of each step."""

from tassei.figures import plural
from tassei.framework.indicator import Indicator
from tassei.text import Text


def headline(indicator: Indicator) -> Text:
    """In which role, how much, of which work; and whether a professional contribution is asked.

    The clauses say the rest; nothing here decides a verdict.
    """
    asked = indicator.responsibility
    role = asked.role.label
    ja, en = _amount(indicator)
    work = Text("業務", "work")
    if asked.work_level is not None:
        work = Text(f"レベル{asked.work_level}相当の業務", f"work of level {asked.work_level}")
    guided = Text("上位者の指導の下、", "under guidance, ") if asked.supervised else Text("", "")
    sentence = Text(
        f"{guided.ja}{role.ja}として{work.ja}を{ja}",
        f"{guided.en}{en} of {work.en} in the role of {role.en}",
    )
    given = indicator.professional
    if given.areas or given.succession or given.mentoring or given.contributions:
        sentence = Text(
            f"{sentence.ja}。加えてプロフェッショナルとしての貢献",
            f"{sentence.en}, and a contribution as a professional",
        )
    return Text(sentence.ja, sentence.en[:1].upper() + sentence.en[1:])


def _amount(indicator: Indicator) -> tuple[str, str]:
    asked = indicator.responsibility
    if asked.years is not None:
        return f"{asked.years}年以上", f"{plural(asked.years, 'year')} or more"
    count = asked.engagements.at_least if asked.engagements else 1
    return f"{count}回以上", f"{plural(count, 'engagement')} or more"
