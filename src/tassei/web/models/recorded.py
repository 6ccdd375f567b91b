"""Rows of which every change is recorded: saving them by any other way than `history` is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, NoReturn

from django.db import models

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Unrecorded(AssertionError):
    """A change that the history would not have known of; a mistake in our code."""


@contextmanager
def writing() -> Iterator[None]:
    """Where `history` writes rows; nobody else enters here."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


class RecordedQuerySet(models.QuerySet[Any]):
    """Reads anything; what changes many rows at once stays out of the history, so it is refused."""

    def _refuse(self, *args: Any, **values: Any) -> NoReturn:
        raise Unrecorded("change rows one by one, through tassei.web.history")

    def update(self, **values: Any) -> int:
        if not _writing.get():
            self._refuse()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        if not _writing.get():
            self._refuse()
        return super().delete()

    def bulk_create(self, *args: Any, **values: Any) -> list[Any]:
        if not _writing.get():
            self._refuse()
        return super().bulk_create(*args, **values)

    bulk_update = _refuse


class Recorded(models.Model):
    """A row with a version, which every form carries and every change raises by one.

    Args:
        secret: names of fields of which the history says that they changed, and never what they held.
    """

    secret: ClassVar[frozenset[str]] = frozenset()
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **values: Any) -> None:
        if not _writing.get():
            raise Unrecorded("save it through tassei.web.history")
        super().save(*args, **values)

    def delete(self, *args: Any, **values: Any) -> tuple[int, dict[str, int]]:
        if not _writing.get():
            raise Unrecorded("remove it through tassei.web.history")
        return super().delete(*args, **values)

    def about(self) -> int | None:
        """The id of the person whom the row's texts are about; None where they are about nobody."""
        return None
