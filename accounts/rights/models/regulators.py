"""The regulator as a dated setting of the site: the entry that is in force on a day is used everywhere."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, Panel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from accounts.values.regulator import Regulator, know_regulator_by

HELP = _(
    "Who people can complain to about what we do with their data. When it becomes another, or gets another name or "
    "address, add an entry with the first day on which that is so: from then on letters, e-mails, downloads and pages "
    "name the new one, and what was sent before stays as it was."
)


@register_setting(icon="globe", order=330)
class RegulatorSetting(ClusterableModel, BaseGenericSetting):
    """Holds the entries, so that they are edited on one page."""

    panels: ClassVar[list[Panel]] = [
        HelpPanel(content=HELP),
        InlinePanel("entries", heading=_("Regulators"), label=_("Regulator"), min_num=1),
    ]

    class Meta:
        verbose_name = _("regulator")


class RegulatorEntry(models.Model):
    """Who is the regulator from a day on, until the next entry begins."""

    setting = ParentalKey(RegulatorSetting, on_delete=models.CASCADE, related_name="entries")
    since = models.DateField(_("in force from"), unique=True)
    name = models.CharField(max_length=200, help_text=_("Without an article: it is written after “the”."))
    short = models.CharField(_("short name"), max_length=40, blank=True)
    url = models.URLField(_("page on which one complains"))
    postal_address = models.TextField(blank=True, help_text=_("One line of the address on each line."))
    phone = models.CharField(_("telephone"), max_length=50, blank=True)

    panels: ClassVar[list[Panel]] = [
        FieldPanel(name, heading=heading)
        for name, heading in {
            "since": "",
            "name": _("Name"),
            "short": "",
            "url": "",
            "postal_address": _("Postal address"),
            "phone": "",
        }.items()
    ]

    class Meta:
        ordering: ClassVar = ["since"]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.name

    def as_value(self) -> Regulator:
        lines = tuple(line.strip() for line in self.postal_address.splitlines() if line.strip())
        return Regulator(self.name, self.short, self.url, lines, self.phone, self.since)


@know_regulator_by
def regulator_of(day: dt.date) -> Regulator | None:
    """Return the entry that is in force on a day; the first one before it; None where there is none at all."""
    entries = RegulatorEntry.objects.order_by("-since")
    found = entries.filter(since__lte=day).first() or entries.last()
    return found.as_value() if found else None
