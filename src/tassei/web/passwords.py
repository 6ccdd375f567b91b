"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes.

    Django's own setting takes 100 MiB a login, of which a small server has room for few at a time.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
