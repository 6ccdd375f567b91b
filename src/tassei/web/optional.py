"""Which optional parts are installed; their pages appear only then."""

from importlib.util import find_spec

PLANS = find_spec("ortools") is not None
"""Whether the extra `plan` is there."""
