"""A document is imported, and a population judged against the draft at once."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from documents.samples import UNREADABLE
from tassei.cli.main import main
from tassei.encoding.compiled import standards, standards_with
from tassei.evidence.months import Month
from tassei.judging.judge import Judge
from tassei.judging.verdict import Verdict
from tassei.population.pack import unpack
from tassei.rules.nodes import Measured, NotRead, walk

NOW = Month.of(2026, 11)
UNSEEN = Path(__file__).resolve().parents[1] / "documents" / "unseen"


@pytest.fixture(params=["network-v3.txt", "specialist.md", "unreadable.txt"])
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    document = UNSEEN / request.param
    if not document.exists():
        document = tmp_path / UNREADABLE.name
        document.write_text(UNREADABLE.text, "utf-8")
    folder = tmp_path / "workspace"
    assert main(["import", str(document), "--out", str(folder)]) == 0
    return folder


def test_a_population_is_judged_as_by_the_interpreter(workspace: Path, tmp_path: Path) -> None:
    every = standards_with(workspace)
    [draft] = {e.id for e in every.editions} - {e.id for e in standards().editions}
    chosen = ["--standards", str(workspace), "--edition", draft]
    people, verdicts = tmp_path / "people", tmp_path / "verdicts.parquet"
    made = ["--people", "300", "--seed", "5", "--unknown", "0.1", "--as-of", "2026-11"]
    assert main(["population", "generate", *made, *chosen, "--out", str(people)]) == 0
    judged = ["population", "judge", str(people), "--out", str(verdicts), "--as-of", "2026-11"]
    assert main([*judged, *chosen]) == 0

    judge = Judge(every, every.readings_with({}), (draft,))
    columns = pq.read_table(verdicts).to_pydict()
    seen = set()
    for n, evidence in enumerate(unpack(people, every.vocabulary)):
        levels = {path: [{"sure": 0, "possible": 0}] for path in columns if path.startswith(draft)}
        for rung, verdict in zip(judge.rungs, judge.verdicts(evidence, NOW), strict=True):
            sure = rung.level * (verdict is Verdict.MET)
            possible = rung.level * (verdict is not Verdict.NOT_MET)
            path = rung.edition.qualified(rung.field_id)
            levels[path].append({"sure": sure, "possible": possible})
            seen.add(verdict)
        for path, found in levels.items():
            highest = {world: max(f[world] for f in found) for world in ("sure", "possible")}
            assert columns[path][n] == highest
    assert len(seen) > 1


def test_the_drafts_ask_for_what_nothing_shipped_asks(workspace: Path) -> None:
    """Measures of their own, or clauses that could not be read: else the test above shows too little."""
    every = standards_with(workspace)
    known = standards().vocabulary.measures
    nodes = [n for r in Judge(every, every.readings_with({})).rungs for n in walk(r.rule)]
    assert any(
        isinstance(n, NotRead) or (isinstance(n, Measured) and n.measure.id not in known)
        for n in nodes
    )
