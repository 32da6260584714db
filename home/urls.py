"""Addresses of the site around the policies that are no pages."""

from django.urls import URLPattern, path

from home import dev_mail, health

urlpatterns: list[URLPattern] = [
    path("dev/mail/", dev_mail.dev_mail, name="dev_mail"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
