"""The first account: whoever started the application makes it, by a link that only the terminal shows."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from tassei.web.cycle.case import Role
from tassei.web.history import Author, create
from tassei.web.models import Account, Grant, Person


def setup_token() -> str:
    """Known to who can read the key of the data folder, and of use while there is no account."""
    return salted_hmac("tassei.setup", "first account").hexdigest()[:40]


def may_set_up(token: str) -> bool:
    return constant_time_compare(token, setup_token()) and not Account.objects.exists()


def make_account(person: Person, login: str, password: str) -> Account:
    """A way in for a person."""
    return Account.objects.create(login=login, person=person, password=make_password(password))


def set_up(login: str, name: str, password: str) -> Account:
    """Make the first person, who may do what administrators and skills managers do."""
    with transaction.atomic():
        person = create(Author(None, "set-up"), Person(code=login, name=name))
        for role in (Role.ADMINISTRATOR, Role.MANAGER):
            create(Author(None, "set-up"), Grant(person=person, role=role.value))
        return make_account(person, login, password)
