"""The one place that says who runs the site: templates, mails, feeds, downloads, the CMS and prompts follow it."""

from typing import ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator, validate_email
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from accounts.values.colours import HEX, MAIN, SECOND, is_readable, nearest_readable
from accounts.values.wording import Words
from home.organisation.pictures import PICTURES, TOUCH_ICON

A_LINE_EACH: Final = _("One line of the address on each line.")
IS_HEX: Final = RegexValidator(
    "^#[0-9a-fA-F]{6}$", _("Write a colour as # and six figures or letters, such as #1f4e79.")
)
TOO_PALE: Final = _(
    "Text and links of this colour cannot be read on a light page: the contrast must be 4.5 to 1 (WCAG 2.2, 1.4.3). "
    "The nearest shade that can be read is {nearest}."
)
COUNTRY: Final = _(
    "<p>The law, the bank holidays, the form of dates and telephone numbers and the time zone go with the country of "
    "the installation, and are no matter of this page: who runs the server sets them.</p>"
    "<p>Who watches over data protection is another setting, <a href='/cms/settings/rights/regulatorsetting/'>Regulator"
    "</a>, as it changes on a day.</p>"
)


def is_contact(text: str) -> None:
    """Raises: ValidationError: it is neither an e-mail address nor the https address of a page."""
    try:
        if "://" in text:
            URLValidator(["https"])(text)
        else:
            validate_email(text)
    except ValidationError as problem:
        raise ValidationError(gettext("Write an e-mail address, or an address that begins with https://.")) from problem


def _picture(what: Words, help_text: Words) -> models.ForeignKey:
    return models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=what,
        help_text=help_text,
    )  # fmt: skip


# Of fields that are called so in the code, too.
NAMES = {
    "name": _("Name"),
    "legal_name": _("Legal name"),
    "company_number": _("Company number"),
    "registered_office": _("Registered office"),
    "postal_address": _("Postal address"),
    "logo": _("Logo"),
    "mark": _("Mark"),
    "second_colour": _("Second colour"),
    "security_contact": _("Security contact"),
}


def _field(name: str, widget: forms.Widget | None = None) -> FieldPanel:
    return FieldPanel(name, widget=widget, heading=NAMES.get(name, ""))


@register_setting(icon="home", order=100)
class Organisation(BaseSiteSetting):
    """Who runs the site, and how it looks."""

    name = models.CharField(max_length=200, blank=True, help_text=_("What people call it. It stands on every page."))
    legal_name = models.CharField(
        max_length=200, blank=True, help_text=_("As it is registered, such as “Quince Care Limited”.")
    )
    company_number = models.CharField(
        max_length=20, blank=True, help_text=_("In the register of companies, if it is one.")
    )
    registered_office = models.TextField(blank=True, help_text=A_LINE_EACH)
    registration = models.CharField(
        _("registration with the regulator"),
        max_length=40,
        blank=True,
        help_text=_("The number under which the regulator of data protection keeps you, such as ZA123456."),
    )
    postal_address = models.TextField(
        blank=True, help_text=format_lazy(_("Where letters reach you. {a_line_each}"), a_line_each=A_LINE_EACH)
    )
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Where people can write to."))
    sender = models.EmailField(
        _("sender of our e-mails"),
        blank=True,
        help_text=_(
            "The address that e-mails of this site come from. Your mail server must be allowed to send for its "
            "domain, or they end as spam. Empty: what whoever runs the server has set."
        ),
    )
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    security_contact = models.CharField(
        max_length=200, blank=True, validators=[is_contact],
        help_text=_("Where people report a weakness of the site: an e-mail address, or the https address of a page. "
        "Empty: the contact form."),
    )  # fmt: skip
    security_until = models.DateField(
        _("these words hold until"), null=True, blank=True,
        help_text=_("A day within the next year (RFC 9116, 2.5.5). Without one, or after it, the file is not "
                    "published."),
    )  # fmt: skip
    logo = _picture("logo", _("Wide, for the top of each page. It stands in place of mark and name."))
    logo_dark = _picture(_("logo on dark ground"), _("For people whose device is set to dark. Empty: mark and name."))
    mark = _picture(
        "mark", _("Square: beside the name, in the tab of the browser, in the CMS. Empty: a letter is drawn.")
    )
    picture = _picture(
        _("picture of the home page"), _("Beside the name, on wide screens. It says nothing of its own.")
    )
    colour = models.CharField(
        _("main colour"), max_length=7, default=MAIN, validators=[IS_HEX],
        help_text=_("Of links and buttons. On dark screens a lighter shade is worked out that can be read there."),
    )  # fmt: skip
    second_colour = models.CharField(
        max_length=7, default=SECOND, validators=[IS_HEX],
        help_text=_("Below each page. Words upon it are light or dark, whichever can be read."),
    )  # fmt: skip

    panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [_field(name) for name in ("name", "legal_name", "company_number", "registered_office", "registration")],
            heading=_("Who you are"),
        ),
        MultiFieldPanel(
            [_field(name) for name in ("postal_address", "email", "phone", "sender")], heading=_("How to reach you")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([_field("logo"), _field("logo_dark")]),
                FieldRowPanel([_field("mark"), _field("picture")]),
                FieldRowPanel(
                    [_field(name, widget=forms.TextInput({"type": "color"})) for name in ("colour", "second_colour")]
                ),
            ],
            heading=_("How it looks"),
        ),
        MultiFieldPanel(
            [_field("security_contact"), _field("security_until")],
            heading=_("Reports of weaknesses (security.txt)"),
            classname="collapsed",
        ),
        MultiFieldPanel([HelpPanel(content=COUNTRY)], heading=_("Country")),
    ]

    class Meta:
        verbose_name = _("organisation")

    def clean(self) -> None:
        """Raises: ValidationError: text of the main colour cannot be read."""
        super().clean()
        self.colour, self.second_colour = self.colour.lower(), self.second_colour.lower()
        if not HEX.fullmatch(self.colour):  # said already
            return
        if not is_readable(self.colour):
            raise ValidationError({"colour": TOO_PALE.format(nearest=nearest_readable(self.colour))})

    def save(self, *args: object, **kwargs: object) -> None:
        """Save it, make the pictures in their sizes, and let the CMS name the site by it."""
        super().save(*args, **kwargs)
        for field, spec in PICTURES.items():
            if image := getattr(self, field):
                image.get_rendition(spec)
        if self.mark:
            self.mark.get_rendition(TOUCH_ICON)
        Site.objects.filter(pk=self.site_id).exclude(site_name=self.name).update(site_name=self.name)

    @property
    def address_lines(self) -> tuple[str, ...]:
        return lines_of(self.postal_address)


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
