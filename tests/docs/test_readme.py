"""What the READMEs claim is so."""

import pytest

import readme
from tassei.encoding.standards import Standards
from tassei.text import LANGS, Lang


@pytest.mark.parametrize("lang", LANGS)
def test_the_judgement_is_a_real_one(lang: Lang) -> None:
    """The judgement in the README is what the command beside it prints (`script/readme` renews it)."""
    assert readme.shown(lang) == readme.printed(lang)


def test_the_counts_are_right(standards: Standards) -> None:
    """Editions, indicators, readings and cases are as many as the README says."""
    from casebook import cases

    assert len(standards.editions) == 5
    assert sum(len(e.indicators) for e in standards.editions) == 62
    assert len(standards.readings) == 13
    assert len(list(cases())) > 1000


@pytest.mark.parametrize("lang", LANGS)
def test_links_lead_somewhere(lang: Lang) -> None:
    """Every relative link of a README leads to a file."""
    import re

    text = readme.FILES[lang].read_text("utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert links
    assert [link for link in links if not (readme.ROOT / link).exists()] == []
