"""What has moved for good is told to everybody alike: it may be kept, but is asked about again, as pages move back."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from policies.reading.views.answers import ASK_AGAIN


class MovedForGood:
    """Says so in answers that say nothing of it: of missing slashes, of https, and of redirects that editors set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 301 and request.method in {"GET", "HEAD"} and not is_somebodys(response):
            response.headers.setdefault("Cache-Control", ASK_AGAIN)
        return response


def is_somebodys(response: HttpResponseBase) -> bool:
    """Whether an answer was made for who asked: it sets a cookie, or was made by one."""
    return bool(response.cookies) or "cookie" in response.headers.get("Vary", "").lower()
