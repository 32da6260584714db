"""What may stand in an address under /policies/.

Numbers and days are taken as text: a view that finds none of that name can say which there are, a pattern cannot.
"""

from django.urls import register_converter
from django.urls.converters import StringConverter


class SlugConverter(StringConverter):
    """A page's slug as Wagtail allows them: letters of any script, digits, hyphens and underscores."""

    regex = r"[\w-]+"


register_converter(SlugConverter, "policy")
