"""Parts of Office files are read as they are, and nothing is declared in them."""

import pytest

from documents.faulty import ENTITIES, archive
from tassei.documents.reading.limits import MB, Limits
from tassei.documents.reading.package import Package
from tassei.documents.reading.refusals import Refused


def _package(part: bytes, limits: Limits | None = None) -> Package:
    return Package(archive({"a.xml": part}), "Word", limits or Limits())


def test_text_is_whole() -> None:
    """Inside and behind elements, across the bits in which it is unpacked, with plain names."""
    long = "あ" * 200_000
    root = _package(
        f"<x:a xmlns:x='u' x:k='1'>p<b>{long}</b>q<!-- no --><b/>r</x:a>".encode()
    ).tree("A.XML")
    assert (root.tag, root.attrib, root.text) == ("a", {"k": "1"}, "p")
    assert [(b.text, b.tail) for b in root] == [(long, "q"), (None, "r")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_encodings_of_xml_are_read(encoding: str) -> None:
    """The two that Office knows."""
    text = f"<?xml version='1.0' encoding='{encoding}'?><a>運用</a>"
    assert _package(text.encode(encoding)).tree("a.xml").text == "運用"


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (ENTITIES, "with-entities"),
        (b"<!DOCTYPE a SYSTEM 'http://example.com/a.dtd'><a/>", "with-entities"),
        (b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "with-entities"),
        (b"<a>&x;</a>", "broken"),
        (b"<a><b></a>", "broken"),
        (b"<a>", "broken"),
        (b"", "broken"),
        (b"<?xml version='1.0' encoding='x-unheard'?><a/>", "broken"),
        (b"<?xml version='1.0' encoding='shift_jis'?><a/>", "broken"),
        (b"<a>" * 300 + b"</a>" * 300, "broken"),
    ],
)  # fmt: skip
def test_what_is_no_sound_xml_is_refused(part: bytes, kind: str) -> None:
    """Of its own kind."""
    with pytest.raises(Refused, match=f"^\\('{kind}'"):
        _package(part).tree("a.xml")


def test_a_missing_part_is_told() -> None:
    """As a broken file."""
    with pytest.raises(Refused, match="broken"):
        _package(b"<a/>").tree("b.xml")


def test_parts_are_counted_together() -> None:
    """A part that is read again counts again: the limit is one on work."""
    package = _package(b"<a>" + b" " * (MB // 2) + b"</a>", Limits(unpacked_mb=1))
    package.tree("a.xml")
    with pytest.raises(Refused, match="unpacks-too-large"):
        package.tree("a.xml")


def test_relations_name_parts() -> None:
    """Beside the part or from the root; what lies outside the file is left out."""
    listed = (
        b"<R><S Id='1' Type='x/header' Target='header1.xml'/><S Id='2' Type='x/image' Target='/word/../media/a.png'/>"
        b"<S Id='3' Type='x/hyperlink' Target='http://example.com' TargetMode='External'/></R>"
    )
    package = Package(archive({"word/_rels/document.xml.rels": listed}), "Word", Limits())
    assert package.relations("word/document.xml") == {
        "1": ("header", "word/header1.xml"), "2": ("image", "media/a.png"),
    }  # fmt: skip
    assert package.relations("word/other.xml") == {}
