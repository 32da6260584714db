"""The one language in which the site speaks."""

from django.conf import settings
from django.utils.translation import to_locale


def site_language(joined_by: str = "-") -> str:
    """Return its tag as it is usually written (BCP 47): en-GB; Open Graph wants en_GB."""
    return to_locale(settings.LANGUAGE_CODE).replace("_", joined_by)
