"""Addresses of the site around the policies that are no pages."""

from django.urls import URLPattern, path

from home import health

urlpatterns: list[URLPattern] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
