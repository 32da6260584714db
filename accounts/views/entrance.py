"""The page after signing up: to which address the mail went, and a button that sends it again."""

from allauth.account.models import Login
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.account.views import email_verification_sent
from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.models import User


def verification_sent(request: HttpRequest) -> HttpResponse:
    """allauth's own page, with the address. It is the one that was typed: the same for whoever has an account."""
    response = email_verification_sent(request)
    if stage := _stage(request):
        response.context_data["address"] = _address(stage.login)
    return response


@require_POST
@rate_limit(action="signup")
def send_again(request: HttpRequest) -> HttpResponse:
    """Send the mail of the sign-up or sign-in that waits in this browser; allauth sends one in three minutes."""
    if stage := _stage(request):
        stage.handle()
        messages.success(
            request, gettext("We have sent the e-mail again, unless we did so within the last three minutes.")
        )
    return redirect("account_email_verification_sent")


def _stage(request: HttpRequest) -> EmailVerificationStage | None:
    return LoginStageController.enter(request, EmailVerificationStage.key)


def _address(login: Login) -> str:
    return User.objects.normalize_email(login.user.email if login.user else login.email)
