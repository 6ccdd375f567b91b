"""The peers of the benchmark judge what the kernel judges; otherwise their times would say nothing."""

from pathlib import Path

import pytest
from benchmarks.loaded import NOW, all_rungs, numbered, shifted
from benchmarks.peers.columns import FIELD, write_columns
from benchmarks.peers.rule import CRITERIA, LEVELS
from benchmarks.peers.running import Peer, is_installed
from benchmarks.population import PEERS, four, masks
from benchmarks.populations import only

from tassei.encoding.standards import Standards
from tassei.framework.indicator import Bound, Indicator
from tassei.population.generate import generate
from tassei.population.store import Writer
from tassei.rules.nodes import walk

PEOPLE = 3_000


@pytest.fixture(scope="module")
def people(standards: Standards, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """People who work in the field, values on and beside every bound, some without any work."""
    folder = tmp_path_factory.mktemp("peers") / "people"
    with Writer(folder, standards.vocabulary) as writer:
        for batch in generate(PEOPLE, 11, only(standards, FIELD), unknown=0.1):
            writer.write(*batch)
    write_columns(folder, standards.vocabulary, NOW.number, folder / "columns")
    return folder


@pytest.mark.parametrize("name", [name for name, _ in PEERS])
def test_peers_agree_with_the_kernel(name: str, people: Path, tmp_path: Path) -> None:
    """A peer finds the same of the four levels for each person, also for people without engagements."""
    script, *options = name.split()
    if not is_installed(script):
        pytest.skip(f"{script} is set up by `script/bench population --part peers`")
    expected = masks(four(people))
    with Peer(script, people / "columns", *options) as peer:
        peer.run()
        found = peer.masks(tmp_path)
    assert found.tolist() == expected.tolist()
    assert 0 < (expected > 0).sum() < PEOPLE


@pytest.mark.parametrize("asked", LEVELS, ids=lambda asked: f"level {asked.level}")
def test_peers_ask_what_the_document_asks(asked: object, standards: Standards) -> None:
    """The numbers that the peers are written with are those of the encoded indicators."""
    level = next(x for x in LEVELS if x is asked)
    edition, _, field = FIELD.rpartition("/")
    found = standards.edition(edition).indicator(field, level.level)
    assert found is not None
    said, complexity, professional = found.responsibility, found.complexity, found.professional
    assert (level.role, level.months) == (said.role, 12 * (said.years or 0))
    bits = {term.id: 1 << CRITERIA.index(term.id) for term in complexity.criteria}
    assert level.criteria == sum(bits.values())
    assert level.required == sum(bits[r] for r in complexity.required)
    assert level.at_least == complexity.at_least
    assert _sizes(found) == [
        (None, {"managed_staff": level.staff, "annual_contract_yen": level.yen}),
        (level.at_least_low, {"managed_staff": level.staff_low, "annual_contract_yen": level.yen_low}),
    ]  # fmt: skip
    assert professional.areas is not None
    assert professional.succession is not None
    assert (level.depth, level.kinds) == (
        professional.areas.depth,
        professional.succession.at_least,
    )


def _sizes(indicator: Indicator) -> list[tuple[int | None, dict[str, int | None]]]:
    return [
        (
            item.complexity_at_least,
            {b.measure.id: b.at_least for b in item.any_of if isinstance(b, Bound)},
        )
        for item in indicator.size
    ]


def test_copies_ask_for_something_else() -> None:
    """Each of the copies by which the number of indicators grows is another rule; the first is itself."""
    rungs = all_rungs()
    rules = numbered(rungs, copies=4)
    assert [rule for rule, _, _ in rules[: len(rungs)]] == [r.rule for r in rungs]
    assert len({(field, level) for _, field, level in rules}) == 4 * len(rungs)
    for rung in rungs:
        copies = {shifted(rung.rule, by) for by in range(4)}
        assert len(copies) == 4
        assert len({sum(1 for _ in walk(copy)) for copy in copies}) == 1
