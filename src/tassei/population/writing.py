"""Writing Parquet whole or not at all: beside the place first, then renamed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tassei.errors import Fault, RequestError
from tassei.text import Text

Write = Callable[[pa.RecordBatch], None]


@contextmanager
def parquet_file(path: Path, schema: pa.Schema) -> Iterator[Write]:
    """A file to write batches to; it appears under its name once all went well.

    Raises:
        RequestError: the place cannot be written, or is full.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            with pq.ParquetWriter(
                beside, schema, compression="zstd", compression_level=1
            ) as writer:
                yield writer.write_batch
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None


def cannot_write(path: Path, error: OSError) -> RequestError:
    """A place that cannot be written, with the reason."""
    why = os.strerror(error.errno) if error.errno else str(error)
    return RequestError(
        [
            Fault(
                "cannot-write",
                Text(f"書き込めません（{why}）", f"it cannot be written ({why})"),
                Text(
                    "フォルダ、権限、空き容量を確かめてください",
                    "check the folder, its permissions and the free space",
                ),
                file=str(path),
            )
        ]
    )
