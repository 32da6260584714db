"""What the organisation has chosen about cookies, statistics and consents."""

from django.core.cache import cache
from wagtail.models import Site

from home.models import Choices


def the_site_chooses(**chosen) -> Choices:
    """Save the setting of the site, and let it be seen at once."""
    found, _ = Choices.objects.update_or_create(site=Site.objects.get(), defaults=chosen)
    cache.clear()
    return found
