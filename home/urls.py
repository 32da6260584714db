"""Addresses of the site around the policies that are no pages."""

from csp.decorators import csp
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from home.accessibility import views as accessibility
from home.contact import views as contact
from home.operations import dev_mail, health, metrics
from home.statistics import views as statistics
from home.well_known import crawlers, pointers, security

urlpatterns: list[URLPattern | URLResolver] = [
    path("dev/mail/", dev_mail.dev_mail, name="dev_mail"),
    *decorate_urlpatterns(
        [path("dev/mail/<slug:key>/", dev_mail.dev_mail_html, name="dev_mail_html")], csp(dev_mail.SANDBOX)
    ),
    path("accessibility/", accessibility.statement, name="accessibility"),
    path("contact/", contact.contact, name="contact"),
    path("contact/sent/<str:token>/", contact.sent, name="contact_sent"),
    path("contact/write/<str:token>/", contact.write_to, name="write_to"),
    path("", include("home.organisation.urls")),
    path("cookies/counting/", statistics.choose_counting, name="counting"),
    path("cookies/", include("home.cookies.urls")),
    path("media/", include("home.pictures.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path(".well-known/security.txt", security.security_txt, name="security_txt"),
    path(".well-known/change-password", pointers.change_password),
    path(".well-known/passkey-endpoints", pointers.passkey_endpoints),
    path(".well-known/gpc.json", pointers.gpc),
    re_path(r"^(?P<slug>privacy|terms)/?$", pointers.to_policy),
    re_path(r"^feed/?$", pointers.to_feed),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": crawlers.SITEMAPS}, name="sitemap"),
]
