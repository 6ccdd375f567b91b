"""Build hook: compiles `standards/` so that the installed package judges without reading YAML."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileStandards(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, str(Path(self.root) / "src"))
        from tassei.encoding.compiled import COMPILED, compile_standards

        compile_standards(Path(self.root) / "standards", COMPILED)
        # an editable install finds both folders at the root of the checkout
        if version != "editable":
            build_data["force_include"] |= {
                name: f"tassei/{name}" for name in ("standards", "examples")
            }
