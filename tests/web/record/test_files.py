"""Documents: taken by what they are, given back as files, open to those who may read the record."""

import io
import zipfile

import pytest
from django.test import Client

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.history import Author, broken, change, create
from tassei.web.models import Attachment, Entry, EventText, Grant, Person
from tassei.web.record.files import MOST_BYTES, MOST_FILES, kind_of
from web.reading import faults_of, read
from web.record.people import recorded, signed_in

pytestmark = pytest.mark.usefixtures("database")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, "x" * 100)
    return out.getvalue()


def _address(key: str = "core-banking") -> str:
    entry = Entry.objects.get(key=key, person__code="E1024")
    return f"/record/work/{entry.pk}/documents/"


def _attach(client: Client, data: bytes, name: str = "report.pdf") -> int:
    file = io.BytesIO(data)
    file.name = name
    return client.post(_address(), {"file": file}).status_code


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\nrest", "png"),
        (b"\xff\xd8\xff\xe0rest", "jpeg"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (_zip("[Content_Types].xml", "word/document.xml"), "docx"),
        ("実績の覚え書き\n".encode(), "text"),
        (b"<script>alert(1)</script>", "text"),
        (_zip("evil.exe"), None),
        (b"MZ\x90\x00", None),
        (b"\x00\x01", None),
        (b"", None),
        ("シフト".encode("cp932"), None),
        (b"GIF89a", "text"),
    ],
)
def test_a_document_is_what_its_content_is(data: bytes, kind: str | None) -> None:
    """The name says nothing; what is no kind that is taken is none."""
    assert kind_of(data) == kind


def test_a_document_comes_back_as_it_was_sent(browser: Client, lang: Lang) -> None:
    """As a file, that a browser neither shows nor runs, under a name without folders."""
    assert _attach(browser, PDF, "../../報告 書.pdf") == 302
    row = Attachment.objects.get()
    assert row.name == "報告 書.pdf"
    answer = browser.get(f"/record/document/{row.pk}/")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E5%A0")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "報告 書.pdf" in read(browser.get(_address().removesuffix("documents/"))).said
    assert not any("%PDF" in str(t.values) for t in EventText.objects.all())
    assert broken() is None


def test_too_large_a_document_is_refused_in_words(browser: Client) -> None:
    """Five megabytes are taken, one byte more is not, and nothing is kept of it."""
    assert _attach(browser, PDF + b"x" * (MOST_BYTES - len(PDF))) == 302
    for over in (1, 3 * MOST_BYTES):
        assert _attach(browser, PDF + b"x" * (MOST_BYTES - len(PDF) + over)) == 422
    assert Attachment.objects.count() == 1


def test_what_is_refused_is_told(browser: Client, lang: Lang) -> None:
    """A kind that is not taken, and no file at all, each stay on the page with the reason."""
    answer = browser.post(_address(), {"file": io.BytesIO(b"\0")})
    assert answer.status_code == 422
    page = read(answer)
    assert page.one(".fault[role=alert]").text()
    assert browser.post(_address(), {}).status_code == 422
    assert browser.post(_address(), {"file": "no file"}).status_code == 422
    assert browser.get(_address()).status_code == 405
    assert Attachment.objects.count() == 0


def test_twenty_documents_are_enough(browser: Client) -> None:
    """One more is refused until one is taken away."""
    for number in range(MOST_FILES):
        assert _attach(browser, PDF, f"{number}.pdf") == 302
    assert _attach(browser, PDF) == 422
    row = Attachment.objects.all()[0]
    address = f"/record/document/{row.pk}/remove/"
    assert not read(browser.get(address)).tree.css(".faults")
    assert browser.post(address, {"seen": "1", "why": ""}).status_code == 422
    assert browser.post(address, {"seen": "8", "why": "old"}).status_code == 409
    assert browser.post(address, {"seen": "1", "why": "old"}).status_code == 302
    assert _attach(browser, PDF) == 302


def test_a_document_goes_with_its_work(browser: Client) -> None:
    """Work that leaves the record takes its documents along, and the chain of the history holds."""
    _attach(browser, PDF)
    entry = Entry.objects.get(key="core-banking")
    page = read(browser.get(f"/record/work/{entry.pk}/remove/"))
    assert "1" in page.one(".lead").text()
    sent = {"seen": "1.0", "why": "doubled"}
    assert browser.post(f"/record/work/{entry.pk}/remove/", sent).status_code == 302
    assert Attachment.objects.count() == 0
    assert broken() is None


def test_an_import_keeps_documents(browser: Client) -> None:
    """The same file again leaves what is attached where it is."""
    _attach(browser, PDF)
    text = browser.get("/record/file/").content.decode()
    page = read(browser.get("/record/import/"))
    seen = page.one("main input[name=seen]").attributes["value"] or ""
    answer = browser.post("/record/import/", {"text": text, "seen": seen, "do": "take"})
    assert answer.status_code == 302
    assert Attachment.objects.count() == 1


def test_a_document_needs_the_token_of_its_form(midori: Person, lang: Lang) -> None:
    """Another site cannot attach a document in somebody's name."""
    signed = signed_in(midori, lang)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed.cookies
    assert _attach(strict, PDF) == 403
    page = strict.get(_address().removesuffix("documents/"))
    token = read(page).one("input[name=csrfmiddlewaretoken]").attributes["value"] or ""
    answer = strict.post(_address(), {"file": io.BytesIO(PDF), "csrfmiddlewaretoken": token})
    assert answer.status_code == 302


def test_a_document_is_open_to_those_who_may_read(browser: Client, midori: Person) -> None:
    """The superior and the auditor fetch it; a colleague and an administrator learn nothing of it."""
    _attach(browser, PDF)
    address = f"/record/document/{Attachment.objects.get().pk}/"
    superior, colleague = recorded(code="S1"), recorded(code="C1")
    midori.refresh_from_db()
    change(Author(None), midori, midori.version, superior=superior)
    auditor = create(Author(None), Person(code="A1"))
    create(Author(None), Grant(person=auditor, role="auditor"))
    administrator = create(Author(None), Person(code="B1"))
    create(Author(None), Grant(person=administrator, role="administrator"))
    allowed = {p.code: signed_in(p, "en").get(address).status_code for p in (superior, auditor, colleague, administrator)}  # fmt: skip
    assert allowed == {"S1": 200, "A1": 200, "C1": 404, "B1": 404}
    assert Client().get(address).headers["Location"].startswith("/login/")
    for person in ("S1", "A1"):
        client = Client()
        client.force_login(Person.objects.get(code=person).account)
        assert client.get(f"{address}remove/").status_code == 404
        assert client.post(_address(), {"file": io.BytesIO(PDF)}).status_code == 404


def test_numbers_of_no_document_lead_nowhere(browser: Client) -> None:
    """A number that is none, or far too large, is no page."""
    for number in ("0", "999999", "99999999999999999999999"):
        assert browser.get(f"/record/document/{number}/").status_code == 404
        assert browser.post(f"/record/document/{number}/remove/").status_code == 404


def test_the_page_with_documents_can_be_read(
    browser: Client, lang: Lang, standards: Standards
) -> None:
    """Labels and headings are right once there is a document."""
    _attach(browser, PDF)
    page = read(browser.get(_address().removesuffix("documents/")))
    assert faults_of(page, lang, standards) == []
