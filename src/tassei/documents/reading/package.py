"""The parts of an Office file: a ZIP archive of XML, opened with care.

A few kilobytes can unpack to gigabytes, by compression or by entities that XML defines for itself;
neither is in a document that Word or Excel wrote, and neither is followed here.
"""

import posixpath
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Generator, Iterator
from io import BytesIO
from xml.parsers import expat

from tassei.documents.reading.limits import MB, Limits
from tassei.documents.reading.refusals import Refused

_MOST_PARTS = 20_000
_CHUNK = 1 << 16

Event = tuple[str, ET.Element]


class Package:
    """An Office file, whose parts are read one at a time.

    Raises:
        Refused: it is no sound archive, is encrypted, or unpacks to more than is allowed.
    """

    def __init__(self, data: bytes, kind: str, limits: Limits) -> None:
        self.kind = kind
        self.limit = limits.unpacked_mb
        try:
            self.archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise self.broken() from error
        parts = self.archive.infolist()
        if len(parts) > _MOST_PARTS or sum(p.file_size for p in parts) > self.limit * MB:
            raise Refused("unpacks-too-large", limit=self.limit)
        if any(p.flag_bits & 1 for p in parts):
            raise Refused("encrypted")
        # names of parts are the same in any case
        self.parts = {p.filename.lower().lstrip("/"): p for p in parts}
        self.left = self.limit * MB

    def broken(self) -> Refused:
        return Refused("broken", format=self.kind)

    def __contains__(self, name: str) -> bool:
        return name.lower().lstrip("/") in self.parts

    def chunks(self, name: str) -> Generator[bytes, int | None, None]:
        """Unpack a part, bit by bit; the reader says how much it wants next."""
        part = self.parts.get(name.lower().lstrip("/"))
        if part is None:
            raise self.broken()
        try:
            with self.archive.open(part) as stream:
                size = _CHUNK
                while chunk := stream.read(size):
                    self.left -= len(chunk)
                    if self.left < 0:
                        raise Refused("unpacks-too-large", limit=self.limit)
                    size = (yield chunk) or _CHUNK
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise self.broken() from error
        except (NotImplementedError, RuntimeError) as error:
            # a method of compression that is not built in
            raise self.broken() from error

    def events(self, name: str) -> Iterator[Event]:
        """Each element of a part as it begins and as it ends; names without their namespaces."""
        parser = _Parser(self.kind)
        chunks = self.chunks(name)
        wanted = None
        while True:
            try:
                chunk = chunks.send(wanted)
            except StopIteration:
                break
            ready = parser.feed(chunk)
            yield from ready
            # expat reads an unfinished tag anew with every chunk; ever larger ones keep that cheap
            wanted = None if ready else 2 * len(chunk)
        yield from parser.feed(b"", last=True)

    def tree(self, name: str) -> ET.Element:
        """A whole part, which should be a small one."""
        root: ET.Element | None = None
        for _, element in self.events(name):
            root = element
        if root is None:
            raise self.broken()
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by id: the kind (last word of its type) and the name of the part."""
        folder, _, file = name.rpartition("/")
        listed = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if listed not in self:
            return {}
        found = {}
        for item in self.tree(listed):
            target = item.get("Target", "")
            if item.get("TargetMode") != "External":
                path = target if target.startswith("/") else posixpath.join(folder, target)
                kind = item.get("Type", "").rpartition("/")[2]
                found[item.get("Id", "")] = kind, posixpath.normpath(path).lstrip("/")
        return found


class _Parser:
    """Expat without declarations of types and entities, building elements with plain names."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.expat = expat.ParserCreate(namespace_separator="}")
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._text
        self.expat.StartDoctypeDeclHandler = self._declares
        self.stack: list[ET.Element] = []
        self.last: ET.Element | None = None
        self.said: list[str] = []
        self.ready: list[Event] = []

    def feed(self, data: bytes, *, last: bool = False) -> list[Event]:
        try:
            self.expat.Parse(data, last)
        except (expat.ExpatError, LookupError, ValueError) as error:
            # the latter two: an encoding that is unknown, or that no XML parser reads
            raise Refused("broken", format=self.kind) from error
        ready, self.ready = self.ready, []
        return ready

    def _declares(self, *_: object) -> None:
        raise Refused("with-entities")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.stack) >= _DEEPEST:
            raise Refused("broken", format=self.kind)
        self._flush()
        plain = {k.rpartition("}")[2]: v for k, v in attributes.items()}
        element = ET.Element(tag.rpartition("}")[2], plain)
        if self.stack:
            self.stack[-1].append(element)
        self.stack.append(element)
        self.last = None
        self.ready.append(("start", element))

    def _end(self, tag: str) -> None:
        self._flush()
        self.last = self.stack.pop()
        self.ready.append(("end", self.last))

    def _text(self, data: str) -> None:
        self.said.append(data)

    def _flush(self) -> None:
        """Give the text since the last tag to its element, all at once: adding to it would take ever longer."""
        if not self.said:
            return
        text = "".join(self.said)
        self.said.clear()
        if self.last is not None:
            self.last.tail = text
        elif self.stack:
            self.stack[-1].text = text


_DEEPEST = 200
"""Elements inside one another; tables in tables in text boxes need a few dozen."""
