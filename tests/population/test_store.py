"""A population is written whole or not at all, and never over anything else."""

import errno
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tassei.encoding.standards import Standards
from tassei.errors import RequestError
from tassei.evidence.model import Engagement, Evidence, Person
from tassei.population import store
from tassei.population.rows import engagement_rows, people_rows
from tassei.population.store import Writer

EVIDENCE = [
    Evidence(Person(f"E{n}", "A"), engagements=(Engagement("a"), Engagement("b"))) for n in range(9)
]


def write(folder: Path, standards: Standards, evidence: list[Evidence] = EVIDENCE) -> None:
    with Writer(folder, standards.vocabulary) as writer:
        for one in evidence:
            writer.write(people_rows([one]), engagement_rows([one], standards.vocabulary))


def ids(folder: Path) -> list[str]:
    found: list[str] = pq.read_table(folder / "people.parquet")["person"].to_pylist()
    return found


def test_a_folder_is_made(tmp_path: Path, standards: Standards) -> None:
    """With the folders above it, readable as others are."""
    write(tmp_path / "new" / "people", standards)
    assert ids(tmp_path / "new" / "people") == [e.person.id for e in EVIDENCE]
    assert os.listdir(tmp_path / "new") == ["people"]
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "new" / "people").stat().st_mode & 0o777 == 0o777 & ~umask


def test_row_groups_are_full(
    tmp_path: Path, standards: Standards, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However small or large the batches are; a batch without rows changes nothing."""
    monkeypatch.setattr(store, "ENGAGEMENTS_IN_GROUP", 4)
    monkeypatch.setattr(store, "PEOPLE_IN_GROUP", 4)
    write(tmp_path / "small", standards)
    rows = people_rows(EVIDENCE), engagement_rows(EVIDENCE, standards.vocabulary)
    with Writer(tmp_path / "large", standards.vocabulary) as writer:
        writer.write(*(r.slice(0, 0) for r in rows))
        writer.write(*rows)
    for folder in ("small", "large"):
        for name, groups in (("people", [4, 4, 1]), ("engagements", [4, 4, 4, 4, 2])):
            found = pq.ParquetFile(tmp_path / folder / f"{name}.parquet").metadata
            assert [found.row_group(n).num_rows for n in range(found.num_row_groups)] == groups


def test_a_population_is_replaced(tmp_path: Path, standards: Standards) -> None:
    """And an empty folder filled; nothing else is left beside."""
    (tmp_path / "p").mkdir()
    write(tmp_path / "p", standards)
    write(tmp_path / "p", standards, EVIDENCE[:2])
    assert ids(tmp_path / "p") == ["E0", "E1"]
    assert os.listdir(tmp_path) == ["p"]


@pytest.mark.parametrize("other", ["notes.txt", "verdicts.parquet"])
def test_a_folder_with_anything_else_is_left_alone(
    other: str, tmp_path: Path, standards: Standards
) -> None:
    """Also one that holds a population and something more, which would be lost."""
    write(tmp_path / "p", standards)
    (tmp_path / "p" / other).write_text("mine")
    with pytest.raises(RequestError) as refused:
        write(tmp_path / "p", standards, [])
    [fault] = refused.value.faults
    assert fault.code == "not-a-population"
    assert other in fault.what.en
    assert sorted(os.listdir(tmp_path / "p")) == sorted(
        ["engagements.parquet", "people.parquet", other]
    )
    assert len(ids(tmp_path / "p")) == len(EVIDENCE)
    assert os.listdir(tmp_path) == ["p"]


def test_a_file_is_left_alone(tmp_path: Path, standards: Standards) -> None:
    """And so is a link, which may lead anywhere."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    for name in ("file", "link"):
        with pytest.raises(RequestError) as refused:
            write(tmp_path / name, standards)
        assert refused.value.faults[0].code == "not-a-population"
    assert sorted(os.listdir(tmp_path)) == ["file", "link"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError, SystemExit])
def test_what_is_stopped_leaves_nothing(
    stop: type[BaseException], tmp_path: Path, standards: Standards
) -> None:
    """And the population that was there stays."""
    write(tmp_path / "p", standards, EVIDENCE[:3])

    def stopped() -> None:
        with Writer(tmp_path / "p", standards.vocabulary) as writer:
            writer.write(people_rows(EVIDENCE), engagement_rows(EVIDENCE, standards.vocabulary))
            raise stop

    with pytest.raises(stop):
        stopped()
    assert os.listdir(tmp_path) == ["p"]
    assert len(ids(tmp_path / "p")) == 3


@pytest.mark.parametrize("when", ["write_table", "close"])
def test_a_full_disk_is_one_message(
    when: str, tmp_path: Path, standards: Standards, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is full in the middle or at the end."""

    def full(*args: object, **keywords: object) -> None:
        raise OSError(errno.ENOSPC, "Error writing bytes to file")

    monkeypatch.setattr(pq.ParquetWriter, when, full)
    monkeypatch.setattr(store, "PEOPLE_IN_GROUP", 2)
    with pytest.raises(RequestError) as refused:
        write(tmp_path / "p", standards)
    [fault] = refused.value.faults
    assert fault.code == "cannot-write"
    assert "No space left on device" in fault.what.en
    monkeypatch.undo()
    assert os.listdir(tmp_path) == []


def test_a_truly_full_disk(tmp_path: Path, standards: Standards) -> None:
    """The library reports it with words of its own; they are not what is shown."""
    if not Path("/dev/full").exists():
        pytest.skip("the system has no device that is always full")
    schema = pa.schema([("a", pa.int64())])
    with (
        pytest.raises(OSError, match="28") as full,
        pq.ParquetWriter("/dev/full", schema) as writer,
    ):
        writer.write_table(pa.table({"a": range(100_000)}, schema))
    assert full.value.errno == errno.ENOSPC


def test_a_place_that_cannot_be_written(tmp_path: Path, standards: Standards) -> None:
    """A file stands where a folder is needed."""
    (tmp_path / "file").touch()
    with pytest.raises(RequestError) as refused:
        write(tmp_path / "file" / "p", standards)
    assert refused.value.faults[0].code == "cannot-write"
