"""How often a page was opened. Nothing here says by whom: no identifier, no address of anybody, no device."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageCount(models.Model):
    """A row says how often one page was opened on one day, by our clocks."""

    day = models.DateField()
    path = models.CharField(max_length=300)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of a page")
        verbose_name_plural = _("counts of pages")
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("day", "path"), name="home_page_counted_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.path} on {self.day}: {self.opened}"
