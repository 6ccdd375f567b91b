"""The Japanese fonts that browsers without one may fetch, from the wheels that hold them."""

from importlib.util import find_spec
from pathlib import Path

_WHEELS = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")


def fonts() -> list[tuple[str, Path]]:
    """The folders of the fonts, each to be served below `fonts/`."""
    found = [spec.origin for name in _WHEELS if (spec := find_spec(name)) and spec.origin]
    return [("fonts", Path(origin).parent) for origin in found]
