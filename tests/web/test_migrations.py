"""The migrations make what the models describe."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.usefixtures("database")
def test_no_migration_is_missing() -> None:
    """A change of a model comes with its migration."""
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())
