"""`{% told "account" %}`: the line of the register where a page has no form of ours, only its fields or its buttons."""

from django import template

from accounts.personal_data.just_in_time import told_of

register = template.Library()


@register.simple_tag
def told(key: str) -> str:
    return told_of(key)
