"""How far the caches in front have been told of what changed."""

from typing import ClassVar

from django.db import models


class Purge(models.Model):
    """Up to which generation of one scope the caches in front have let its pages go.

    `tried`: the generation of which they were told last, with or without success; another one is told at once.
    `again_at`: when they are to be told once more: after a failure, or because a process that had not yet heard of the
    change may have given them the old page since.
    """

    scope = models.CharField(max_length=300, primary_key=True)
    number = models.BigIntegerField(default=0)
    tried = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    again_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"{self.scope} purged up to {self.number}"
