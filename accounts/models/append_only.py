"""Rows that are only added to: what happened, and what was chosen. The database's own rules stand beside this."""

from typing import ClassVar, NoReturn, TypeVar, Unpack

from django.db import models

from accounts.values.options import SaveOptions


class AppendOnly(Exception):
    """A row that is only added was about to be changed or deleted; the message says what to do instead."""


M = TypeVar("M", bound="AppendOnlyModel")


class AppendOnlyQuerySet(models.QuerySet[M]):
    """Refuses, in the words of its model, what would change many rows at once. `_base_manager` knows no such rule."""

    def update(self, **values: object) -> NoReturn:
        """Raises: AppendOnly: always."""
        raise AppendOnly(self.model.NEVER_CHANGED)

    def bulk_update(self, *args: object, **options: object) -> NoReturn:
        """Raises: AppendOnly: always."""
        raise AppendOnly(self.model.NEVER_CHANGED)

    def delete(self) -> NoReturn:
        """Raises: AppendOnly: always."""
        raise AppendOnly(self.model.NEVER_DELETED)


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    NEVER_CHANGED: ClassVar[str]
    NEVER_DELETED: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Add the row.

        Raises:
            AppendOnly: it is there already.
        """
        if not self._state.adding:
            raise AppendOnly(self.NEVER_CHANGED)
        super().save(**options)

    def delete(self, *args: object, **options: object) -> NoReturn:
        """Raises: AppendOnly: always."""
        raise AppendOnly(self.NEVER_DELETED)
