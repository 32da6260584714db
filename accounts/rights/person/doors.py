"""The two ways to the page of a request: signed in, or by the signed link of a mail. Behind them it is one page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from accounts.flows.persons import PersonsRequest
from accounts.rights.asking.limits import LIMITS
from accounts.rights.mails.links import FOLLOWING, BadLink, EndedLink, is_in_an_account
from accounts.rights.models import RightsRequest, State
from accounts.rights.moves import By

P = ParamSpec("P")
# Whoever has the link is let in: nobody may keep it, find it, or pass it on by a referrer.
HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True, slots=True)
class Door:
    """A request, who came to it, and by which way: its pages have their addresses from here."""

    case: RightsRequest
    by: By
    token: str = ""

    def url(self, name: str, *args: object) -> str:
        """Return the address of one of the request's pages."""
        if self.token:
            return reverse(f"data_rights:{name}", args=[self.token, *args])
        return reverse(f"rights:{name}", args=[self.case.reference, *args])


View = Callable[Concatenate[HttpRequest, Door, P], HttpResponseBase]


def own(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Open the page of a request to whoever is signed in and whose it is."""

    @login_required
    @wraps(view)
    def opened(request: PersonsRequest, reference: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        """Raises: Http404: no request of theirs has this reference."""
        found = RightsRequest.objects.confirmed().of(request.user).select_related("person")
        case = found.filter(reference=reference).first()
        if case is None:
            raise Http404("There is no such request in this account.")
        return view(request, Door(case, By.person(request.user)), *args, **kwargs)

    return opened


def followed(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Open it to whoever has the link. There is no session that could be misused, so no token against forgery."""

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not LIMITS.may(request, "page"):
            return marked(render(request, "429.html", status=429))
        try:
            case = FOLLOWING.read(token)
        except EndedLink:
            return marked(ended(request, token))
        except BadLink:
            return marked(bad_link(request))
        if is_in_an_account(case):
            return marked(render(request, "accounts/rights/in_account.html", {"case": case}))
        if case.state == State.UNCONFIRMED:
            return marked(bad_link(request))
        return marked(view(request, Door(case, By.person(), token), *args, **kwargs))

    return opened


def bad_link(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/rights/bad_link.html", status=404)


def ended(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "accounts/rights/ended_link.html", {"token": token}, status=410)


def marked(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
