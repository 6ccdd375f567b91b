"""Judging inside engines: the same verdicts as on one machine, and one clear message for what goes wrong.

Run for real against Apache Spark with two executors of their own, and against Sail.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.servers import Engine, java, running

from population.faulty import FAULTY
from tassei.cli.main import main
from tassei.encoding.compiled import standards
from tassei.errors import RequestError
from tassei.evidence.months import Month
from tassei.judging.judge import Judge
from tassei.population import spark, worker
from tassei.population.blocks import Population
from tassei.population.gather import DESCRIPTION, gathered
from tassei.population.generate import generate
from tassei.population.spark import judge_in_engine
from tassei.population.store import Writer
from tassei.population.workforce import Workforce, write_verdicts

NOW = Month.of(2026, 11)
Capture = pytest.CaptureFixture[str]
one_group = pytest.mark.xdist_group("engines")
"""Engines are started once for all tests, so these run one after the other."""


@pytest.fixture(scope="session")
def workforce() -> Workforce:
    return Workforce(Judge(standards(), standards().readings_with({})))


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engines")


@pytest.fixture(scope="session")
def apache(place: Path) -> Iterator[Engine]:
    """Apache Spark with two executors in processes of their own."""
    if (why := java()) is not None:
        pytest.skip(why)
    with running("spark", place, "local-cluster[2,1,1024]") as engine:
        yield engine


@pytest.fixture(scope="session")
def sail(place: Path) -> Iterator[Engine]:
    """Sail, in the mode in which it distributes tasks and tries them again."""
    settings = {"SAIL_MODE": "local-cluster", "SAIL_CLUSTER__TASK_MAX_ATTEMPTS": "3"}
    with running("sail", place, environment=settings) as engine:
        yield engine


@pytest.fixture(params=["apache", "sail"])
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def people(place: Path) -> Path:
    return _made(place / "people", 20_000)


@pytest.fixture(scope="session")
def verdicts(place: Path, people: Path, workforce: Workforce) -> pa.Table:
    """The table that one machine writes."""
    return _on_one_machine(people, place / "verdicts.parquet", workforce)


def _made(folder: Path, count: int) -> Path:
    with Writer(folder, standards().vocabulary) as writer:
        for batches in generate(count, 3, standards(), as_of=NOW):
            writer.write(*batches)
    return folder


def _on_one_machine(folder: Path, out: Path, workforce: Workforce) -> pa.Table:
    write_verdicts(workforce, Population(folder, standards().vocabulary), NOW, out)
    return pq.read_table(out)


def _equal(folder: Path, expected: pa.Table) -> bool:
    """Every column of every person, and all that stands beside them."""
    found = gathered(folder)
    table = pa.Table.from_batches(found.batches(folder.parent), found.schema)
    return bool(table.equals(expected, check_metadata=True))


@pytest.mark.slow
@one_group
def test_verdicts_are_those_of_one_machine(
    engine: Engine, people: Path, verdicts: pa.Table, workforce: Workforce, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """20,000 people in five parts, every column, and what they depend on."""
    monkeypatch.setattr(spark, "PEOPLE_IN_PART", 4096)
    out = tmp_path / "verdicts"
    assert judge_in_engine(workforce, engine.remote, str(people), str(out), NOW) == 20_000
    assert _equal(out, verdicts)


def _reversed_in_parts(folder: Path, out: Path) -> None:
    """The same tables with their rows from the last to the first, in three files each."""
    for name in ("people", "engagements"):
        (out / name).mkdir(parents=True)
        rows = pq.read_table(folder / f"{name}.parquet")
        rows = rows.take(pa.array(range(len(rows) - 1, -1, -1)))
        third = -(-len(rows) // 3)
        for part in range(3):
            path = out / name / f"{part}.parquet"
            pq.write_table(rows.slice(part * third, third), path)


@pytest.mark.slow
@one_group
def test_the_order_of_rows_and_files_does_not_matter(
    engine: Engine, workforce: Workforce, tmp_path: Path, capsys: Capture
) -> None:
    """By the command, which says what it wrote, and does not write over it."""
    folder = _made(tmp_path / "sorted", 500)
    expected = _on_one_machine(folder, tmp_path / "expected.parquet", workforce)
    _reversed_in_parts(folder, tmp_path / "people")
    out = tmp_path / "verdicts"
    argv = ["population", "judge", str(tmp_path / "people"), "--out", str(out)]
    argv += ["--as-of", "2026-11", "--engine", "spark", "--remote", engine.remote, "--lang", "en"]
    assert main(argv) == 0
    told = "500 people, 17 specialty fields, 76 levels, as of 2026-11"
    assert capsys.readouterr().err == f"wrote {out}: {told}\n"
    assert _equal(out, expected)
    assert main(argv) == 2
    assert "place-taken" in capsys.readouterr().err


CODES = {code: code for code in FAULTY} | {
    "broken-value": "unknown-value",
    "people-not-sorted": "doubled-person",
}
"""What an engine is told of a faulty population, by what one machine is told of it."""
del CODES["engagements-not-sorted"]


@pytest.mark.slow
@one_group
@pytest.mark.parametrize(
    ("engine", "code"),
    [
        *(("sail", code) for code in CODES),
        # four workers start and fail before Apache Spark gives up: one fault of rows stands for all
        *(("apache", c) for c in ("broken-table", "no-table", "wrong-column-type", "wrong-months")),
    ],
    indirect=["engine"],
)
def test_bad_input_is_one_clear_message(
    engine: Engine, code: str, tmp_path: Path, workforce: Workforce
) -> None:
    """With the table, and no description stands where verdicts would."""
    FAULTY[code](tmp_path / "people")
    with pytest.raises(RequestError) as caught:
        judge_in_engine(
            workforce, engine.remote, str(tmp_path / "people"), str(tmp_path / "out"), NOW
        )
    [fault] = caught.value.faults
    assert fault.code == CODES[code]
    assert str(tmp_path / "people") in fault.file
    assert not (tmp_path / "out" / DESCRIPTION).exists()


@pytest.mark.slow
@one_group
def test_nobody_at_all(engine: Engine, workforce: Workforce, tmp_path: Path) -> None:
    """A population without people has verdicts of none."""
    _made(tmp_path / "people", 0)
    folder, out = str(tmp_path / "people"), str(tmp_path / "out")
    assert judge_in_engine(workforce, engine.remote, folder, out, NOW) == 0


@pytest.mark.slow
@one_group
def test_tasks_that_die_are_tried_again(
    engine: Engine, people: Path, verdicts: pa.Table, workforce: Workforce, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Midway, after it has handed verdicts on: nothing is lost and nothing is doubled.

    On Apache Spark three Python workers are killed (SIGKILL), and an executor with all that it kept. On
    Sail, where Python runs inside the server, two tasks fail.
    """
    marks, deaths = str(tmp_path), 3 if engine.name == "spark" else 2
    kills = engine.name == "spark"
    real = worker.judged

    def dying(order: str, batches: Any) -> Iterator[pa.RecordBatch]:
        # the workers know nothing of this module: all that is needed comes along
        import os
        import signal
        from contextlib import suppress

        yield from real(order, batches)
        for death in range(deaths):
            with suppress(FileExistsError):
                os.mkdir(f"{marks}/death-{death}")
                if kills:
                    os.kill(os.getpid(), signal.SIGKILL)
                raise RuntimeError("this task fails once")

    def kill_an_executor() -> None:
        while not (tmp_path / "death-0").exists():
            time.sleep(0.05)
        os.kill(engine.processes("CoarseGrainedExecutorBackend")[0], signal.SIGKILL)

    monkeypatch.setattr(spark, "judged", dying)
    monkeypatch.setattr(spark, "PEOPLE_IN_PART", 1500)
    killer = threading.Thread(target=kill_an_executor, daemon=True)
    before = len(engine.said())
    if kills:
        killer.start()
    out = tmp_path / "verdicts"
    assert judge_in_engine(workforce, engine.remote, str(people), str(out), NOW) == 20_000
    assert len(list(tmp_path.glob("death-*"))) == deaths
    assert _equal(out, verdicts)
    if kills:
        killer.join()
        said = engine.said()[before:]
        assert "Python worker exited unexpectedly" in said
        assert "Lost executor" in said


