"""Who tries passwords too often waits: by account and by address, so that neither is guessed.

Kept in memory: a restart forgets it, and a restart is not in the hands of who guesses.
"""

from django.core.cache import cache

MOST = 8
SECONDS = 15 * 60


def must_wait(login: str, address: str) -> bool:
    """Whether too many attempts of late have failed."""
    return any(cache.get(key, 0) >= most for key, most in _keys(login, address))


def failed(login: str, address: str) -> None:
    for key, _ in _keys(login, address):
        cache.get_or_set(key, 0, SECONDS)
        cache.incr(key)


def succeeded(login: str, address: str) -> None:
    """The account's count begins anew; that of the address does not, or one's own account would reset it."""
    (key, _), _ = _keys(login, address)
    cache.delete(key)


def _keys(login: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    # many people may share one address
    name = login.casefold().encode().hex()[:180]
    return (f"login:{name}", MOST), (f"address:{address}", 10 * MOST)
