"""Deleting pages of the CMS: each with all that stands below it, or not at all."""

from django.db import models, transaction


class DeletedAsAWhole(models.Model):
    """Deletes in one transaction: treebeard updates the count of children before the versions refuse."""

    class Meta:
        abstract = True

    def delete(self, using: str | None = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            return super().delete(using, keep_parents)
