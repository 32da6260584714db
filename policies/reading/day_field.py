"""The form field for a day: takes any usual British form, and shows one."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from policies.reading.days import NotADay, read_day


class DayInput(forms.TextInput):
    """A plain field that shows a day as “1 January 2027”; what was typed and refused stays as it was typed."""

    def format_value(self, value: Any) -> str | None:
        return date_format(value, "j F Y") if isinstance(value, dt.date) else super().format_value(value)


class DayField(forms.DateField):
    widget = DayInput

    def to_python(self, value: Any) -> dt.date | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value.strip() if isinstance(value, str) else value)
        try:
            return read_day(value)
        except NotADay as problem:
            raise ValidationError(str(problem), code="invalid") from problem
