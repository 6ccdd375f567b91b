"""Takes from the child process, before it has seen the document, what parsing has no need of.

Whatever a document makes a parser do, the process can then neither use more memory or processor
time than it was given, nor write a file, open a connection or start a program.
"""

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from typing import Any

from tassei.documents.reading.limits import MB, Limits


def confine(limits: Limits) -> None:
    """Confine this process for good; on a system without such means, as far as it has them."""
    sys.addaudithook(_refuse)
    if sys.platform == "win32":
        return
    import resource

    wanted = {
        resource.RLIMIT_AS: limits.memory_mb * MB,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        unbounded = hard == resource.RLIM_INFINITY
        bound = value if unbounded else min(value, hard)
        # a process that has used its time is told so by a signal first, and killed a second later
        later = kind == resource.RLIMIT_CPU and (unbounded or bound < hard)
        resource.setrlimit(kind, (bound, bound + later))
    if sys.platform == "linux":
        _confine_on_linux()


_EVENTS = (
    "socket.", "subprocess.", "pty.", "os.exec", "os.fork", "os.posix_spawn", "os.system",
    "os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.link", "os.symlink", "os.truncate",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    """Refuse what no reader does once Python is set up: connect, start, write, remove."""
    writes = event == "open" and isinstance(args[2], int) and args[2] & _WRITING
    if writes or event.startswith(_EVENTS):
        raise PermissionError(errno.EACCES, f"not while reading a document: {event}")


_SET_PARENT_DEATH_SIGNAL, _SET_SECCOMP, _SET_NO_NEW_PRIVILEGES = 1, 22, 38
_FILTER = 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_X32 = 0x40000000

_DENIED = {
    # socket, connect, socketpair, fork, vfork, execve, ptrace, execveat, io_uring_setup
    "x86_64": (0xC000003E, (41, 42, 53, 57, 58, 59, 101, 322, 425)),
    # socket, socketpair, connect, execve, ptrace, execveat, io_uring_setup
    "aarch64": (0xC00000B7, (198, 199, 203, 221, 117, 281, 425)),
}
"""The mark of an architecture, and the numbers of the system calls that are refused there."""


def _confine_on_linux() -> None:
    """End with the parent, and refuse system calls that connect or start, in native code too."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    known = _DENIED.get(platform.machine())
    if known is None:
        return
    program = _filter(*known)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(
        struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer))
    )
    libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    # a kernel without filters says so and goes on; the limits and the hook above hold there too
    libc.prctl(_SET_SECCOMP, _FILTER, header, 0, 0)


def _filter(architecture: int, denied: tuple[int, ...]) -> bytes:
    """A program for the kernel: eight bytes an instruction (code, jumps if true and false, value)."""
    last = len(denied)
    lines = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, last + 1, 0, _X32),
        *((_EQUAL, last - i, 0, number) for i, number in enumerate(denied)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERROR | errno.EACCES),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
