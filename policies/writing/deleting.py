"""Deleting pages of the CMS: each with all that stands below it, or not at all."""

from typing import Any

from django.db import models, transaction


class DeletedAsAWhole(models.Model):
    """Deletes in one transaction: treebeard updates the count of children before the versions refuse."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Take what Wagtail's pages take (`user`); treebeard's managers take nothing of what Django's models do."""
        with transaction.atomic():
            return super().delete(*args, **options)
