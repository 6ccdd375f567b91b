"""What the tests of the application need: Django set up without a data folder, and a browser that is none."""

import os
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tassei.web.settings")

import django
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from tassei.text import LANGS, Lang

django.setup()
settings.ALLOWED_HOSTS.append("testserver")


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return "ja" if request.param == "ja" else "en"


@pytest.fixture
def client(lang: Lang) -> Client:
    """A reader who has chosen a language."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
    return client


@pytest.fixture(scope="session")
def _database() -> Iterator[None]:
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    yield
    connection.close()


@pytest.fixture
def database(_database: None) -> Iterator[None]:
    """An empty database; what a test writes is gone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
