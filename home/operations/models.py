"""What administrators are told of the site without having asked."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Alarm(models.Model):
    """Something that is not well now. The row is there as long as it is so; `told_at` says that somebody knows."""

    key = models.CharField(max_length=40, primary_key=True)
    words = models.TextField()
    began_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"{self.key} since {self.began_at}"
