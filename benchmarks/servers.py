"""Engines that tests and benchmarks start and stop by themselves, as `script/spark-server` runs them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import frozen

SERVER = Path(__file__).resolve().parent.parent / "script" / "spark-server"
START_WITHIN = 180.0
"""Seconds in which a server has to answer; a busy machine takes its time to start Java."""


@frozen
class Engine:
    """A server that runs.

    Args:
        group: the process group with all that it has started.
    """

    name: str
    remote: str
    log: Path
    group: int

    def processes(self, pattern: str) -> list[int]:
        """Its processes whose command line matches; those of other servers are left out."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    same = os.getsid(int(entry.name)) == self.group
                except (OSError, UnicodeDecodeError):
                    continue
                if same and re.search(pattern, line):
                    found.append(int(entry.name))
        return found

    def cpu(self) -> float:
        """Seconds of processors that its processes have taken, those that have ended included."""
        return sum(map(_cpu, self.processes("")))

    def peaks(self, pattern: str) -> list[int]:
        """Bytes of memory that each of its processes has held whose command line matches."""
        return list(map(peak, self.processes(pattern)))

    def forget_peaks(self) -> None:
        """From now on `peaks` tells what is held from now on."""
        for process in self.processes(""):
            forget_peak(process)

    def said(self) -> str:
        """The log so far."""
        return self.log.read_text("utf-8", "replace")


def _cpu(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    # of itself and of the children that it has waited for, in the system and outside
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")


def peak(process: int) -> int:
    """Bytes of memory that a process has held at most; 0 where it has ended."""
    try:
        told = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) * 1024 if found else 0


def forget_peak(process: int) -> None:
    """From now on `peak` tells what the process holds from now on."""
    with suppress(OSError):
        Path(f"/proc/{process}/clear_refs").write_text("5", "ascii")


def java() -> str | None:
    """Why Apache Spark cannot be run here; None where it can."""
    home = os.environ.get("JAVA_HOME")
    found = f"{home}/bin/java" if home else shutil.which("java")
    if not found or not Path(found).exists():
        return "Apache Spark needs Java 17, and there is no java here"
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if not version or int(version[1]) < 17:
        return f"Apache Spark needs Java 17, and java here is {version[1] if version else 'broken'}"
    return None


@contextmanager
def running(
    name: str, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[Engine]:
    """A server for as long as it is needed, with everything that it starts.

    Args:
        folder: for its log and what it keeps.
        arguments: of `script/spark-server` behind the port.
    """
    subprocess.run([SERVER], check=True)
    port = _free_port()
    log = folder / f"{name}-{port}.log"
    variables = os.environ | {"SPARK_LOCAL_DIRS": str(folder)} | dict(environment or {})
    with log.open("wb") as out:
        server = subprocess.Popen(
            [SERVER, name, str(port), *arguments],
            stdout=out, stderr=subprocess.STDOUT, env=variables, start_new_session=True,
        )  # fmt: skip
    try:
        _wait(server, port, log)
        yield Engine(name, f"sc://localhost:{port}", log, server.pid)
    finally:
        for process in (server.pid, *Engine(name, "", log, server.pid).processes("")):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        server.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError(f"the server did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
