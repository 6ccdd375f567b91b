"""Where the fonts are that pictures are drawn with; installed with the extra `[charts]`."""

from importlib.util import find_spec
from pathlib import Path

from tassei.errors import Fault, RequestError
from tassei.text import Text

_FONTS = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")
_LIBRARIES = ("altair", "vl_convert", *_FONTS)


def font_folders() -> list[Path]:
    """The folders of the fonts for Japanese.

    Raises:
        RequestError: what draws pictures is not installed.
    """
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        named = ", ".join(missing)
        raise RequestError(
            [
                Fault(
                    "missing-extra",
                    Text(
                        f"このコマンドに必要なライブラリ（{named}）がありません",
                        f"this command needs libraries that are not installed ({named})",
                    ),
                    Text(
                        "インストールしてください: pip install 'tassei[charts]'",
                        "install them: pip install 'tassei[charts]'",
                    ),
                )
            ]
        )
    found = []
    for name in _FONTS:
        spec = find_spec(name)
        assert spec is not None
        found += [Path(folder) for folder in spec.submodule_search_locations or ()]
    return found
