"""Which links lead to other people's websites, and how they are marked for eyes and screen readers."""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

# The style sheet draws an arrow behind it, with words for whoever hears the page.
MARKED: Final = ' class="away" rel="external"'


def leads_away(href: str) -> bool:
    """Return whether a link goes to another host than ours. What is no whole address stays here."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and parts.hostname != settings.ORGANISATION_DOMAIN


def marks_of(href: str) -> str:
    """Return what stands in the tag of a link besides its address."""
    return MARKED if leads_away(href) else ""
