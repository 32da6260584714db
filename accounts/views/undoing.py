"""The page on which the owner of an old address undoes its change, by the link in the mail."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.flows.closing_mails import send_mail_of
from accounts.flows.origins import origin_of
from accounts.flows.undoing import CannotUndo, Why, find_change, undo
from accounts.flows.unsubscribe_links import masked
from accounts.forms import ResetPasswordForm
from accounts.models import DetailChange, User

GONE, UNKNOWN = 410, 404


@require_http_methods(("GET", "HEAD", "POST"))
@sensitive_variables("token")
def undo_change(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST does it: mail scanners open every link."""
    try:
        change = find_change(token)
        if request.method == "POST":
            return _undo(request, change)
    except CannotUndo as refused:
        status = UNKNOWN if refused.why is Why.UNKNOWN else GONE
        return render(request, "accounts/undo/refused.html", {"why": refused.why}, status=status)
    return render(request, "accounts/undo/ask.html", {"change": change, "address": masked(change.old)})


def _undo(request: HttpRequest, change: DetailChange) -> HttpResponse:
    person = undo(change, origin_of(request))
    if request.user.pk == person.pk:
        logout(request)
    _tell(request, person)
    return render(
        request, "accounts/undo/done.html", {"address": masked(person.email), "can_sign_in": person.is_active}
    )


def _tell(request: HttpRequest, person: User) -> None:
    """Mail the way to a new password; the link alone chooses none, as others may have seen it."""
    for closing in person.closings.untold():
        send_mail_of(closing.pk)
    form = ResetPasswordForm({"email": person.email})
    if form.is_valid():
        form.save(request)
