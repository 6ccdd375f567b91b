"""Writing the folder of a population, whole or not at all."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import define, field

from tassei.errors import Fault, RequestError
from tassei.framework.vocabulary import Vocabulary
from tassei.population.schema import ENGAGEMENTS, PEOPLE, engagements_schema, people_schema
from tassei.population.writing import cannot_write
from tassei.text import Text

PEOPLE_IN_GROUP = 65_536
ENGAGEMENTS_IN_GROUP = 262_144
"""Rows of a row group: what is decoded for one person. Larger ones are scanned no faster."""
COMPRESSION, LEVEL = "zstd", 1


@define
class Writer:
    """Writes a population beside its place, and puts it there once it is whole.

    A context manager: leaving it by an exception, Ctrl-C included, leaves nothing behind.

    Args:
        folder: a folder that does not exist, is empty, or holds a population and nothing else,
            which is then replaced.

    Raises:
        RequestError: the folder holds anything else, the place cannot be written, or the disk is
            full.
    """

    folder: Path
    vocabulary: Vocabulary
    _beside: Path = field(init=False)
    _tables: tuple["_Growing", "_Growing"] = field(init=False)

    def __enter__(self) -> Self:
        _free(self.folder)
        parent = self.folder.absolute().parent
        try:
            parent.mkdir(parents=True, exist_ok=True)
            self._beside = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}.", dir=parent))
        except OSError as error:
            raise cannot_write(self.folder, error) from None
        try:
            self._tables = (
                _Growing(self._beside / f"{PEOPLE}.parquet", people_schema(), PEOPLE_IN_GROUP),
                _Growing(
                    self._beside / f"{ENGAGEMENTS}.parquet",
                    engagements_schema(self.vocabulary),
                    ENGAGEMENTS_IN_GROUP,
                ),
            )
        except OSError as error:
            shutil.rmtree(self._beside, ignore_errors=True)
            raise cannot_write(self.folder, error) from None
        return self

    @property
    def beside(self) -> Path:
        """Where the tables grow; what is put there besides goes away with it."""
        return self._beside

    def write(self, people: pa.RecordBatch, engagements: pa.RecordBatch) -> None:
        """Add people behind those that are there, and their work."""
        for table, batch in zip(self._tables, (people, engagements), strict=True):
            table.write(batch)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        try:
            for table in self._tables:
                table.close(whole=kind is None)
            if kind is None:
                self._put()
        except OSError as failed:
            raise cannot_write(self.folder, failed) from None
        finally:
            shutil.rmtree(self._beside, ignore_errors=True)
        if isinstance(error, OSError):
            raise cannot_write(self.folder, error) from None

    def _put(self) -> None:
        umask = os.umask(0)
        os.umask(umask)
        self._beside.chmod(0o777 & ~umask)
        if not self.folder.exists():
            os.rename(self._beside, self.folder)
            return
        _free(self.folder)
        # there is no moment at which neither the old nor the new one can be found
        old = self._beside.with_name(f"{self._beside.name}.old")
        os.rename(self.folder, old)
        try:
            os.rename(self._beside, self.folder)
        except BaseException:
            os.rename(old, self.folder)
            raise
        shutil.rmtree(old, ignore_errors=True)


class _Growing:
    """A Parquet file that grows by whole row groups."""

    def __init__(self, path: Path, schema: pa.Schema, group: int) -> None:
        self._schema = schema
        self._group = group
        self._waiting: list[pa.RecordBatch] = []
        self._rows = 0
        self._file = pq.ParquetWriter(
            path,
            schema,
            compression=COMPRESSION,
            compression_level=LEVEL,
            use_dictionary=True,
            write_statistics=["person"],
        )

    def write(self, batch: pa.RecordBatch) -> None:
        while self._rows + batch.num_rows >= self._group:
            head = self._group - self._rows
            self._waiting.append(batch.slice(0, head))
            self._flush()
            batch = batch.slice(head)
        if batch.num_rows:
            self._waiting.append(batch)
            self._rows += batch.num_rows

    def _flush(self) -> None:
        table = pa.Table.from_batches(self._waiting, self._schema)
        self._file.write_table(table, row_group_size=self._group)
        self._waiting, self._rows = [], 0

    def close(self, *, whole: bool) -> None:
        if whole and self._waiting:
            self._flush()
        if whole:
            self._file.close()
        else:
            # what was begun is thrown away, and the disk may be full
            with suppress(OSError, pa.ArrowException):
                self._file.close()


def _free(folder: Path) -> None:
    """Whether a population may be put here.

    Raises:
        RequestError: there is something else.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    found = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else [folder.name]
    ours = {f"{PEOPLE}.parquet", f"{ENGAGEMENTS}.parquet"}
    if folder.is_dir() and not folder.is_symlink() and (not found or set(found) == ours):
        return
    other = next((n for n in found if n not in ours), found[0])
    raise RequestError(
        [
            Fault(
                "not-a-population",
                Text(
                    f"人材データ以外のもの（{other}）があるため、置き換えません",
                    f"it holds something else than a population ({other}), and is not replaced",
                ),
                Text(
                    "新しいフォルダ、空のフォルダ、または人材データだけのフォルダを指定してください",
                    "name a new folder, an empty one, or one that holds a population alone",
                ),
                file=str(folder),
            )
        ]
    )
