"""Accounts: who may come in. What somebody may do is a matter of the person's roles, not of these."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from tassei.text import LANGS
from tassei.web.models.organisation import Person
from tassei.web.themes import THEMES


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by the name that people come in with, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(login__iexact=username)


class Account(AbstractBaseUser):
    """A way in for one person.

    Args:
        lang: empty until one is chosen; the browser says it then.
    """

    # when somebody came in is an event, not a field that is overwritten
    last_login = None
    login = models.CharField(max_length=150, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    lang = models.CharField(max_length=2, choices=[(x, x) for x in LANGS], blank=True)
    theme = models.CharField(max_length=5, choices=[(x, x) for x in THEMES], default="auto")

    objects = Accounts()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("login"), name="one_login_whatever_its_case")]

    def __str__(self) -> str:
        return self.login
