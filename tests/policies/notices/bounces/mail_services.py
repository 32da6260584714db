"""The addresses of a site that sends through a mail service."""

from django.urls import include, path

from plum import urls

urlpatterns = [path("anymail/", include("anymail.urls")), *urls.urlpatterns]
