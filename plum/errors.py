"""The pages for what nobody foresaw, which says which lines of the log are about it, and for what cannot be read."""

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseServerError
from django.template.loader import render_to_string

from home.context import last_known


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """Answer without the request's context: what a page shows around its content may be what failed."""
    words = {"request_id": getattr(request, "request_id", "")}
    return HttpResponseServerError(render_to_string("500.html", last_known() | words))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBadRequest:
    """Answer without the request's context: it may be what cannot be read."""
    return HttpResponseBadRequest(render_to_string("400.html", last_known()))
