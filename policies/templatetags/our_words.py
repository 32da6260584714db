"""Lets Wagtail's templates speak of announcing."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from policies.versions.our_words import in_our_words

register = template.Library()


@register.filter(is_safe=True)
def announcing(markup: SafeString) -> SafeString:
    """Return markup that Wagtail rendered, with the policies' words."""
    return mark_safe(in_our_words(markup))  # noqa: S308  (only words are exchanged)
