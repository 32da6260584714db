"""Addresses of the site around the policies that are no pages."""

from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, path

from home import well_known
from home.operations import dev_mail, health

urlpatterns: list[URLPattern] = [
    path("dev/mail/", dev_mail.dev_mail, name="dev_mail"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", well_known.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": well_known.SITEMAPS}, name="sitemap"),
]
