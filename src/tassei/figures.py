"""Numbers, money and months as each language writes them; exact, never rounded."""

from tassei.text import Text

_OKU, _MAN = 100_000_000, 10_000


def yen(amount: int) -> Text:
    """Word an amount of money: 750,000,000 is `7億5千万円` and `¥750 million`."""
    return Text(_yen_ja(amount), _yen_en(amount))


def _yen_ja(amount: int) -> str:
    oku, rest = divmod(amount, _OKU)
    man, ones = divmod(rest, _MAN)
    parts = [f"{oku:,}億"] if oku else []
    if man:
        parts.append(f"{man // 1000}千万" if man % 1000 == 0 else f"{man:,}万")
    if ones or not parts:
        parts.append(f"{ones:,}")
    return "".join(parts) + "円"


def _yen_en(amount: int) -> str:
    for unit, word in ((1_000_000_000, "billion"), (1_000_000, "million")):
        # three decimals of a unit at most, so that the words stay exact
        if amount >= unit and amount % (unit // 1000) == 0:
            whole, thousandths = divmod(amount // (unit // 1000), 1000)
            fraction = f".{thousandths:03d}".rstrip("0").rstrip(".")
            return f"¥{whole:,}{fraction} {word}"
    return f"¥{amount:,}"


def months(count: int) -> Text:
    """Word a number of months: 50 is `4年2か月` and `4 years 2 months`."""
    years, rest = divmod(count, 12)
    ja = (f"{years}年" if years else "") + (f"{rest}か月" if rest or not years else "")
    en = [plural(years, "year")] if years else []
    if rest or not years:
        en.append(plural(rest, "month"))
    return Text(ja, " ".join(en))


def plural(count: int, noun: str) -> str:
    """English only: `1 engagement`, `3 engagements`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
