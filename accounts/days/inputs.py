"""The CMS's fields for days and moments: what was typed stays, its meaning stands beside it in words.

Wagtail's own calendar replaces what it does not understand by today; here nothing is replaced. The calendar that the
script adds is the browser's, and closes by itself.
"""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.days.fields import DayField, DayInput, MomentField, MomentInput
from accounts.values.wording import weekday_in_words


class SaidInWords(forms.TextInput):
    """Mix in before an input: its meaning stands beside it; a script keeps that right while somebody types."""

    kind: str

    @property
    def media(self) -> forms.Media:
        return forms.Media(css={"all": ["css/day-input.css"]}, js=["js/day-input.js"])

    def render(
        self, name: str, value: object, attrs: dict[str, object] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """Render the field with a place beside it that says how the day was understood."""
        on = "input->day-input#typed change->day-input#typed"
        own = {"autocomplete": "off", "data-day-input-target": "text"}
        field = super().render(name, value, own | (attrs or {}), renderer)
        return format_html(
            '<div class="day-input" data-controller="day-input" data-day-input-kind-value="{}"'
            ' data-day-input-url-value="{}" data-day-input-words-value="{}" data-action="{}">{}'
            '<output class="day-input__meaning" data-day-input-target="meaning">{}</output></div>',
            self.kind,
            reverse("day_in_words"),
            _("Calendar"),
            on,
            field,
            read_as(self.kind, self.format_value(value) or "")["meaning"],
        )


class CmsDayInput(SaidInWords, DayInput):
    kind = "day"


class CmsMomentInput(SaidInWords, MomentInput):
    kind = "moment"


class CmsDayField(DayField):
    """A day in a form of the CMS that is of no model's field."""

    widget = CmsDayInput


def read_as(kind: str, text: str) -> dict[str, str]:
    """Return how a field of this kind reads the text.

    Returns:
        `meaning` in words, `text` as the field shows it, `iso` for the browser's calendar; or the `problem`.
    """
    field, shown = (
        (MomentField(required=False), MomentInput()) if kind == "moment" else (DayField(required=False), DayInput())
    )
    try:
        value = field.clean(text)
    except ValidationError as error:
        return {"meaning": "", "problem": " ".join(error.messages)}
    if value is None:
        return {"meaning": "", "problem": ""}
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
        words, iso = f"{weekday_in_words(value)}, {value:%H:%M}", f"{value:%Y-%m-%dT%H:%M}"
    else:
        words, iso = weekday_in_words(value), value.isoformat()
    return {"meaning": words, "problem": "", "text": shown.format_value(value) or "", "iso": iso}
