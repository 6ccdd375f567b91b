"""The pages for trying, as frozen values."""

from typing import ClassVar

from attrs import frozen

from tassei.web.explorer.pages import OptionGroup
from tassei.web.troubles import Told
from tassei.web.trying.form import Filled
from tassei.web.trying.result import Result


@frozen
class StartPage:
    template: ClassVar[str] = "web/try.html"
    title: str
    fields: tuple[OptionGroup, ...]


@frozen
class FormPage:
    template: ClassVar[str] = "web/try_form.html"
    title: str
    field: str
    edition: str
    works: int
    most: bool
    form: Filled
    result: Result | None
    empty: bool


@frozen
class FilePage:
    template: ClassVar[str] = "web/try_file.html"
    title: str
    written: str
    faults: tuple[Told, ...]
    result: Result | None
