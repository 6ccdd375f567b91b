"""Language and theme are chosen once, for all pages."""

import pytest
from django.test import Client

from web.reading import read


def test_the_browser_says_the_language_until_one_is_chosen() -> None:
    """Without a choice the language is that of the browser; a choice wins over it."""
    client = Client(headers={"accept-language": "ja,en;q=0.5"})
    assert read(client.get("/")).one("html").attributes["lang"] == "ja"
    response = client.get("/language/en/", {"back": "/search/?q=a"})
    assert response.headers["Location"] == "/search/?q=a"
    assert read(client.get("/")).one("html").attributes["lang"] == "en"


def test_a_theme_is_kept(client: Client) -> None:
    """The chosen theme stands on every page from then on."""
    client.get("/theme/dark/")
    assert 'data-theme="dark"' in read(client.get("/try/")).html


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_no_choice_leads_to_another_host(client: Client, back: str) -> None:
    """The way back never leads out of the application."""
    assert client.get("/theme/dark/", {"back": back}).headers["Location"] == "/"


def test_a_cookie_of_no_theme_is_as_none(client: Client) -> None:
    """What stands in a cookie is not trusted."""
    client.cookies["theme"] = '"><script>'
    assert 'data-theme="auto"' in read(client.get("/")).html
