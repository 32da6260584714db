"""The generations of what the public sees. Only triggers write them."""

from typing import ClassVar

from django.db import models


class Generation(models.Model):
    """How far one part of what the public sees has come: everything, what every page shows, or one policy's pages."""

    scope = models.CharField(max_length=300, primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        db_table = "home_generation"
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"generation {self.number} of {self.scope}"