@pytest.mark.slow
@one_group
def test_a_server_that_dies_is_one_message(
    place: Path, people: Path, workforce: Workforce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a minute, and what it left behind is no table of verdicts."""
    with running("sail", place) as engine:
        checked = spark._refuse_taken

        def dies_soon(session: Any, out: str) -> None:
            checked(session, out)
            # the server has yet to load what judges, which takes longer
            threading.Timer(0.3, os.killpg, (engine.group, signal.SIGKILL)).start()

        monkeypatch.setattr(spark, "_refuse_taken", dies_soon)
        started = time.monotonic()
        with pytest.raises(RequestError) as caught:
            judge_in_engine(workforce, engine.remote, str(people), str(tmp_path / "out"), NOW)
    assert [f.code for f in caught.value.faults] == ["engine-lost"]
    assert time.monotonic() - started < 60
    assert not (tmp_path / "out" / DESCRIPTION).exists()


@pytest.mark.slow
@one_group
def test_what_engines_say_is_told_in_one_line(
    engine: Engine, people: Path, workforce: Workforce, tmp_path: Path, capsys: Capture
) -> None:
    """Of a place that cannot be written."""
    argv = ["population", "judge", str(people), "--out", "/proc/nowhere/verdicts", "--lang", "en"]
    assert main([*argv, "--engine", "spark", "--remote", engine.remote]) == 2
    said = capsys.readouterr().err
    assert "the engine failed (" in said
    assert "engine-failed" in said
    assert len(said.splitlines()) == 3


def test_nobody_answers(tmp_path: Path, capsys: Capture) -> None:
    """One message after a few seconds, and not after all the tries that clients make."""
    started = time.monotonic()
    argv = ["population", "judge", "people", "--out", str(tmp_path / "v"), "--lang", "en"]
    assert main([*argv, "--engine", "spark", "--remote", "sc://localhost:1"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("sc://localhost:1 cannot be reached (no answer within 5 seconds)\n")
    assert time.monotonic() - started < 30
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--engine", "spark"], "remote-needed"),
        (["--remote", "sc://localhost"], "remote-needed"),
        (["--engine", "spark", "--remote", "localhost:15002"], "malformed-remote"),
        (["--engine", "spark", "--remote", "sc://host/path"], "malformed-remote"),
        (["--engine", "spark", "--remote", "sc://host:port"], "malformed-remote"),
    ],
)
def test_engines_that_cannot_be_named_so(
    options: list[str], code: str, tmp_path: Path, capsys: Capture
) -> None:
    """Before anything is asked of anybody."""
    argv = ["population", "judge", "people", "--out", str(tmp_path / "v"), "--lang", "en"]
    assert main([*argv, *options]) == 2
    assert code in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("x\nModuleNotFoundError: No module named 'numba'\n", "workers-lack-library"),
        ("[RETRIES_EXCEEDED] The maximum number of retries has been exceeded.", "engine-lost"),
        ("[FAILED_READ_FILE.NO_HINT] Encountered error while reading file s3://b/people/1.parquet. SQLSTATE", "broken-table"),
        ("Traceback:\n  File 'x'\nValueError: odd\n\nJVM stacktrace:\norg.E: x", "engine-failed"),
    ],
)  # fmt: skip
def test_words_of_engines(said: str, code: str) -> None:
    """What each is made into."""
    [fault] = spark._explained("sc://host", RuntimeError(said)).faults
    assert fault.code == code
    if code == "engine-failed":
        assert fault.what.en == "the engine failed (ValueError: odd)"
    if code == "broken-table":
        assert fault.file == "s3://b/people/1.parquet"
