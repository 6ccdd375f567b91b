"""The pages for coming in, as frozen values."""

from typing import ClassVar

from attrs import frozen


@frozen
class LoginPage:
    template: ClassVar[str] = "web/login.html"
    title: str
    login: str
    back: str
    wrong: str


@frozen
class SetupPage:
    template: ClassVar[str] = "web/setup.html"
    title: str
    login: str
    name: str
    wrong: tuple[str, ...]
