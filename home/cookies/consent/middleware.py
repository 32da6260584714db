"""What follows from an answer on each page: the policy of the page opened or not, and cookies that must go deleted."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from home.cookies.consent.answers import standing_of
from home.cookies.consent.views import keep
from home.cookies.declared.declarations import ANALYTICS, ANSWER

CMS = "/cms/"


class Consent:
    """Lets a page reach the other company where, and only where, its reader agreed and the page is counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if isinstance(response, HttpResponse) and is_page and not request.path.startswith(CMS):
            follow(request, response)
        return response


def follow(request: HttpRequest, response: HttpResponse) -> None:
    """Do what the standing of a request asks of its page."""
    standing = standing_of(request)
    if standing.question:
        patch_vary_headers(response, ["Sec-GPC"])
    if standing.counts and response.status_code == 200:
        open_to_the_other_company(response)
    if not standing.agreed:
        delete_what_needs_consent(request, response)
    if standing.question and standing.is_new and response.status_code == 200 and ANSWER not in response.cookies:
        keep(response, standing.answer, standing.question, new=False)


def open_to_the_other_company(response: HttpResponse) -> None:
    """Add to the page's Content Security Policy what the statistics need, and nothing else (django-csp)."""
    hosts = list(settings.ANALYTICS_HOSTS)
    opened = {"script-src": hosts[:1], "connect-src": hosts, "img-src": hosts}
    response._csp_update = opened  # type: ignore[attr-defined]


def delete_what_needs_consent(request: HttpRequest, response: HttpResponse) -> None:
    """Delete what an earlier yes has brought: it was taken back, or what was agreed to is asked no longer."""
    for name in request.COOKIES:
        if any(stored.is_named(name) for stored in ANALYTICS):
            response.delete_cookie(name)
