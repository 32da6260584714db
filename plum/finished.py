"""Puts the store in front of Django, and words for the caches in front of it, as the settings say."""

from functools import partial
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication
from zoneinfo import ZoneInfo

from django.conf import settings

from home.caches_in_front.telling import Tells
from home.cookies.declared.declarations import ANSWER, NOT_COUNTED, of_the_cms, of_the_site
from home.cookies.declared.stored import Place
from home.finished_pages.asking import Reader
from home.finished_pages.figures import look_at
from home.finished_pages.generation import Generation
from home.finished_pages.sources import source_of
from home.finished_pages.store import Answer, Around, FinishedPages
from home.finished_pages.timing import timed
from home.operations.outage import outage_page
from home.statistics.counting import count_opening

MEGABYTE = 1_000_000
# What public pages read from their address; of these, what is asked for so often that it is kept.
QUERIES = {"view": {"side"}, "from": (), "to": (), "date": (), "policy": (), "version": (), "about": (), "by": ()}


def keep_finished_pages(application: WSGIApplication) -> WSGIApplication:
    """Return the application with the store in front of it; itself where the settings want none."""
    if not settings.FINISHED_PAGES_MB:
        return application
    store = FinishedPages(
        application,
        reader(),
        Generation(partial(source_of, "default"), ZoneInfo(settings.TIME_ZONE)),
        settings.FINISHED_PAGES_MB * MEGABYTE,
        Around(outage, count_opening),
    )
    look_at(store)
    return timed(store) if settings.DEBUG else store


def tell_caches_in_front(application: WSGIApplication) -> WSGIApplication:
    """Return the application with words for caches in front; itself where these are to ask always."""
    seconds = settings.FRONT_CACHE_SECONDS
    return Tells(application, seconds, ZoneInfo(settings.TIME_ZONE)) if seconds else application


def reader() -> Reader:
    """Return what tells public pages apart on this site."""
    known = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
    declared = {stored.name for stored in (*of_the_site(), *of_the_cms()) if stored.place == Place.COOKIE}
    own = {*declared, ANSWER, NOT_COUNTED, settings.LANGUAGE_COOKIE_NAME}
    return Reader(
        hosts={urlsplit(settings.SITE_URL).netloc, *known},
        cookies=own - settings.COOKIES_THAT_CHANGE_NO_PAGE,
        queries=QUERIES,
        secure_by=settings.SECURE_PROXY_SSL_HEADER,
    )


def outage() -> Answer:
    """Return the page for when the database is known to be away, which asks it nothing."""
    response = outage_page()
    response.headers["Content-Length"] = str(len(response.content))
    return f"503 {response.reason_phrase}", list(response.items()), [response.content]
