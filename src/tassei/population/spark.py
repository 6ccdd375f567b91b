"""Judging everybody inside an engine that is reached by Spark Connect.

The engine reads the tables, brings the rows of each person together and writes the verdicts; `worker` is
what it runs on each part. Which machine does what, what is tried again and where parts are kept is the
engine's business. A folder of verdicts is whole where its description stands beside it, which is
written last.
"""

import json
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tassei.errors import Fault, RequestError
from tassei.evidence.months import Month
from tassei.population.blocks import check_columns, no_table
from tassei.population.gather import DESCRIPTION
from tassei.population.schema import ENGAGEMENTS, PEOPLE, engagements_schema, people_schema
from tassei.population.worker import Order, Refused, judged, signed
from tassei.population.workforce import UNREAD, Workforce
from tassei.text import Text

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.connect.session import SparkSession

PEOPLE_IN_PART = 32_768
"""People that a worker holds at once, with all their engagements."""
ANSWER_WITHIN = 5.0
"""Seconds in which an engine has to answer at all."""
_BATCHES = "spark.sql.execution.arrow.maxBytesPerBatch", str(2**31 - 1)
"""Apache Spark measures a batch after every row, at a cost beyond all else, unless the bound is this one;
the bound on its rows stays."""
_TRIES, _LONGEST_PAUSE = 6, 8_000
"""How often a request is made again that was not answered, and for how many milliseconds at most it is
waited before: 20 seconds together."""


