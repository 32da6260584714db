"""The policies' part of sitemap.xml: their list and each text in force. Older versions stay out of search engines."""

import datetime as dt

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from policies.reading.contexts import midnight, published_at
from policies.versions.models import PolicyVersion


class PolicySitemap(Sitemap):
    changefreq = "monthly"

    def items(self) -> list[PolicyVersion]:
        return list(PolicyVersion.objects.outline().in_force(on=timezone.localdate()).order_by("slug"))

    def location(self, item: PolicyVersion) -> str:
        return reverse("policies:policy", args=[item.slug])

    def lastmod(self, item: PolicyVersion) -> dt.datetime:
        """Return when the text came to be read: announced, and in force."""
        return max(published_at(item), midnight(item.effective_from))
