"""Addresses of the site around the policies that are no pages."""

from csp.decorators import csp
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from home import well_known
from home.contact import views as contact
from home.operations import dev_mail, health
from home.statistics import views as statistics

urlpatterns: list[URLPattern | URLResolver] = [
    path("dev/mail/", dev_mail.dev_mail, name="dev_mail"),
    *decorate_urlpatterns(
        [path("dev/mail/<slug:key>/", dev_mail.dev_mail_html, name="dev_mail_html")], csp(dev_mail.SANDBOX)
    ),
    path("contact/", contact.contact, name="contact"),
    path("contact/sent/<str:token>/", contact.sent, name="contact_sent"),
    path("contact/write/<str:token>/", contact.write_to, name="write_to"),
    path("cookies/counting/", statistics.choose_counting, name="counting"),
    path("cookies/", include("home.cookies.urls")),
    path("media/", include("home.pictures.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", well_known.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": well_known.SITEMAPS}, name="sitemap"),
]
