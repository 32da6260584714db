"""The page for what nobody foresaw. It says which lines of the log are about it."""

from django.http import HttpRequest, HttpResponseServerError
from django.template.loader import render_to_string


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """Answer without the request's context: what a page shows around its content may be what failed."""
    words = {"request_id": getattr(request, "request_id", "")}
    return HttpResponseServerError(render_to_string("500.html", words))
