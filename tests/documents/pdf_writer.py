"""Writes small PDFs for tests, with full say over what a page draws, in which order, and where.

Nothing is embedded: text is in the encodings that PDFs of the time used, Shift_JIS with the
standard character map, or any character with a map to Unicode of its own.
"""

import hashlib
import zlib
from collections.abc import Iterable

from attrs import define, field

Rgb = tuple[float, float, float]


@define
class PdfPage:
    """What one page draws; coordinates are points from the upper left corner, downwards.

    Args:
        rotate: degrees clockwise by which a viewer turns the page; drawing is as turned.
    """

    width: float = 595.0
    height: float = 842.0
    rotate: int = 0
    drawn: list[bytes] = field(factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9.0,
        font: str = "unicode",
        turned: int = 0,
    ) -> None:
        """Draw a text whose upper left corner (with `turned` quarters clockwise, whose start) is given."""
        a, b, c, d = {0: (1, 0, 0, 1), 1: (0, -1, 1, 0), 3: (0, 1, -1, 0)}[turned]
        dx, dy = {0: (0.0, 0.86), 1: (-0.86, 0.0), 3: (0.86, 0.0)}[turned]
        x, y = x + dx * size, y + dy * size
        name, code = FONTS[font]
        shown = text.encode(code, "surrogatepass").hex()
        self.draw(
            f"BT /{name} {size:g} Tf {a} {b} {c} {d} {x:.2f} {self.height - y:.2f} Tm <{shown}> Tj ET"
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a straight line."""
        self.draw(f"{x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l S")

    def box(self, x0: float, y0: float, x1: float, y1: float, *, filled: bool = False) -> None:
        """Draw a rectangle, its outline or its inside."""
        y = self.height - y1
        self.draw(f"{x0:.2f} {y:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re {'f' if filled else 'S'}")

    def picture(self) -> None:
        """Fill the page with an image, as scanned paper does."""
        self.draw(f"q {self.width:g} 0 0 {self.height:g} 0 0 cm /Im1 Do Q")

    def draw(self, operators: str) -> None:
        self.drawn.append(operators.encode("ascii"))

    def content(self) -> bytes:
        turned = {
            0: "",
            90: f"0 1 -1 0 {self.height:g} 0 cm",
            270: f"0 -1 1 0 0 {self.width:g} cm",
            180: f"-1 0 0 -1 {self.width:g} {self.height:g} cm",
        }[self.rotate]
        return b"\n".join([turned.encode(), *self.drawn])


FONTS = {
    "unicode": ("F1", "utf-16-be"),
    "shift_jis": ("F2", "cp932"),
    "latin": ("F3", "latin-1"),
    "wingdings": ("F4", "latin-1"),
}

_FONTS = (
    "/Font<</F1 3 0 R/F2 6 0 R/F3<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    "/F4<</Type/Font/Subtype/TrueType/BaseFont/Wingdings/Encoding/WinAnsiEncoding>>>>"
)
_MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Plain def
/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end"""


def pdf(
    pages: Iterable[PdfPage],
    *,
    password: str | None = None,
    locked: bool = False,
    packed: bool = True,
    framed: bool = False,
) -> bytes:
    """Write a file of some pages.

    Args:
        password: needed to open the file where not empty; with an empty one the file is encrypted
            but opens for everybody, as files are that may not be changed or printed.
        locked: encrypted by a method that no reader knows.
        packed: whether what pages draw is compressed.
        framed: each page draws a form, moved and enlarged, that draws all else, as the files of
            some programs do.
    """
    pages = list(pages)
    kids = " ".join(f"{10 + 3 * i} 0 R" for i in range(len(pages)))
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        3: b"<</Type/Font/Subtype/Type0/BaseFont/MS-PGothic/Encoding/Identity-H"
        b"/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/MS-PGothic/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/W[32 126 500]"
        b"/FontDescriptor 8 0 R>>",
        5: _stream(_MAP, packed),
        6: b"<</Type/Font/Subtype/Type0/BaseFont/MS-Gothic/Encoding/90ms-RKSJ-H"
        b"/DescendantFonts[7 0 R]>>",
        7: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/MS-Gothic/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000/W[1 632 500]"
        b"/FontDescriptor 8 0 R>>",
        8: b"<</Type/FontDescriptor/FontName/MS-Gothic/Flags 4/FontBBox[0 -137 1000 859]"
        b"/ItalicAngle 0/Ascent 859/Descent -140/CapHeight 770/StemV 78>>",
        9: b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream",
    }
    for i, page in enumerate(pages):
        at = 10 + 3 * i
        objects[at] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_seen(page)}]/Rotate {page.rotate}"
            f"/Contents {at + 1} 0 R/Resources<</XObject<</Im1 9 0 R/Fm1 {at + 2} 0 R>>{_FONTS}>>>>"
        ).encode()
        content = page.content()
        objects[at + 1] = _stream(b"q 0.5 0 0 0.5 0 0 cm /Fm1 Do Q" if framed else content, packed)
        form = b"/Type/XObject/Subtype/Form/BBox[0 0 900 900]/Matrix[2 0 0 2 0 0]"
        form += f"/Resources<</XObject<</Im1 9 0 R>>{_FONTS}>>".encode()
        objects[at + 2] = _stream(content if framed else b"", packed, form)
    return _file(objects, password, locked)


def _seen(page: PdfPage) -> str:
    width, height = page.width, page.height
    if page.rotate in (90, 270):
        width, height = height, width
    return f"{width:g} {height:g}"


def _stream(data: bytes, packed: bool, kind: bytes = b"") -> bytes:
    if packed:
        data, kind = zlib.compress(data), kind + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n" % (kind, len(data)) + data + b"\nendstream"


def _file(objects: dict[int, bytes], password: str | None, locked: bool) -> bytes:
    trailer = b""
    if password is not None:
        key, entry = _encryption(password)
        objects = {n: _encrypted(n, body, key) for n, body in objects.items()}
        last = max(objects) + 1
        objects[last] = entry
        trailer = b"/ID[<00><00>]/Encrypt %d 0 R" % last
    elif locked:
        last = max(objects) + 1
        objects[last] = b"<</Filter/Unheard/V 9>>"
        trailer = b"/ID[<00><00>]/Encrypt %d 0 R" % last
    parts = [b"%PDF-1.6\n"]
    start = len(parts[0])
    table = [b"xref\n0 1\n0000000000 65535 f \n"]
    for number in sorted(objects):
        table.append(b"%d 1\n%010d 00000 n \n" % (number, start))
        parts.append(b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n")
        start += len(parts[-1])
    size = max(objects) + 1
    return b"".join(parts + table) + (
        b"trailer<</Size %d/Root 1 0 R" % size + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start
    )


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_PERMISSIONS = -4


def _encryption(password: str) -> tuple[bytes, bytes]:
    """The file's key and its dictionary, by the oldest method that PDF has (40 bits)."""
    padded = (password.encode("latin-1") + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + _PERMISSIONS.to_bytes(4, "little", signed=True) + b"\0")
    digest = key.digest()[:5]
    user = _rc4(digest, _PADDING)
    return digest, (
        b"<</Filter/Standard/V 1/R 2/P %d/O<%s>/U<%s>>>"
        % (_PERMISSIONS, owner.hex().encode(), user.hex().encode())
    )


def _encrypted(number: int, body: bytes, key: bytes) -> bytes:
    if b"stream\n" not in body:
        return body
    head, _, rest = body.partition(b"stream\n")
    data = rest.removesuffix(b"\nendstream")
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    return head + b"stream\n" + _rc4(own, data) + b"\nendstream"


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
