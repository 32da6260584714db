"""The page on which staff reset a lost second factor. It stands under /cms/, so behind the guard."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from accounts.flows.helping import may_reset, reset_second_factor
from accounts.flows.persons import PersonsRequest
from accounts.models import User


@reauthentication_required
def reset(request: PersonsRequest, pk: int) -> HttpResponse:
    """GET asks, POST does it.

    Raises:
        Http404: there is no such person.
        PermissionDenied: this member of staff may not reset that person's second factor.
    """
    person = get_object_or_404(User, pk=pk)
    if not may_reset(request.user, person):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "accounts/cms/reset.html", {"person": person})
    reset_second_factor(person, by=request.user)
    get_adapter(request).send_notification_mail("account/email/second_factor_reset", person)
    messages.success(
        request,
        gettext("%(person)s can now sign in with the password alone, and is told so by e-mail.") % {"person": person},
    )
    return redirect("wagtailusers_users:index")
