"""The full addresses that leave the site: in feeds, headers, JSON and canonical links."""

from django.conf import settings
from django.urls import reverse


def absolute(name: str, *args: object) -> str:
    """Return the full address of a named one, on the host the site is known by and not the one that was asked."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
