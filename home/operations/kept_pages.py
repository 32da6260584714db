"""Says when a public page of this site is made of a table that nothing watches: it is made anew for each reader."""

import io
import logging
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit
from wsgiref.types import WSGIEnvironment

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import Resolver404, resolve
from django.utils.translation import gettext

from home.caches_in_front.addresses import addresses_of
from home.finished_pages.generation import EVERYTHING, SITE
from home.finished_pages.kept import may_be_kept
from home.finished_pages.making import NOTES
from home.finished_pages.watched import Watch

OF_WAGTAIL = "wagtail_serve"  # one view for pages of every kind


@register(Tags.database)
def public_pages_are_kept(
    app_configs: object = None, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """Ask for one page of each public view as anybody would; silent while tables or static files are missing."""
    if not databases or not (settings.FINISHED_PAGES_MB or settings.DEBUG):
        return []
    try:
        paths = list(some_of_each_kind())
        with errors_are_for_readers():
            django = WSGIHandler()
            found = {path: tables for path in paths if (tables := unwatched_by(django, path))}
    except DatabaseError:
        return []
    hint = gettext("Add its model to WHOLE_SITE in home/finished_pages/watched.py, and run migrate.")
    return [Warning(words_of(path, tables), hint=hint, id="plum.W021") for path, tables in found.items()]


@contextmanager
def errors_are_for_readers() -> Iterator[None]:
    """Log nothing of pages that cannot be made: `migrate` asks for checks too, before static files are built."""
    log = logging.getLogger("django.request")
    before, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.disabled = before


def words_of(path: str, tables: Iterable[str]) -> str:
    names = ", ".join(sorted(tables))
    return gettext("%(path)s is not kept ready, since nothing watches what it reads: %(tables)s") % {
        "path": path,
        "tables": names,
    }


def some_of_each_kind() -> Iterator[str]:
    """Yield an address of each public view, as this site has it; nothing before all migrations have run.

    Raises:
        DatabaseError: the tables are not those of this release.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    seen: set[str] = set()
    for address in addresses_of({SITE, EVERYTHING}):
        path = urlsplit(address).path
        try:
            view = resolve(path).view_name
        except Resolver404:
            continue
        if view not in seen:
            seen |= {view} - {OF_WAGTAIL}
            yield path


def unwatched_by(django: WSGIHandler, path: str) -> set[str]:
    """Make a page for nobody; return the tables it reads that nothing watches, if it says that it is for everybody."""
    with Watch() as watch:
        # Without the signals of a request: they close the connection, in whatever transaction the check is asked for.
        response = django.get_response(WSGIRequest(neutral(path)))
        for _ in response:
            pass
    status = f"{response.status_code} {response.reason_phrase}"
    return watch.unwatched if may_be_kept(status, response.items()) else set()


def neutral(path: str) -> WSGIEnvironment:
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or {"https": 443}.get(site.scheme, 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        NOTES: {},  # it counts as opened by nobody
    }
