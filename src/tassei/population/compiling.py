"""How loops are compiled: once for a machine and a version of the code, then kept."""

import hashlib
import os
from pathlib import Path
from typing import Any

import numba


def sources_digest() -> str:
    """Of the code of this package, which tells apart installations that could judge otherwise."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        # the same on a system that writes line ends as two characters
        digest.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def _kept_in() -> str:
    """A folder of the user's for what was compiled from these very sources.

    Beside the sources an update would find what an older version has left there, and stumble over it.
    """
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return str(Path(base).expanduser() / "tassei" / f"compiled-{sources_digest()}")


if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = _kept_in()  # type: ignore[attr-defined]  # numba sets its options late

_OPTIONS: dict[str, Any] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    # no reference is counted inside, which would cost more than all the rest: what is compiled this
    # way may not make arrays
    "_nrt": False,
}
compiled = numba.njit(**_OPTIONS)
_NOT_FROM_PYTHON = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
part = numba.njit(**(_OPTIONS | _NOT_FROM_PYTHON))
"""What only other loops call; it compiles in half the time, as Python cannot call it."""
