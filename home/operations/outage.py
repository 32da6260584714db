"""Answers with a page that says what to do when database or cache are gone, busy for too long or take no writing."""

import errno
import logging
from collections.abc import Callable

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from redis.exceptions import RedisError

from home.context import last_known

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = "120"


class OutageMiddleware:
    """Stands outermost of those that may ask the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        # PostgreSQL reports a write to a read-only database as InternalError.
        """Answer with a 503 if database or cache do not answer or the disk is full; leave other errors to Django."""
        what = _what_is_away(exception)
        if not what:
            return None
        logger.error("%s", what, exc_info=exception, extra={"path": request.path})
        return outage_page(getattr(request, "request_id", ""))


def _what_is_away(exception: Exception) -> str:
    """Say it for the log; nothing where it is something else."""
    match exception:
        case OperationalError() | InterfaceError() | InternalError():
            return "the database does not answer"
        case RedisError():
            return "the cache does not answer"
        case Exception() if _is_of_the_bucket(exception):
            return "the store of files does not answer"
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return "the disk is full"
    return ""


def _is_of_the_bucket(exception: Exception) -> bool:
    """Look by name: what is said by boto3 cannot be imported where there is no bucket."""
    return any(kind.__module__.partition(".")[0] in {"boto3", "botocore"} for kind in type(exception).__mro__)


def outage_page(request_id: str = "") -> HttpResponse:
    """Return the page. It knows no request: what a page shows around its content is asked from the database, too."""
    headers = {"Retry-After": RETRY_AFTER_SECONDS, "Cache-Control": "no-store"}
    words = last_known() | {"request_id": request_id}
    return HttpResponse(render_to_string("503.html", words), status=503, headers=headers)
