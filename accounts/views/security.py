"""The pages on which people see how their account is protected, and end sessions on other devices."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_change
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import list_usersessions
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.flows.origins import origin_of
from accounts.flows.persons import PersonsRequest
from accounts.flows.security_events import record_event
from accounts.flows.sessions import devices_of, in_order
from accounts.models import SecurityEvent
from accounts.second_factor.factors import codes_left, factors_of
from accounts.second_factor.guard import gave_second_factor

EVENTS_SHOWN = 50


@login_required
def security(request: PersonsRequest) -> HttpResponse:
    """Password, second step, devices and what happened lately."""
    user = request.user
    context = {
        "factors": factors_of(user),
        "codes_left": codes_left(user),
        "devices": devices_of(user),
        "events": user.security_events.all()[:EVENTS_SHOWN],
    }
    return render(request, "accounts/security.html", context)


def has_second_factor(request: PersonsRequest) -> bool:
    return gave_second_factor(request.user)


@login_required
@reauthentication_required(enabled=has_second_factor)
def change_password(request: PersonsRequest) -> HttpResponse:
    """allauth's own page, after a confirmation by people with a second factor. Nobody types one password twice."""
    return password_change(request)


@login_required
def sessions(request: PersonsRequest) -> HttpResponse:
    """allauth's own page, with this device first. Ending the others is urgent, so nothing more is asked for."""
    response = list_usersessions(request)
    if request.method == "POST":
        record_event(SecurityEvent.Kind.SESSION_ENDED, request.user, origin_of(request), "all other devices")
    elif hasattr(response, "context_data"):
        response.context_data["sessions"] = in_order(response.context_data["sessions"])
    return response


@require_POST
@login_required
def end_session(request: PersonsRequest, pk: int) -> HttpResponse:
    """End one session of one's own; somebody else's is not to be found."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        return redirect("account_logout")
    session.end()
    record_event(SecurityEvent.Kind.SESSION_ENDED, request.user, origin_of(request), session.user_agent)
    messages.success(request, gettext("The session on that device has ended."))
    return redirect("usersessions_list")
