"""Says a plain value in words for people to read: in the tables and on the page. `data.json` has it as it is."""

import datetime as dt
import json
import re
from collections.abc import Callable
from functools import partial
from typing import Final

from django.db import models
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext

from accounts.personal_data.collecting import field_of
from accounts.personal_data.register import Column, Kind

Show = Callable[[object], str]

# No letter, and no place in HTML or in a spreadsheet: NUL and its like.
UNSHOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def clean(text: str) -> str:
    return text if text.isprintable() else UNSHOWN.sub("", text)


def words_of(value: object) -> str:
    """Return a value in words: nothing for what is empty, yes or no, a plain list with commas, a nested one as JSON."""
    if type(value) is str:  # most are
        return clean(value)
    match value:
        case None:
            return ""
        case bool():
            return gettext("yes") if value else gettext("no")
        case str():
            return clean(value)
        case dict() | list() if not value:
            return ""
        case list() if not any(isinstance(each, dict | list) for each in value):
            return ", ".join(words_of(each) for each in value)
        case dict() | list():
            return clean(json.dumps(value, ensure_ascii=False))
    return str(value)


def for_a_table(moment: dt.datetime) -> str:
    """Return it by ISO 8601, with its distance from UTC: in October an hour comes twice."""
    return moment.isoformat(timespec="seconds")


def shows(kind: Kind, say_when: Callable[[dt.datetime], str]) -> list[Show]:
    """Return what says each exported column of a kind in words: choices by their labels, times as told here.

    A field of a model may know better how its values are said: then it has a method `in_words`.
    """
    return [_show(kind, column, say_when) for column in kind.exported]


def _show(kind: Kind, column: Column, say_when: Callable[[dt.datetime], str]) -> Show:
    field = field_of(kind, column)
    if isinstance(field, models.DateTimeField):
        return partial(_moment, say_when, get_default_timezone())
    if in_words := getattr(field, "in_words", None):
        return lambda value: in_words(words_of(value))
    if field is not None and field.flatchoices:
        labels = {value: str(label) for value, label in field.flatchoices}
        return lambda value: labels[value] if isinstance(value, str) and value in labels else words_of(value)
    return words_of


def _moment(say_when: Callable[[dt.datetime], str], zone: dt.tzinfo, value: object) -> str:
    return say_when(dt.datetime.fromisoformat(str(value)).astimezone(zone)) if value else ""
