"""The page behind the link in an invitation: the person chooses a password, then signs in."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.flows.inviting import BadLink, accept, invited_by
from accounts.flows.origins import origin_of
from accounts.forms.entrance import InvitationForm
from accounts.second_factor.guard import may_enter_cms


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables("token")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks for a password, POST sets it. Looking uses nothing up: some mail programs follow every link."""
    try:
        person = invited_by(token)
        form = InvitationForm(request.POST or None, user=person)
        if request.method == "POST" and form.is_valid():
            accept(token, form.cleaned_data["password1"], origin_of(request))
            return _to_sign_in(request, "wagtailadmin_home" if may_enter_cms(person) else "accounts:overview")
    except BadLink:
        return render(request, "accounts/invitation_bad_link.html", status=410)
    return render(request, "accounts/invitation.html", {"form": form, "person": person})


def _to_sign_in(request: HttpRequest, then: str) -> HttpResponse:
    logout(request)
    messages.success(request, gettext("Your password is set. Sign in with it now."))
    return redirect(f"{reverse('account_login')}?next={reverse(then)}")
