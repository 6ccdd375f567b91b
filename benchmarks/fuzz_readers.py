"""Damaged documents given to the readers: no crash, and none that takes longer than two seconds.

    script/bench fuzz            100,000 documents
    python -m benchmarks.fuzz_readers COUNT [FIRST]

The readers run in a process of their own without the limits of the sandbox, but with its memory,
so that whatever they do not refuse by themselves is found. A document is told by its number
(`tests/documents/mutations.py`), and so can be made again.
"""

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNT = 100_000
SLOW_SECONDS = 2.0
BATCH = 2_000
SILENT_SECONDS = 60


def main() -> None:
    """Print what became of the documents."""
    found = fuzz(COUNT)
    print(
        f"{COUNT:,} damaged documents: {found['crash']} crashes, {found['slow']} over {SLOW_SECONDS:g} s"
    )
    print(
        f"{found['read']:,} read, {found['refused']:,} refused; the slowest took {found['worst']} ms"
    )


def fuzz(count: int, first: int = 0) -> Counter[str]:
    """Read so many documents; crashes and slow ones are told on standard error as they come."""
    found: Counter[str] = Counter()
    number, end = first, first + count
    while number < end:
        last = min(number + BATCH, end)
        number = _batch(number, last, found)
    return found


def _batch(first: int, last: int, found: Counter[str]) -> int:
    """Read documents in a process of their own; returns the first that is still to be read."""
    command = [sys.executable, "-m", "benchmarks.fuzz_readers", "--child", str(first), str(last)]
    done = first
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            number, outcome, seconds, what = json.loads(line)
            found[outcome] += 1
            found["worst"] = max(found["worst"], round(seconds * 1000))
            if outcome == "crash":
                print(f"{number}: {what}", file=sys.stderr)
            if seconds > SLOW_SECONDS:
                found["slow"] += 1
                print(f"{number}: {seconds:.1f} s", file=sys.stderr)
            done = number + 1
    if child.returncode:
        found["crash"] += 1
        print(f"{done}: the process ended with {child.returncode}", file=sys.stderr)
        return done + 1
    return last


def _child(first: int, last: int) -> None:
    sys.path.insert(0, str(ROOT / "tests"))
    from documents.mutations import mutant
    from tassei.documents.reading.limits import MB, Limits

    resource.setrlimit(resource.RLIMIT_AS, (Limits().memory_mb * MB,) * 2)
    for number in range(first, last):
        name, data = mutant(number)
        started = time.process_time()
        # a native reader that never comes back is ended, and so told
        resource.setrlimit(resource.RLIMIT_CPU, (int(started) + SILENT_SECONDS, -1))
        outcome, what = read(data, name)
        print(json.dumps([number, outcome, time.process_time() - started, what]), flush=True)


def read(data: bytes, name: str) -> tuple[str, str]:
    """What becomes of a document: read, refused, or a crash with its reason."""
    import traceback

    from tassei.documents.reading.child import parse
    from tassei.documents.reading.limits import Limits
    from tassei.documents.reading.refusals import KINDS, Refused, refusal

    try:
        _, (pieces, _) = parse(data, name, Limits(), lambda done, total: None)
    except Refused as refused:
        if refused.kind not in KINDS:
            return "crash", f"no such kind: {refused.kind}"
        refusal(name, refused.kind, refused.found)
        return "refused", refused.kind
    except MemoryError:
        return "refused", "too-heavy"
    except Exception:  # whatever it is, it is what is looked for
        return "crash", traceback.format_exc(limit=-4)
    for piece in pieces:
        if not piece.text.strip() or "\n" in piece.text or piece.line < 1 or piece.start < 0:
            return "crash", f"not a piece: {piece!r}"
    return "read", str(len(pieces))


if __name__ == "__main__":
    if sys.argv[1] == "--child":
        _child(int(sys.argv[2]), int(sys.argv[3]))
    else:
        print(dict(fuzz(*map(int, sys.argv[1:]))))
