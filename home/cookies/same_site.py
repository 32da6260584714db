"""Forms of public pages that need no cookie against forgery: the browser says from where a form was sent."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

View = Callable[[HttpRequest], HttpResponse]


def sent_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site.

    Every browser says so with `Sec-Fetch-Site` (Fetch Metadata) or `Origin` (RFC 6454); where neither is there, the
    address of the page before, which our pages let a browser tell this site, must be ours.
    """
    if said := request.headers.get("Sec-Fetch-Site"):
        return said == "same-origin"
    page = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        return urlsplit(page).netloc == request.get_host()
    except ValueError:  # a bracket that opens and does not close
        return False


def choosing(view: View) -> View:
    """Let a view take the choices of the page about cookies: posted, and from this site only."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def taking(request: HttpRequest) -> HttpResponse:
        if sent_from_here(request):
            return view(request)
        return render(request, "home/cookies/from_elsewhere.html", status=403)

    return taking


def page_before(request: HttpRequest, otherwise: str) -> str:
    """Return the address that the form names as its page, where that is one of this site."""
    return local_page(request.POST.get("next", ""), request) or otherwise


def local_page(address: str, request: HttpRequest) -> str:
    """Return an address if it is one of this site, and nothing otherwise."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours else ""
