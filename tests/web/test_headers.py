"""Every answer says where its parts may come from."""

import re

import pytest
from django.test import Client

from tassei.web.headers import POLICY


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/static/web/tassei.css", "/try/"])
def test_every_answer_carries_the_policy(client: Client, address: str) -> None:
    """No script of a page's own, nothing inline, nothing from another host, whatever is answered."""
    response = client.get(address)
    response.close()
    headers = response.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert "script-src 'self';" in POLICY
    assert "unsafe" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_files_of_the_application_are_kept_by_browsers(client: Client) -> None:
    """The stylesheet's address changes with its content, so it may be kept for a year."""
    page = client.get("/").content.decode()
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "?" in address
    answer = client.get(address)
    answer.close()
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_a_form_without_its_token_is_refused_in_words() -> None:
    """A form that another site sends is refused, with a page that says what to do."""
    client = Client(enforce_csrf_checks=True)
    response = client.post("/try/file/", {"text": "x"})
    assert response.status_code == 403
    assert b"<h1>" in response.content


def test_fonts_are_served_without_the_code_beside_them(client: Client) -> None:
    """A browser without a Japanese font may fetch one, and nothing else of the wheel."""
    font = client.get("/static/fonts/NotoSansCJKjp-Regular.otf")
    font.close()
    assert font.status_code == 200
    assert client.get("/static/fonts/__init__.py").status_code == 404


def test_the_stylesheet_names_only_fonts_that_are_there(client: Client) -> None:
    """Every address in the stylesheet is answered."""
    sheet = client.get("/static/web/tassei.css")
    text = b"".join(sheet.streaming_content).decode()  # type: ignore[attr-defined]  # a file is streamed
    sheet.close()
    addresses = re.findall(r'url\("([^"]+)"\)', text)
    assert len(addresses) == 2
    for address in addresses:
        answer = client.get(address)
        answer.close()
        assert answer.status_code == 200
