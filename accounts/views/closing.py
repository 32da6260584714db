"""The pages on which people close their account, and take that back by the link in the mail."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.flows.administrators import LastSuperuser, is_last_superuser
from accounts.flows.closing import (
    TooLate,
    ask_to_close,
    take_back,
    tell,
    what_happens,
)
from accounts.flows.closing_mails import read_take_back_token
from accounts.flows.links import BadLink
from accounts.flows.persons import PersonsRequest
from accounts.models import ClosingRequest

LOOK_OR_ACT = ("GET", "HEAD", "POST")


@require_http_methods(LOOK_OR_ACT)
@login_required
@reauthentication_required(allow_get=True)
def close(request: PersonsRequest) -> HttpResponse:
    """Looking is free; closing asks for the password, and the second factor of who has one (ASVS 5.0, 7.5.1)."""
    if request.method == "POST":
        return _close(request)
    context = {
        "what": what_happens(request.user),
        "days": settings.CLOSING_COOLING_OFF.days,
        "is_last_superuser": is_last_superuser(request.user),
    }
    return render(request, "accounts/closing/close.html", context)


def _close(request: PersonsRequest) -> HttpResponse:
    try:
        closing = ask_to_close(request.user)
    except LastSuperuser:
        return redirect("accounts:close")
    logout(request)
    tell(closing)
    return redirect("accounts:close_asked")


def asked(request: HttpRequest) -> HttpResponse:
    """What comes next. The same for everybody: it says nothing about who asked."""
    return render(request, "accounts/closing/asked.html", {"days": settings.CLOSING_COOLING_OFF.days})


@require_http_methods(LOOK_OR_ACT)
@sensitive_variables("token")
def open_again(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST does it: mail scanners open every link."""
    closing = _find(token)
    if closing is None or not closing.is_open:
        state = closing.state if closing else "unknown"
        return render(request, "accounts/closing/too_late.html", {"state": state}, status=410 if closing else 404)
    if closing.opened_by_staff_only:
        return render(request, "accounts/closing/only_staff.html", status=403)
    if request.method != "POST":
        return render(request, "accounts/closing/take_back.html", {"closing": closing})
    try:
        tell(take_back(closing))
    except TooLate:
        return redirect("accounts:take_back", token=token)
    return render(request, "accounts/closing/taken_back.html", {"can_sign_in": closing.was_active})


def _find(token: str) -> ClosingRequest | None:
    try:
        return ClosingRequest.objects.filter(pk=read_take_back_token(token)).first()
    except BadLink:
        return None
