"""The lines of the register where no field of ours shows its own: `{% told "account" %}` and `{% told_once form %}`."""

from django import template
from django.forms import BaseForm, BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts.personal_data.just_in_time import lines_of, told_of

register = template.Library()


@register.simple_tag
def told(key: str) -> str:
    """The line of a kind, where a page has only its fields or its buttons."""
    return told_of(key)


@register.simple_tag
def told_once(form: BaseForm) -> SafeString:
    """Each line of a form of staff once, with the labels of its fields: there are many, and most are told alike."""
    lines = ((_labels(fields), _named(line, fields)) for line, fields in lines_of(form).items())
    return format_html_join("", '<p class="help">{}: {}</p>', lines)


def _labels(fields: list[BoundField]) -> str:
    return "; ".join(f"“{field.label}”" for field in fields) if len(fields) < 4 else gettext("What you write here")


def _named(line: str, fields: list[BoundField]) -> SafeString:
    """Give the line the names by which each of its fields is described for screen readers."""
    named = format_html("{}", line)
    for field in fields:
        named = format_html('<span class="told" id="{}_told">{}</span>', field.auto_id, named)
    return named
