"""Evidence -> the tables of a population, and back, without loss.

What comes back from packing and unpacking is written as the same evidence, to the order of
engagements and the difference between an empty list and one that is not recorded.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from tassei.errors import EvidenceError, Fault, RequestError
from tassei.evidence.model import (
    Engagement,
    Evidence,
    Holding,
    PassedExamination,
    Person,
    Professional,
    Work,
)
from tassei.evidence.months import EARLIEST_YEAR, Month
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Vocabulary
from tassei.population.runs import Runs
from tassei.population.schema import HOLDINGS, engagements_schema, people_schema
from tassei.population.store import Population, Table, Writer, open_population
from tassei.text import Text
