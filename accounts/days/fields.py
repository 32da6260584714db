"""The form fields for a day and for a moment: they take any form that is usual here, and show one."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils.formats import date_format

from accounts.days.reading import NotADay, read_day, read_moment

T = TypeVar("T")


class DayInput(forms.TextInput):
    """A plain field that shows a day as “1 January 2027”; what was typed and refused stays as it was typed."""

    def format_value(self, value: object) -> str | None:
        return date_format(value, "j F Y") if isinstance(value, dt.date) else super().format_value(value)


class MomentInput(forms.TextInput):
    """The same with a time: “1 January 2027, 09:00”."""

    def format_value(self, value: object) -> str | None:
        return date_format(value, "j F Y, H:i") if isinstance(value, dt.datetime) else super().format_value(value)


class DayField(forms.DateField):
    widget = DayInput

    def to_python(self, value: dt.date | str | None) -> dt.date | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value if value and not isinstance(value, str) else None)
        return _understood(read_day, value)


class MomentField(forms.DateTimeField):
    widget = MomentInput

    def to_python(self, value: dt.date | str | None) -> dt.datetime | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value if value and not isinstance(value, str) else None)
        exact = _exact(value.strip())
        return exact or from_current_timezone(_understood(read_moment, value))


def _exact(text: str) -> dt.datetime | None:
    """Return the moment that a machine wrote, with its zone (ISO 8601)."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _understood(read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except NotADay as problem:
        raise ValidationError(str(problem), code="invalid") from problem
