"""What editors add to the register of cookies, and what they let the site ask and count."""

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.cookies.declared.declarations import of_the_cms, of_the_site
from home.cookies.declared.stored import Lasts, Need, Place, Stored

OTHERS_MAY = [(need.value, need.label) for need in (Need.ESSENTIAL, Need.FUNCTIONAL)]


class AddedCookie(models.Model):
    """A row is a cookie or key of a browser's storage that something beside this software sets, such as a proxy."""

    name = models.CharField(max_length=100, help_text=_("As it stands in the browser; * for letters that differ."))
    place = models.CharField(_("where"), max_length=10, choices=Place, default=Place.COOKIE)
    need = models.CharField(_("why we may"), max_length=10, choices=OTHERS_MAY)
    purpose = models.CharField(max_length=300, help_text=_("What it is for, in plain words."))
    when = models.CharField(_("when it is set"), max_length=200)
    days = models.PositiveIntegerField(
        _("days it lasts"),
        null=True,
        blank=True,
        help_text=_("Empty: until the browser is closed, or its storage cleared."),
    )
    whose = models.CharField(
        _("whose"),
        max_length=200,
        blank=True,
        help_text=_("The other company that reads it. Empty: this website alone."),
    )

    panels: ClassVar[list[Panel]] = [
        HelpPanel(
            _(
                "<p>What the site itself sets is in the register already. Add only what something else sets: a proxy "
                "in front of the site, a page of your own. It stands on the cookies page at once; a policy with the "
                "table of cookies says it from its next version on.</p><p>What needs people’s consent cannot be added "
                "here: the site would have to ask for it first.</p>"
            )
        ),
        FieldPanel("name", heading=_("Name")),
        FieldPanel("place"),
        FieldPanel("need"),
        FieldPanel("purpose", heading=_("Purpose")),
        MultiFieldPanel([FieldPanel("when"), FieldPanel("days")], heading=_("When, and how long")),
        FieldPanel("whose"),
    ]

    class Meta:
        verbose_name = _("cookie that something else sets")
        verbose_name_plural = _("cookies that something else sets")
        ordering = ("name", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("name", "place"), name="home_added_cookie_once"),
            models.CheckConstraint(
                condition=~models.Q(need=Need.CONSENT.value), name="home_added_cookie_without_consent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse what the software declares itself: there would be two answers.

        Raises:
            ValidationError: for the person at the form.
        """
        if any(stored.is_named(self.name) for stored in [*of_the_site(), *of_the_cms()]):
            raise ValidationError({"name": gettext("The site sets this itself, and has it in the register already.")})

    @property
    def stored(self) -> Stored:
        ends = Lasts.WINDOW if self.place != Place.LOCAL else Lasts.CLEARED
        return Stored(
            name=self.name,
            place=Place(self.place),
            need=Need(self.need),
            purpose=self.purpose,
            when=self.when,
            lasts=ends if self.days is None else dt.timedelta(days=self.days),
            whose=self.whose,
        )


@register_setting(icon="list-ul")
class Choices(BaseSiteSetting):
    """What the organisation wants to know about visits, and how. Nothing is counted until it is named here."""

    analytics_id = models.CharField(
        _("Google Analytics: measurement ID"),
        max_length=30,
        blank=True,
        validators=[RegexValidator(r"\AG-[A-Z0-9]{4,20}\Z", _("It looks like G-ABC123DEF4, in Google’s settings."))],
        help_text=_(
            "Such as G-ABC123DEF4. Visitors are then asked, and nothing is loaded from Google before they agree. "
            "Empty: nobody is asked, and no page has a cookie banner."
        ),
    )

    counts_pages = models.BooleanField(
        _("Count how often each public page is opened"),
        default=False,
        help_text=_(
            "Made from the requests alone, by day and page: nothing is kept of who opened it, and nothing on "
            "their device. People can switch it off for themselves. The numbers are under Reports, Pages opened."
        ),
    )

    offers_by_email = models.BooleanField(_("News and offers by e-mail"), default=True)
    offers_by_post = models.BooleanField(_("News and offers by post"), default=True)
    third_parties = models.TextField(
        _("Passing details on to these companies"),
        blank=True,
        help_text=_("Their names, one on each line, as your privacy policy has them. Empty: nobody is asked."),
    )

    panels: ClassVar[list[Panel]] = [
        HelpPanel(
            _(
                "<p>Say it in your privacy and cookie policies before you switch it on: a policy that denies it would "
                "be broken by the first visitor who agrees.</p>"
            )
        ),
        FieldPanel("analytics_id"),
        FieldPanel("counts_pages"),
        MultiFieldPanel(
            [FieldPanel("offers_by_email"), FieldPanel("offers_by_post"), FieldPanel("third_parties")],
            heading=_("What people can agree to in their account"),
        ),
    ]

    class Meta:
        verbose_name = _("cookies, statistics and consents")

    @property
    def named_companies(self) -> tuple[str, ...]:
        return tuple(filter(None, (line.strip() for line in self.third_parties.splitlines())))
