"""The process that reads can neither connect, nor start, nor write, nor take more than it is given."""

import subprocess
import sys

import pytest

PRELUDE = """
import ctypes, errno, os, resource, socket, subprocess, sys
from tassei.documents.reading.confinement import confine
from tassei.documents.reading.limits import Limits
confine(Limits(memory_mb=256, cpu_seconds=1))
libc = ctypes.CDLL(None, use_errno=True)
"""

REFUSED = {
    "a socket": "socket.socket()",
    "a program": "subprocess.run(['/bin/true'])",
    "a shell": "os.system('true')",
    "a new process": "os.fork()",
    "a large array": "bytearray(400 * 2**20)",
    "a file": "open(sys.argv[1], 'w')",
    "a folder": "os.mkdir(sys.argv[1])",
    "a deletion": "os.remove(sys.argv[1])",
}
NATIVE = {
    "a socket": "libc.socket(2, 1, 0)",
    "a pair of sockets": "libc.socketpair(1, 1, 0, (ctypes.c_int * 2)())",
    "a program": "libc.execv(b'/bin/true', (ctypes.c_char_p * 2)(b'/bin/true', None))",
}


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PRELUDE + program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


@pytest.mark.parametrize("what", REFUSED)
def test_python_is_refused(what: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What no reader needs."""
    path = tmp_path_factory.mktemp("out") / "a.txt"
    program = (
        f"try:\n    {REFUSED[what]}\nexcept (OSError, MemoryError) as e:\n    print('refused')\n"
    )
    assert _run(program, str(path)).stdout == "refused\n"
    assert not path.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="system calls are filtered on Linux")
@pytest.mark.parametrize("what", NATIVE)
def test_native_code_is_refused(what: str) -> None:
    """By the kernel, since it asks nobody else."""
    program = f"result = {NATIVE[what]}\nprint(result, ctypes.get_errno() == errno.EACCES)"
    assert _run(program).stdout == "-1 True\n"


def test_time_runs_out() -> None:
    """By a signal that tells why."""
    assert _run("while True: pass").returncode == -24


def test_what_readers_do_is_allowed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Opening files to read, importing, using some memory, writing to the pipe."""
    program = "import json, decimal\nopen(sys.argv[1]).read()\nbytearray(50 * 2**20)\nprint('fine')"
    assert _run(program, __file__).stdout == "fine\n"
