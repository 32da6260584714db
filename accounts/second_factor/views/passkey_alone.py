"""Signing in with a passkey alone: where it asked for a finger, a face or a PIN, it is two factors in one."""

from allauth.account.internal.flows.login import record_authentication  # nothing public keeps these records
from allauth.account.utils import get_next_redirect_url, perform_login
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp_webauthn import views as webauthn
from django_otp_webauthn.exceptions import CredentialDisabled, NotAuthenticated, OTPWebAuthnApiError
from django_otp_webauthn.models import AbstractWebAuthnCredential
from webauthn.helpers import base64url_to_bytes

from accounts.second_factor import signals
from accounts.second_factor.confirmation import PASSKEY
from accounts.second_factor.factors import Passkey
from accounts.second_factor.given_codes import given
from accounts.second_factor.passkeys import may_stand_alone
from accounts.second_factor.views.ceremonies import Beginning, Ceremony
from accounts.second_factor.views.passkeys import limited
from accounts.values.person import Person


class PasskeyRefused(OTPWebAuthnApiError):
    """The one answer to everything that is not right: it tells nobody which passkeys and accounts there are."""

    status_code, default_code = 403, "passkey_refused"
    default_detail = _("This passkey was not accepted. Sign in with your e-mail address and password instead.")


class Alone(Ceremony):
    """No user is known yet, so django-otp-webauthn requires user verification and names no passkey."""

    purpose = "alone"

    def get_user(self) -> None:
        return None

    def check_can_authenticate(self) -> None:
        """Raises: NotAuthenticated: somebody is signed in already."""
        if self.request.user.is_authenticated:
            raise NotAuthenticated(gettext("You are signed in already. Reload the page to carry on."))


@limited
class BeginAlone(Alone, Beginning, webauthn.BeginCredentialAuthenticationView):
    pass


@limited
class CompleteAlone(Alone, webauthn.CompleteCredentialAuthenticationView):
    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        """Raises: PasskeyRefused: the passkey was not accepted, for whatever reason."""
        try:
            return super().post(*args, **kwargs)
        except OTPWebAuthnApiError as refused:
            user = self.whose_it_claims_to_be()
            signals.factor_refused.send(Passkey, request=self.request, user=user, device=None)
            raise PasskeyRefused from refused

    def get_state(self) -> dict[str, object]:
        """Make sure that the passkey was asked to verify its user, whatever a session may hold."""
        state = super().get_state()
        return state | {"require_user_verification": True}

    def check_device_usable(self, device: AbstractWebAuthnCredential) -> None:
        """Check the passkey only: allauth checks whether the account is active, as after a password.

        Raises:
            CredentialDisabled: this passkey may not stand in for the password.
        """
        handle = self.request.data["response"].get("userHandle") or ""
        if not may_stand_alone(device, base64url_to_bytes(handle)):
            raise CredentialDisabled

    def complete_auth(self, device: AbstractWebAuthnCredential) -> None:
        user = device.user
        user.otp_device = device
        given(self.request, user, device)
        record_authentication(self.request, user, method=PASSKEY)
        onward = get_next_redirect_url(self.request)
        self.response = perform_login(self.request, user, redirect_url=onward)

    def get_success_url(self) -> str:
        """Return where allauth leads: on, or to a page that says what is missing; a page of its own has no address."""
        return self.response.headers.get("Location") or reverse("account_login")

    def whose_it_claims_to_be(self) -> Person | None:
        try:
            name = base64url_to_bytes(self.request.data["rawId"])
            return Passkey.get_by_credential_id(name).user
        except (Passkey.DoesNotExist, ValueError, TypeError, KeyError, AttributeError):
            return None
