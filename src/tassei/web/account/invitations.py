"""Links by which people choose their own password: to come in for the first time, or again."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tassei.web import clock
from tassei.web.account.waiting import forget
from tassei.web.history import Author, change, create, note
from tassei.web.models import Account, Invitation, Person

DAYS = 7
"""How long a link can be used."""


def invite(author: Author, person: Person, login: str) -> str:
    """Make a link for a person, and an account without a password where there is none.

    Links that were made before lead nowhere from now on. The password that an account has stays until
    another is chosen.

    Returns:
        What stands in the link; it is kept nowhere.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        if not Account.objects.filter(person=person).exists():
            # a value that no password has
            Account.objects.create(login=login, person=person, password=make_password(None))
            note(author, "account-made", person)
        take_back(author, person)
        expires = clock.now() + timedelta(days=DAYS)
        create(author, Invitation(person=person, digest=_digest(token), expires_at=expires))
    return token


def take_back(author: Author, person: Person) -> None:
    """Let every link of a person lead nowhere."""
    for one in Invitation.objects.filter(person=person, used_at=None):
        change(author, one, one.version, "taken-back", used_at=clock.now())


def invited(token: str) -> Invitation | None:
    """The invitation that a link stands for, while it can be used."""
    return (
        Invitation.objects.select_related("person__account")
        .filter(
            digest=_digest(token),
            used_at=None,
            expires_at__gt=clock.now(),
            person__active=True,
            person__erased_at=None,
        )
        .first()
    )


def accept(invitation: Invitation, password: str) -> Account:
    """Set the password that was chosen; every session that the account had ends.

    Raises:
        Stale: the link was used at the same moment.
    """
    with transaction.atomic():
        person = invitation.person
        author = Author(person.pk)
        change(author, invitation, invitation.version, "used", used_at=clock.now())
        account = Account.objects.select_for_update().get(person=person)
        set_password(author, account, password)
    forget(account.login)
    return account


def set_password(author: Author, account: Account, password: str) -> None:
    """Change a password; sessions that began with another one end."""
    account.set_password(password)
    account.is_active = True
    account.save(update_fields=["password", "is_active"])
    note(author, "password-changed", account.person)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
