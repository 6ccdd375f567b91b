"""How an account is found: with the person whose it is, and only while that person is there."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from tassei.web.models import Account


class Backend(ModelBackend):
    """Accounts of people who have not left; a session of anybody else ends with its next request."""

    def user_can_authenticate(self, user: Account | AnonymousUser | None) -> bool:
        return isinstance(user, Account) and user.is_active and user.person.active

    def get_user(self, user_id: int) -> Account | None:
        account = Account.objects.select_related("person").filter(pk=user_id).first()
        return account if self.user_can_authenticate(account) else None
