"""How a peer is asked: it holds the columns in memory and runs when told to, so that peers and kernel
can be measured in turn.

Each line that comes in is a word: `run` is answered with the seconds that it took, by the clock and of
processors, `save PATH` writes the answers of the last run. The first line that goes out says what runs.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]
Masks = NDArray[np.uint8]
"""For each person the bits of the levels of `rule.LEVELS` that are surely met."""


def serve(
    name: str,
    prepare: Callable[[Columns], Callable[[], Any]],
    masks: Callable[[Any], Masks],
) -> None:
    """Answer until the input ends.

    Args:
        prepare: puts the columns into the form that the tool likes best, which is not timed, and
            returns what is timed.
        masks: what that returned -> masks; not timed.
    """
    out, sys.stdout = sys.stdout, sys.stderr
    columns = {p.stem: np.load(p) for p in sorted(Path(sys.argv[1]).glob("*.npy"))}
    run = prepare(columns)
    found: Any = None
    print(json.dumps(name), file=out, flush=True)
    for line in sys.stdin:
        command, _, path = line.strip().partition(" ")
        if command == "run":
            found = None
            wall, cpu = time.perf_counter(), time.process_time()
            found = run()
            took = time.perf_counter() - wall, time.process_time() - cpu
            print(json.dumps(took), file=out, flush=True)
        else:
            np.save(path, masks(found))
            print(json.dumps("saved"), file=out, flush=True)


def packed(*met: NDArray[np.bool_]) -> Masks:
    """The bits of several answers."""
    return sum(np.asarray(m).astype(np.uint8) << n for n, m in enumerate(met)).astype(np.uint8)  # type: ignore[union-attr]
