"""The site, and an address at which something fails that nobody foresaw."""

import logging

from django.urls import path

from plum.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]


def fail(request):
    logging.getLogger("home.a_test").warning("on the way", extra={"page": 5})
    raise RuntimeError("too much")


urlpatterns = [path("fails/", fail), *urlpatterns]
