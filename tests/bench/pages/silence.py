"""Takes out what our own pages say to caches: a page of Wagtail's says nothing, and Django keeps it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

OURS = ("Cache-Control", "ETag", "Last-Modified")


def without_our_words(get_response: Callable[[HttpRequest], HttpResponseBase]):
    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name in OURS:
            response.headers.pop(name, None)
        return response

    return middleware
