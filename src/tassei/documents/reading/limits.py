"""What reading one document may cost, and how it tells how far it is."""

from collections.abc import Callable

from attrs import frozen

Progress = Callable[[int, int], None]
"""Called with the parts (pages, sheets) that are done and their number."""

MB = 1024 * 1024
LEAST_MEMORY_MB = 128
"""What the child process needs before it has read a single line [MB]."""


@frozen
class Limits:
    """Bounds that hold for one document; beyond any of them it is refused with a message.

    Args:
        memory_mb: address space of the child process that parses [MB of 1024 × 1024 bytes].
        cpu_seconds: processor time of that process.
        wall_seconds: time until it is ended, however little it did.
        pages: most pages of a PDF, or sheets of a workbook.
        file_mb: largest file [MB].
        unpacked_mb: most that the parts of an Office file may unpack to [MB].
    """

    memory_mb: int = 512
    cpu_seconds: int = 20
    wall_seconds: int = 60
    pages: int = 2000
    file_mb: int = 100
    unpacked_mb: int = 128
