"""django-otp-webauthn's ceremonies for a second step, finished by allauth's sign-in or re-authentication."""

import json

from allauth.account.decorators import reauthentication_required
from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ReauthenticationRequired
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_otp_webauthn import views as webauthn
from django_otp_webauthn.exceptions import NotAuthenticated, OTPWebAuthnApiError, UnprocessableEntity
from django_otp_webauthn.models import AbstractWebAuthnCredential

from accounts.second_factor import signals
from accounts.second_factor.enrolling import welcome
from accounts.second_factor.factors import Passkey
from accounts.second_factor.given_codes import given
from accounts.second_factor.passkeys import adding, note_given, work_here
from accounts.second_factor.stage import SecondFactorStage
from accounts.second_factor.views.before_changing import changes_a_factor
from accounts.second_factor.views.ceremonies import ADDING, Beginning, Ceremony
from accounts.values.person import Person, person_of

limited = method_decorator(rate_limit(action="login"), name="dispatch")


class ReauthenticationNeeded(OTPWebAuthnApiError):
    status_code, default_code = 403, "reauthentication_required"
    default_detail = _("For this, confirm that it is you first: reload the page and enter your password.")


@method_decorator(changes_a_factor, name="dispatch")
class AddPasskey(TemplateView):
    template_name = "second_factor/add_passkey.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        known = {"passkey_config": adding(self.request), "work_here": work_here(self.request)}
        return super().get_context_data(site_url=settings.SITE_URL, **known, **kwargs)


class Registration(Ceremony):
    """Answers in JSON where the decorator of the pages would redirect."""

    purpose, state_name = "add", ADDING

    def check_can_register(self) -> None:
        """Raises: ReauthenticationNeeded: the user has not confirmed recently enough who they are."""
        try:
            reauthentication_required(lambda request: None)(self.request)
        except ReauthenticationRequired as refused:
            raise ReauthenticationNeeded from refused


@limited
class BeginAdding(Registration, Beginning, webauthn.BeginCredentialRegistrationView):
    pass


@limited
class CompleteAdding(Registration, webauthn.CompleteCredentialRegistrationView):
    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        """Keep the new passkey, give it a name and tell its owner.

        Raises:
            UnprocessableEntity: the passkey is in use already, or its answer is malformed.
        """
        try:
            response = super().post(*args, **kwargs)
        except IntegrityError as known:  # somebody has this passkey already
            raise UnprocessableEntity(detail=gettext("This passkey is in use already.")) from known
        device = Passkey.objects.get(pk=json.loads(response.content)["id"])
        device.name = "Passkey"
        device.save(update_fields=["name"])
        welcome(self.request, "passkey", device)
        return response


class Giving(Ceremony):
    """As a second step, a passkey is asked for only from somebody who is known by their password."""

    def get_user(self) -> Person | None:
        """Raises: NotImplementedError: the view does not say whose passkey it asks for."""
        raise NotImplementedError

    def check_can_authenticate(self) -> None:
        """Raises: NotAuthenticated: nobody is signed in or signing in, or the account is not active."""
        user = self.get_user()
        if user is None or not user.is_active:
            raise NotAuthenticated(
                gettext("Your sign-in was not finished in time, or has ended. Please sign in again.")
            )


class Completing(Giving):
    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return super().post(*args, **kwargs)
        except OTPWebAuthnApiError:
            signals.factor_refused.send(Passkey, request=self.request, user=self.get_user(), device=None)
            raise


class AtSignIn(Giving):
    purpose = "sign in"

    def initial(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        self.stage = LoginStageController.enter(request, SecondFactorStage.key)
        super().initial(request, *args, **kwargs)

    def get_user(self) -> Person | None:
        return self.stage.login.user if self.stage else None


@limited
class BeginAtSignIn(AtSignIn, Beginning, webauthn.BeginCredentialAuthenticationView):
    pass


@limited
class CompleteAtSignIn(AtSignIn, Completing, webauthn.CompleteCredentialAuthenticationView):
    def complete_auth(self, device: AbstractWebAuthnCredential) -> None:
        user = self.stage.login.user
        user.otp_device = device
        given(self.request, user, device)
        self.response = self.stage.exit()

    def get_success_url(self) -> str:
        return self.response["Location"]


class AtReauthentication(Giving):
    purpose = "reauthenticate"

    def get_user(self) -> Person | None:
        return person_of(self.request) if self.request.user.is_authenticated else None


@limited
class BeginAtReauthentication(AtReauthentication, Beginning, webauthn.BeginCredentialAuthenticationView):
    pass


@limited
class CompleteAtReauthentication(AtReauthentication, Completing, webauthn.CompleteCredentialAuthenticationView):
    def complete_auth(self, device: AbstractWebAuthnCredential) -> None:
        note_given(self.request, device)
        given(self.request, person_of(self.request), device)
        messages.success(self.request, gettext("Your passkey was accepted. Now enter your password."))

    def get_success_url(self) -> str:
        onward = get_next_redirect_url(self.request)
        return reverse("account_reauthenticate") + ("?" + urlencode({"next": onward}) if onward else "")
