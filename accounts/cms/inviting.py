"""Inviting from the CMS: whoever was entered is written to at once, and again at the press of a button."""

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin import messages

from accounts.flows.inviting import LASTS, invite, may_invite
from accounts.flows.persons import PersonsRequest
from accounts.models import User
from accounts.second_factor.guard import may_enter_cms


def invite_whom_staff_entered(request: PersonsRequest, person: User) -> None:
    """After somebody was made in the CMS."""
    if may_invite(request.user, person):
        _invite(request, person)


def invite_again(request: PersonsRequest, pk: int) -> HttpResponse:
    """GET asks, POST does it.

    Raises:
        Http404: there is no such person.
        PermissionDenied: this member of staff may not invite that person, or the person can no longer be invited.
    """
    person = get_object_or_404(User, pk=pk)
    if not may_invite(request.user, person):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "accounts/cms/invite.html", {"person": person})
    _invite(request, person)
    return redirect("wagtailusers_users:index")


def _invite(request: PersonsRequest, person: User) -> None:
    address = reverse("accounts:invitation", args=[invite(person, by=request.user)])
    context = {
        "user": person,
        "by": request.user,
        "link": f"{settings.SITE_URL}{address}",
        "until": timezone.now() + LASTS,
        "enters_cms": may_enter_cms(person),
    }
    try:
        get_adapter(request).send_mail("account/email/invitation", person.email, context)
    except ImmediateHttpResponse:
        messages.error(
            request,
            gettext("The invitation to %(email)s could not be sent. The list of users has a button to send it again.")
            % {"email": person.email},
        )
    else:
        messages.success(
            request,
            gettext("An invitation was sent to %(email)s. Its link works for %(days)s days.")
            % {"email": person.email, "days": LASTS.days},
        )
