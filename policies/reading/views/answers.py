"""How every public page answers: which methods, how long it may be kept, and when it has not changed."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]

# Kept, but asked about each time: a version comes into force at midnight with nobody doing anything.
ASK_AGAIN = "public, max-age=0, must-revalidate"
# With a cookie the page may show something of its reader's.
ASK_AGAIN_PRIVATE = "private, max-age=0, must-revalidate"
# Only what will never say anything else: the text and the frozen facts of an announced version.
FOR_EVER = "public, max-age=31536000, immutable"


def reads(*methods: str) -> Callable[[View], View]:
    """Let a view answer GET and HEAD (and `methods`), tell OPTIONS what there is and refuse the rest.

    No form here changes anything, so none needs a token against forgery, which would need a cookie.
    """
    allowed = ["GET", "HEAD", *methods]

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answering(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers={"Allow": ", ".join([*allowed, "OPTIONS"])})
            if request.method not in allowed:
                return HttpResponseNotAllowed([*allowed, "OPTIONS"])
            return view(request, *args, **kwargs)

        return answering

    return decorate


def answer(
    request: HttpRequest, response: HttpResponse, *, modified: dt.datetime, keep: str = ASK_AGAIN
) -> HttpResponse:
    """Return the response with its validators, or 304 when the reader has it already.

    The ETag is that of the body, so it covers what no date tells: a withdrawal, the footer, a new design, and what a
    page says to its reader alone. With a cookie there may be such, so that the date is neither given nor taken.
    """
    private = keep == ASK_AGAIN and not is_for_everybody(request)
    response.headers["Cache-Control"] = ASK_AGAIN_PRIVATE if private else keep
    last_modified = None if private else int(modified.timestamp())
    if last_modified is not None:
        response.headers["Last-Modified"] = http_date(last_modified)
    set_response_etag(response)
    found = get_conditional_response(
        request, etag=response.headers["ETag"], last_modified=last_modified, response=response
    )
    return found or response


def not_there_yet(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return an answer about what a known policy does not have: it can be announced tomorrow, so it is asked again."""
    response.headers["Cache-Control"] = ASK_AGAIN if is_for_everybody(request) else ASK_AGAIN_PRIVATE
    return response


def is_for_everybody(request: HttpRequest) -> bool:
    """Whether a page says nothing of its reader's: no cookie came with which it might."""
    return settings.COOKIES_THAT_CHANGE_NO_PAGE.issuperset(request.COOKIES)
