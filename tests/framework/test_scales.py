"""The two ordered scales, role and depth, are ordered as READINGS has them."""

import pytest

from tassei.framework.scales import Depth, Role
from tassei.text import LANGS


def test_roles() -> None:
    """Responsible for the whole comes above responsible, leader, member and participant."""
    assert [r.id for r in sorted(Role, reverse=True)] == [
        "overall_responsible",
        "responsible",
        "leader",
        "member",
        "participant",
    ]


def test_depths() -> None:
    """Leading the industry comes above contributing to it, and at the bottom is the basic."""
    assert [d.id for d in sorted(Depth)] == [
        "basic",
        "independent",
        "guides_juniors",
        "leads_company",
        "leads_industry_contribution",
        "leads_industry",
    ]


@pytest.mark.parametrize("scale", [Role, Depth])
def test_labels(scale: type[Role] | type[Depth]) -> None:
    """Every value has a name of its own in both languages."""
    for lang in LANGS:
        names = [value.label[lang] for value in scale]
        assert all(names)
        assert len(set(names)) == len(names)
