"""Drafts: they load, they show the official wording, and people are judged by them."""

import json
from pathlib import Path

import pytest

from documents.samples import ALL, PROJECTS, UNREADABLE, Sample
from documents.sources import drafted
from tassei.encoding.compiled import standards_with
from tassei.encoding.dump import dump_edition
from tassei.encoding.texts import official_texts
from tassei.evidence.months import Month
from tassei.evidence.read import record_from
from tassei.judging.judge import Judge, known_of
from tassei.judging.verdict import Verdict
from tassei.marked import parse

NOW = Month.of(2026, 11)


def written(sample: Sample, folder: Path) -> str:
    """Write a sample's draft to a workspace; returns the id of its edition."""
    made = drafted(sample.name, sample.text)
    for name, data in made.files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return made.edition.id


@pytest.mark.parametrize("sample", ALL, ids=lambda s: s.name)
def test_a_draft_loads_and_comes_back_the_same(sample: Sample, tmp_path: Path) -> None:
    """What was written loads beside the shipped editions, and dumps to the same bytes."""
    edition_id = written(sample, tmp_path)
    edition = standards_with(tmp_path).edition(edition_id)
    assert {(f.name[edition.language], level) for f in edition.fields for level in f.levels} == set(  # type: ignore[index]
        sample.expected
    )
    for name, data in dump_edition(edition).items():
        assert (tmp_path / edition_id / name).read_bytes() == data, name


def test_drafts_share_a_workspace(tmp_path: Path) -> None:
    ids = [written(s, tmp_path) for s in ALL]
    everything = standards_with(tmp_path)
    assert set(ids) <= {e.id for e in everything.editions}
    assert len(everything.editions) == 5 + len(ids)


def evidence(edition: str, field: str, engagement: dict[str, object], *areas: str) -> str:
    """Two engagements alike, and a specialty that guides juniors in some areas."""
    usual = {
        "fields": [f"{edition}/{field}"], "from": "2024-04", "to": "2025-03",
        "role": "responsible", "succeeded": True,
    }  # fmt: skip
    return json.dumps(
        {
            "schema": "tassei/evidence/1",
            "person": {"id": "p"},
            "engagements": [usual | engagement | {"id": f"w{n}"} for n in range(2)],
            "professional": {"areas": dict.fromkeys(areas, "guides_juniors")},
        }
    )


def verdict(folder: Path, edition_id: str, field: str, level: int, text: str) -> Verdict:
    everything = standards_with(folder)
    judge = Judge(everything, everything.readings_with({}), (edition_id,))
    record = record_from(parse(text, "p.json"), known_of(everything), NOW, "p.json")
    assert record is not None
    return judge.judge(record.evidence, NOW, judge.rung(edition_id, field, level)).verdict


def test_people_are_judged_by_new_measures(tmp_path: Path) -> None:
    """A measure that only the draft has decides on its bound, as any other does."""
    edition = written(PROJECTS, tmp_path)
    areas = [f"area-system-development-6-{n}" for n in (1, 2)]
    for machines, wanted in ((100, Verdict.MET), (99, Verdict.UNDETERMINED)):
        work: dict[str, object] = {
            "complexity": {"criterion-system-development-6-4": True},
            "size": {"servers_machines": machines, "development_scale_person_months": 10},
        }
        text = evidence(edition, "system-development", work, *areas)
        # the size in words is not recorded, and so may hold
        assert verdict(tmp_path, edition, "system-development", 5, text) is wanted


def test_nobody_meets_a_level_with_a_clause_that_was_not_read(tmp_path: Path) -> None:
    """Whatever is recorded, the record does not suffice to tell."""
    edition = written(UNREADABLE, tmp_path)
    both = {"criterion-field-1-4-1": True, "criterion-field-1-4-2": True}
    text = evidence(edition, "field-1", {"complexity": both})
    assert verdict(tmp_path, edition, "field-1", 4, text) is Verdict.UNDETERMINED


def test_official_sentences_stand_beside_the_draft(tmp_path: Path) -> None:
    """As the document has them, full-width figures and all; none of them is in the edition."""
    edition_id = written(PROJECTS, tmp_path)
    edition = standards_with(tmp_path).edition(edition_id)
    texts = official_texts(tmp_path, edition)
    assert any("４回以上（内２回以上はレベル６" in t.text for t in texts)
    own = "".join(
        p.read_text("utf-8")
        for p in (tmp_path / edition_id).glob("*.yaml")
        if "texts" not in p.name
    )
    assert "成功裡" not in own


def test_the_same_document_gives_the_same_draft() -> None:
    first, second = (drafted(PROJECTS.name, PROJECTS.text).files() for _ in range(2))
    assert first == second
