"""Starting a peer: an environment of its own, a process that holds the columns, and words to it."""

import json
import subprocess
import sys
import venv
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import Spent, said

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parents[1] / ".cache" / "peers"


def python_of(name: str) -> Path:
    """The interpreter of a peer's environment."""
    return ENVIRONMENTS / name / "bin" / "python"


def is_installed(name: str) -> bool:
    """Whether the environment of a peer is there and holds what its requirements ask for."""
    stamp = ENVIRONMENTS / name / "installed"
    return stamp.exists() and stamp.read_bytes() == _requirements(name).read_bytes()


def installed(name: str) -> Path:
    """The interpreter of a peer's environment, which is made where it is not there yet."""
    if not is_installed(name):
        said(f"setting up {name} …")
        venv.create(ENVIRONMENTS / name, clear=True, with_pip=True)
        pip = [str(python_of(name)), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--requirement", str(_requirements(name))], check=True)
        (ENVIRONMENTS / name / "installed").write_bytes(_requirements(name).read_bytes())
    return python_of(name)


def _requirements(name: str) -> Path:
    return HERE / f"requirements-{name}.txt"


class Peer:
    """A running peer; a context manager that ends it.

    Args:
        name: of its environment and its script.
        columns: the folder that `columns.write_columns` wrote.
        options: words for its command line.
    """

    def __init__(self, name: str, columns: Path, *options: str) -> None:
        self._process = subprocess.Popen(
            [str(installed(name)), str(HERE / f"in_{name}.py"), str(columns), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.title: str = self._answer()

    def run(self) -> Spent:
        """Judge everybody once; what it took by the peer's own clock."""
        return Spent(*self._ask("run"))

    def masks(self, folder: Path) -> NDArray[np.uint8]:
        """What the last run found: for each person the bits of the levels that are met."""
        path = folder / f"masks-{self._process.pid}.npy"
        self._ask(f"save {path}")
        found: NDArray[np.uint8] = np.load(path)
        path.unlink()
        return found

    def _ask(self, words: str) -> Any:
        assert self._process.stdin is not None
        print(words, file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the peer ended with {self._process.wait()}; it told why above")
        return json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        # the end of its input ends it
        self._process.communicate()
        if self._process.returncode and kind is None:
            print(f"a peer ended with {self._process.returncode}", file=sys.stderr)
