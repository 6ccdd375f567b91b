"""Lists of Arrow arrays, taken apart and put together again."""

import numpy as np
import pyarrow as pa

from tassei.population.draws import Numbers


def lengths(lists: pa.Array) -> Numbers:
    """How long each list is; 0 for null."""
    found: Numbers = np.asarray(lists.value_lengths().fill_null(0), dtype=np.int64)
    return found


def relisted(lists: pa.Array, values: pa.Array) -> pa.ListArray:
    """The same lists with other values in them.

    Args:
        values: one for each of `lists.flatten()`.
    """
    offsets = np.concatenate([[0], np.cumsum(lengths(lists))]).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, values, mask=lists.is_null())
