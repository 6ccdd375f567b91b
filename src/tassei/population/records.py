"""Columns of people and of their engagements, as the kernel reads them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

UNKNOWN = np.iinfo(np.int64).min
"""A measure that is not recorded."""
NOT_SAID, COMPLETE, PARTIAL = 0, 1, 2
"""What a list of terms says: nothing; all that hold; some that hold and some that do not."""

Codes = NDArray[np.int8]
Integers = NDArray[np.int32]


class TermLists(NamedTuple):
    """Columns of lists of terms; list i of column c is `code[start[c, i]:start[c, i + 1]]`.

    Args:
        state: (columns, rows) `NOT_SAID`, `COMPLETE` or `PARTIAL`.
        denied_start: in the same form, the terms that do not hold, of partial lists.
        code: of both; terms that do not hold have codes of their own.
    """

    state: Codes
    start: Integers
    denied_start: Integers
    code: Integers


class Works(NamedTuple):
    """Engagements, those of one person together and in the order of their starts.

    Args:
        start: (people + 1) the engagements of person p are rows `start[p]` to `start[p + 1]`.
        first, last: (rows) months by number; -1 for an unknown start, and for work that goes on.
        codes: (columns, rows) role, supervised, succeeded, then the scales; 0 where not recorded.
        measures: (measures, rows) whole units, or `UNKNOWN`.
        terms: fields, complexity, achieved, activities.
    """

    start: NDArray[np.int64]
    first: Integers
    last: Integers
    codes: Codes
    measures: NDArray[np.int64]
    terms: TermLists


class People(NamedTuple):
    """What is not about one engagement.

    Args:
        edition_start, edition: the editions that a record is written for, by number from 1.
        listed: (people) 0 where the record does not say whether there are engagements.
        codes: (columns, people) mentoring; 0 where not recorded.
        measures: (0, people) there are none.
        terms: areas, succession, examinations, skills, knowledge.
    """

    edition_start: Integers
    edition: Integers
    listed: Codes
    codes: Codes
    measures: NDArray[np.int64]
    terms: TermLists
