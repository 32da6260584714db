"""The site, with an address at which something fails that nobody foresaw, and one that cannot be read."""

import logging

from django.core.exceptions import BadRequest
from django.urls import path

from plum.urls import handler400, handler500, urlpatterns

__all__ = ["handler400", "handler500", "urlpatterns"]


def fail(request):
    logging.getLogger("home.a_test").warning("on the way", extra={"page": 5})
    raise RuntimeError("too much")


def refuse(request):
    raise BadRequest


urlpatterns = [path("fails/", fail), path("damaged/", refuse), *urlpatterns]
