"""Who tries passwords too often waits: by account and by address, so that neither is guessed.

Kept in the database, so that it holds over all processes of the application and over a restart.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from tassei.web import clock
from tassei.web.models import Failure

MOST = 8
SECONDS = 15 * 60


def must_wait(login: str, address: str) -> bool:
    """Whether too many attempts of late have failed."""
    limits = dict(_keys(login, address))
    failures = Failure.objects.filter(key__in=limits, until__gt=clock.now())
    return any(f.count >= limits[f.key] for f in failures)


def failed(login: str, address: str) -> None:
    """Count a failure; an account's waiting ends a while after the first of them."""
    now = clock.now()
    with transaction.atomic():
        # what has run out is of no use to anybody
        Failure.objects.filter(until__lte=now).delete()
        for key, _ in _keys(login, address):
            Failure.objects.get_or_create(
                key=key, defaults={"until": now + timedelta(seconds=SECONDS)}
            )
            Failure.objects.filter(key=key).update(count=F("count") + 1)


def succeeded(login: str, address: str) -> None:
    """The account's count begins anew; that of the address does not, or one's own account would reset it."""
    forget(login)


def forget(login: str) -> None:
    """Begin anew with an account."""
    Failure.objects.filter(key=_key("login", login.casefold())).delete()


def _keys(login: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    # many people may share one address
    return (_key("login", login.casefold()), MOST), (_key("address", address), 10 * MOST)


def _key(kind: str, value: str) -> str:
    return salted_hmac(f"tassei.waiting.{kind}", value, algorithm="sha256").hexdigest()
