"""Links by which people choose their own password; and what they choose for themselves."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.history import Author, broken, change
from tassei.web.models import Account, Event, EventText, Invitation, Person
from web.administration.conftest import WORD, ComeIn
from web.reading import Read, faults_of, read


def _invite(client: Client, person: Person, **said: str) -> Read:
    response = client.post(f"/admin/people/{person.pk}/account/", {"login": person.code, **said})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    return read(response)


def _path(page: Read) -> str:
    link = page.one("#link").attributes["value"] or ""
    return link.removeprefix("http://testserver")


def test_somebody_invited_chooses_a_password_and_comes_in(
    come_in: ComeIn,
    organisation: dict[str, Person],
    client: Client,
    lang: Lang,
    standards: Standards,
) -> None:
    """The link is shown once with words in both languages, is kept nowhere, and works once."""
    page = _invite(come_in("A1"), organisation["E1"])
    assert faults_of(page, lang, standards) == []
    link = _path(page)
    texts = [t.text() for t in page.tree.css("textarea")]
    assert len(texts) == 2
    assert all(link in t and "E1" in t for t in texts)
    token = link.split("/")[2]
    assert not any(token in str(t.values) for t in EventText.objects.all())
    assert token not in Invitation.objects.get().digest
    assert client.post("/login/", {"login": "E1", "password": ""}).status_code == 422
    asked = client.get(link)
    assert faults_of(read(asked), lang, standards) == []
    assert asked.headers["Referrer-Policy"] == "strict-origin"
    short = client.post(link, {"password": "short"})
    assert short.status_code == 422
    assert faults_of(read(short), lang, standards) == []
    assert client.post(link, {"password": WORD}).headers["Location"] == "/record/"
    assert client.get("/record/").status_code == 200
    assert Client().post("/login/", {"login": "e1", "password": WORD}).status_code == 302
    used = client.get(link)
    assert used.status_code == 404
    assert faults_of(read(used), lang, standards) == []
    assert broken() is None


def test_a_link_ends(come_in: ComeIn, organisation: dict[str, Person], client: Client) -> None:
    """With a newer one, after some days, and when the person leaves."""
    admin, person = come_in("A1"), organisation["E1"]
    first, second = _path(_invite(admin, person)), _path(_invite(admin, person))
    assert [client.get(x).status_code for x in (first, second)] == [404, 200]
    change(Author(None), person, person.version, active=False)
    assert client.get(second).status_code == 404
    change(Author(None), person, person.version, active=True)
    last = Invitation.objects.get(used_at=None)
    change(Author(None), last, last.version, expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(second).status_code == 404
    assert client.get("/join/guess/").status_code == 404


def test_a_new_password_ends_the_sessions_of_the_old_one(
    come_in: ComeIn, organisation: dict[str, Person], client: Client
) -> None:
    """The old password stays good until another is chosen; then what was open is closed."""
    engineer, admin = come_in("E1"), come_in("A1")
    link = _path(_invite(admin, organisation["E1"]))
    assert engineer.get("/record/").status_code == 200
    client.post(link, {"password": "another long password"})
    assert engineer.get("/record/").status_code == 302
    assert Client().post("/login/", {"login": "E1", "password": WORD}).status_code == 422


@pytest.mark.parametrize("login", ["", "a1", "x\0", "\n"])
def test_a_name_to_sign_in_with_is_one(
    login: str, come_in: ComeIn, organisation: dict[str, Person], lang: Lang, standards: Standards
) -> None:
    """Empty or taken, whatever its case, is refused with what was typed."""
    come_in("A1")
    address = f"/admin/people/{organisation['E1'].pk}/account/"
    response = come_in("A1").post(address, {"login": login})
    if login == "x\0":
        assert response.status_code == 200
        return
    assert response.status_code == 422
    assert faults_of(read(response), lang, standards) == []
    assert not Account.objects.filter(person=organisation["E1"]).exists()


def test_a_closed_account_is_out_at_once(
    come_in: ComeIn, organisation: dict[str, Person], lang: Lang, standards: Standards
) -> None:
    """With a reason, which the history has; a new link opens it again."""
    engineer, admin = come_in("E1"), come_in("A1")
    address = f"/admin/people/{organisation['E1'].pk}/close/"
    refused = admin.post(address, {"why": " "})
    assert refused.status_code == 422
    assert faults_of(read(refused), lang, standards) == []
    assert admin.post(address, {"why": "long leave"}).status_code == 302
    assert engineer.get("/record/").status_code == 302
    event = Event.objects.get(kind="account-closed")
    assert (event.actor, event.text.why) == (organisation["A1"], "long leave")
    link = _path(_invite(admin, organisation["E1"]))
    assert Client().post(link, {"password": WORD}).status_code == 302


def test_the_last_administrator_cannot_be_closed(
    come_in: ComeIn, organisation: dict[str, Person], lang: Lang, standards: Standards
) -> None:
    """Somebody can always administer."""
    admin = come_in("A1")
    response = admin.post(f"/admin/people/{organisation['A1'].pk}/close/", {"why": "x"})
    assert response.status_code == 422
    assert faults_of(read(response), lang, standards) == []
    assert admin.get("/admin/").status_code == 200


def test_one_changes_the_own_password(come_in: ComeIn, lang: Lang, standards: Standards) -> None:
    """With the present one; other sessions end, this one goes on; guessing the present one waits."""
    here, elsewhere = come_in("E1"), come_in("E1")
    new = "another long password"
    wrong = here.post("/account/", {"do": "password", "old": "guess", "password": new})
    assert wrong.status_code == 422
    assert faults_of(read(wrong), lang, standards) == []
    assert (
        here.post("/account/", {"do": "password", "old": WORD, "password": "short"}).status_code
        == 422
    )
    done = here.post("/account/", {"do": "password", "old": WORD, "password": new})
    assert done.status_code == 302
    assert faults_of(read(here.get(done.headers["Location"])), lang, standards) == []
    assert elsewhere.get("/record/").status_code == 302
    answers = [
        here.post("/account/", {"do": "password", "old": "x", "password": new}).status_code
        for _ in range(9)
    ]
    assert answers[-1] == 429


def test_language_and_theme_follow_the_account(come_in: ComeIn) -> None:
    """What the account has chosen shows in a browser in which nothing was chosen."""
    client = come_in("E1")
    client.post("/account/", {"do": "choices", "lang": "en", "theme": "dark"})
    page = read(client.get("/account/"))
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("html").attributes["data-theme"] == "dark"
    client.post("/account/", {"do": "choices", "lang": "xx", "theme": "<b>"})
    assert Account.objects.get(login="E1").lang == "en"
    other = Client(headers={"accept-language": "ja"})
    came = other.post("/login/", {"login": "E1", "password": WORD})
    assert came.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