def judge_in_engine(
    workforce: Workforce,
    remote: str,
    folder: str,
    out: str,
    now: Month,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Judge everybody and write a folder of verdicts; returns how many people.

    Args:
        remote: where the engine is, as `sc://host:port`.
        folder: of the population, as the engine knows it: any path or URL that it reads.
        out: folder to write, in the same sense; must not exist or be empty.
        told: called with the numbers of tasks that are done and known.

    Raises:
        RequestError: the engine cannot be reached, was lost or failed; the input is bad; or there is
            something at the place already.
    """
    with _session(remote, told) as session:
        people = _read(session, folder, PEOPLE, people_schema())
        vocabulary = workforce.judge.standards.vocabulary
        engagements = _read(session, folder, ENGAGEMENTS, engagements_schema(vocabulary))
        _refuse_taken(session, out)
        order = Order(workforce.told(now), people[0], engagements[0])
        verdicts = _verdicts(people[1], engagements[1], order, signed(workforce.schema))
        # `append` to a place where nothing is: a failed attempt may have left an empty folder
        verdicts.write.mode("append").parquet(out)
        asked, written = people[1].count(), session.read.parquet(out).count()
        if written != asked:
            raise _failed(f"{written:,} verdicts of {asked:,} people were written")
        description = json.dumps({**order.told, "people": written}, ensure_ascii=False)
        session.createDataFrame([(description,)], "value string").coalesce(1).write.text(
            f"{out.rstrip('/')}/{DESCRIPTION}"
        )
        return int(written)


def _verdicts(
    people: "DataFrame", engagements: "DataFrame", order: Order, schema: pa.Schema
) -> "DataFrame":
    """All rows by their people, and each part judged."""
    from pyspark.sql.connect import functions as F
    from pyspark.sql.pandas.types import from_arrow_schema

    def about(rows: "DataFrame", name: str, other: "DataFrame", other_name: str) -> "DataFrame":
        own = F.struct(*(c for c in rows.columns if c != "person")).alias(name)
        return rows.select("person", own, F.lit(None).cast(_struct(other)).alias(other_name))

    parts = -(-people.count() // PEOPLE_IN_PART)
    rows = about(people, PEOPLE, engagements, ENGAGEMENTS).unionByName(
        about(engagements, ENGAGEMENTS, people, PEOPLE)
    )
    run = partial(judged, order.dumps())
    return rows.repartition(max(1, parts), "person").mapInArrow(run, from_arrow_schema(schema))


def _struct(rows: "DataFrame") -> Any:
    """The type of a row apart from its person."""
    from pyspark.sql.types import StructType

    return StructType([f for f in rows.schema if f.name != "person"])


def _read(
    session: "SparkSession", folder: str, name: str, schema: pa.Schema
) -> tuple[str, "DataFrame"]:
    """A table and where it is; a file, or a folder with part files.

    Raises:
        RequestError: there is none, or its columns are others.
    """
    from pyspark.sql.pandas.types import to_arrow_schema

    for path in (f"{folder.rstrip('/')}/{name}.parquet", f"{folder.rstrip('/')}/{name}"):
        rows = session.read.parquet(path)
        if columns := _columns(rows, path):
            check_columns(path, schema, to_arrow_schema(columns))
            return path, rows.select(*(n for n in schema.names if n not in UNREAD))
    raise no_table(folder, name)


_NOTHING_THERE = ("PATH_NOT_FOUND", "UNABLE_TO_INFER_SCHEMA")


def _columns(rows: "DataFrame", path: str) -> Any:
    """The columns of a place; none where nothing is there, which engines say in two ways.

    Raises:
        RequestError: what is there is broken.
    """
    from pyspark.errors import PySparkException

    try:
        return rows.schema
    except PySparkException as error:
        if error.getCondition() in _NOTHING_THERE:
            return None
        if _BROKEN.search(str(error)):
            raise _broken(str(error), path) from None
        raise


def _refuse_taken(session: "SparkSession", out: str) -> None:
    """Check that no file is at a place.

    Raises:
        RequestError: there is one.
    """
    files = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(out)
    if _columns(files, out) and files.select("path").limit(1).count():
        raise _taken(out)


def _taken(out: str) -> RequestError:
    what = Text("すでにファイルがあります", "there are files already")
    repair = Text(
        "別の場所を指定するか、不要であれば消してください",
        "name another place, or remove them if nobody needs them",
    )
    return RequestError([Fault("place-taken", what, repair, file=out)])


@contextmanager
def _session(remote: str, told: Callable[[int, int], None]) -> "Iterator[SparkSession]":
    """A session with an engine; what goes wrong in it is told as faults.

    Raises:
        RequestError: the engine cannot be reached, was lost or failed.
    """
    with warnings.catch_warnings():
        # of libraries that the client could use besides, and of requests that it makes again
        warnings.simplefilter("ignore")
        from pyspark.errors import PySparkException
        from pyspark.sql.connect.client.retries import DefaultPolicy
        from pyspark.sql.connect.session import SparkSession

        try:
            session = SparkSession(_channels(remote))
            session.client.set_retry_policies(
                [DefaultPolicy(max_retries=_TRIES, max_backoff=_LONGEST_PAUSE)]
            )
            session.conf.set(*_BATCHES)
            session.registerProgressHandler(_listener(told))  # type: ignore[arg-type]  # any callable is one
            try:
                yield session
            except KeyboardInterrupt:
                with suppress(PySparkException):
                    session.interruptAll()
                raise
            finally:
                session.stop()
        except PySparkException as error:
            raise _explained(remote, error) from None


def _channels(remote: str) -> Any:
    """The way to an engine that answers.

    Raises:
        RequestError: the address is none, or nobody answers there.
    """
    import grpc
    from pyspark.errors import PySparkException
    from pyspark.sql.connect.client.core import DefaultChannelBuilder

    try:
        channels = DefaultChannelBuilder(remote)
    except (PySparkException, ValueError):
        what = Text(
            f"「{remote}」は Spark Connect のアドレスではありません",
            f'"{remote}" is no address of Spark Connect',
        )
        repair = Text("例: --remote sc://host:15002", "for example: --remote sc://host:15002")
        raise RequestError([Fault("malformed-remote", what, repair)]) from None
    with channels.toChannel() as channel:
        try:
            grpc.channel_ready_future(channel).result(timeout=ANSWER_WITHIN)
        except grpc.FutureTimeoutError:
            raise _unreachable(remote) from None
    return channels


def _listener(told: Callable[[int, int], None]) -> Callable[..., None]:
    """Adds up the tasks of the stages that an engine tells of."""

    def listen(stages: Any, inflight_tasks: int, operation_id: str | None, done: bool) -> None:
        known = list(stages or ())
        told(sum(s.num_completed_tasks for s in known), sum(s.num_tasks for s in known))

    return listen


def _explained(remote: str, error: Exception) -> RequestError:
    """What an engine says went wrong, as a fault."""
    said = str(error)
    if (refused := Refused.read(said)) is not None:
        return refused
    if missing := re.search(r"ModuleNotFoundError: No module named '([\w.]+)'", said):
        return _lacking(missing[1])
    if _BROKEN.search(said):
        return _broken(said)
    code = getattr(error, "getGrpcStatusCode", lambda: None)()
    if (code and code.name == "UNAVAILABLE") or "RETRIES_EXCEEDED" in said:
        return _lost(remote)
    if code and code.name == "UNIMPLEMENTED":
        return _other(remote)
    return _failed(said)


def _unreachable(remote: str) -> RequestError:
    return RequestError(
        [
            Fault(
                "engine-unreachable",
                Text(
                    f"{remote} に接続できません（{ANSWER_WITHIN:.0f}秒以内に応答がありません）",
                    f"{remote} cannot be reached (no answer within {ANSWER_WITHIN:.0f} seconds)",
                ),
                Text(
                    "Spark Connect サーバが動いているか、ホスト名とポート、経路を確かめてください",
                    "check that a Spark Connect server runs there, the host, the port and the way to it",
                ),
            )
        ]
    )


_BROKEN = re.compile(r"FAILED_READ_FILE|Parquet error")


def _broken(said: str, path: str = "") -> RequestError:
    """A table that is broken; a file is named by the engine, where it does."""
    named = re.search(r"\bfile:? (\S+?)\.?\s", said)
    return RequestError(
        [
            Fault(
                "broken-table",
                Text(
                    f"Parquetとして読めません（{_reason(said)}）",
                    f"it cannot be read as Parquet ({_reason(said)})",
                ),
                Text("ファイルを作り直してください", "make the file anew"),
                file=named[1] if named else path,
            )
        ]
    )


def _other(remote: str) -> RequestError:
    return RequestError(
        [
            Fault(
                "no-engine",
                Text(
                    f"{remote} で応答したのは Spark Connect サーバではありません",
                    f"what answers at {remote} is no Spark Connect server",
                ),
                Text("ホスト名とポートを確かめてください", "check the host and the port"),
            )
        ]
    )


def _lost(remote: str) -> RequestError:
    return RequestError(
        [
            Fault(
                "engine-lost",
                Text(
                    f"{remote} との接続が途中で切れました",
                    f"{remote} was lost on the way",
                ),
                Text(
                    "サーバのログを確かめ、別の場所を --out に指定してやり直してください",
                    "look into the log of the server, and run it again with another place as --out",
                ),
            )
        ]
    )


def _lacking(module: str) -> RequestError:
    return RequestError(
        [
            Fault(
                "workers-lack-library",
                Text(
                    f"ワーカーのPythonに {module} がありません",
                    f"the Python of the workers has no library {module}",
                ),
                Text(
                    "ワーカーにインストールしてください: pip install 'tassei[population]'",
                    "install it on the workers: pip install 'tassei[population]'",
                ),
            )
        ]
    )


def _failed(said: str) -> RequestError:
    reason = _reason(said)
    return RequestError(
        [
            Fault(
                "engine-failed",
                Text(f"実行基盤が失敗しました（{reason}）", f"the engine failed ({reason})"),
                Text(
                    "サーバのログを確かめてください",
                    "look into the log of the server",
                ),
            )
        ]
    )


def _reason(said: str) -> str:
    """The line of an engine's report that says most: the last exception, else the first line."""
    if told := re.search(r'details = "(.+)"', said):
        return told[1][:300]
    lines = [line.strip() for line in said.split("JVM stacktrace:")[0].splitlines()]
    raised = [line for line in lines if re.match(r"[\w.]*(Error|Exception): ", line)]
    return (raised[-1:] or [line for line in lines if line] or [""])[0][:300]
