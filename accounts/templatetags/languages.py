"""`{% site_language %}`: in which language a page or mail speaks, for its `lang`."""

from django import template

from accounts.values.language import site_language

register = template.Library()
register.simple_tag(site_language)
