"""What is reported comes in the same order every time, whatever seed the hashes of the process have."""

import os
import subprocess
import sys
from pathlib import Path

TEXT = """改革の達成度指標
専門分野 改革 レベル7
【ビジネス貢献】
●責任性
改革の責任者として、改革を4回以上(内2回以上はレベル6、他はレベル5以上の複雑性、サイズ相当)成功裡に行った実績を有する。
●複雑性
以下の1項目以上に該当する改革を行った実績を有する。
□部門の多さ
●サイズ
□対象部門10部門
"""
"""Two levels that the document does not print are named in one line: two remarks upon it."""


def test_the_order_does_not_depend_on_hashes(tmp_path: Path) -> None:
    path = tmp_path / "reform.txt"
    path.write_text(TEXT, "utf-8")
    command = [sys.executable, "-m", "tassei", "import", str(path), "--lang", "en"]
    shown = [
        subprocess.run(
            command,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "3")
    ]
    assert shown[0] == shown[1]
    assert shown[0].index("level 6, which") < shown[0].index("level 5, which")
