"""Whether the public may read the numbers of requests and complaints."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, Panel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="view", order=995)
class PublicNumbers(BaseGenericSetting):
    """Off until somebody switches it on."""

    shown = models.BooleanField(_("show the numbers to everybody"), default=False)

    panels: ClassVar[list[Panel]] = [
        HelpPanel(
            _(
                "<p>A page at <code>/data-rights/numbers/</code> says how many requests and complaints about personal "
                "data came in each year, how many were answered in time and how long it took. Numbers below five are "
                "not shown, others to the nearest five, and only quarters that are over count: nobody is to be "
                "recognised.</p>"
            )
        ),
        FieldPanel("shown"),
    ]

    class Meta:
        verbose_name = _("public numbers of requests")

    @classmethod
    def current(cls) -> "PublicNumbers":
        """Return what is set, or the default; unlike `load()`, asking writes nothing."""
        return cls.objects.first() or cls()
