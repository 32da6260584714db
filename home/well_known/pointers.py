"""Short addresses that lead to where the thing itself is."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.views import serve

from policies.versions.models import PolicyVersion

# The day on which this site began to honour the signal; it has to be said (GPC specification, section 3.2).
HONOURED_SINCE = "2026-11-26"


@require_safe
def to_policy(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Lead to a policy that people look for at the root; a page of an editor's at this address goes before it."""
    if PolicyVersion.objects.of(slug).exists():
        return redirect("policies:policy", slug)
    answer: HttpResponseBase = serve(request, f"{slug}/")
    return answer


@require_safe
def to_feed(request: HttpRequest) -> HttpResponseBase:
    return redirect("policies:feed", permanent=True)


@require_safe
def change_password(request: HttpRequest) -> HttpResponseBase:
    """Lead programs that keep passwords to the form (W3C, A Well-Known URL for Changing Passwords)."""
    return redirect("account_change_password")


@require_safe
def passkey_endpoints(request: HttpRequest) -> JsonResponse:
    """Say where passkeys are made and managed (W3C, Passkey Endpoints)."""
    made, managed = reverse("second_factor:passkey_add"), reverse("accounts:security")
    return JsonResponse({"enroll": settings.SITE_URL + made, "manage": settings.SITE_URL + managed})


@require_safe
def gpc(request: HttpRequest) -> JsonResponse:
    """Say that the site honours the signal not to sell or share (Global Privacy Control, section 3.2)."""
    return JsonResponse({"gpc": True, "lastUpdate": HONOURED_SINCE})
