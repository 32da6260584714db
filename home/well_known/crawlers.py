"""The files that crawlers look for: robots.txt and sitemap.xml."""

import datetime as dt

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import Page

from home.models import ContactPage, HomePage, StandardPage
from policies.reading.sitemaps import PolicySitemap


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /contact/write/",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


class PageSitemap(Sitemap):
    """The plain pages; the policies have a part of their own, made of versions."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.type(ContactPage, HomePage, StandardPage).live().public().order_by("path")

    def location(self, item: Page) -> str:
        return item.get_url() or "/"

    def lastmod(self, item: Page) -> dt.datetime | None:
        return item.last_published_at


SITEMAPS = {"pages": PageSitemap, "policies": PolicySitemap}
