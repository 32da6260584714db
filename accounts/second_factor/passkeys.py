"""What the pages and django-otp-webauthn's script need to know of passkeys, and the note that one was just given."""

import time

from allauth.account import app_settings
from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext
from django_otp.models import Device
from django_otp_webauthn.models import AbstractWebAuthnCredential
from django_otp_webauthn.models import WebAuthnUserHandle as UserHandle

from accounts.second_factor.factors import find_factor
from accounts.values.person import Person

GIVEN = "second_factor_passkey_given"


def confirming(request: HttpRequest, step: str) -> dict[str, str]:
    """Return what the script needs to ask for a passkey, at the step `give`, `reauthenticate` or `alone`."""
    return {
        "csrfToken": get_token(request),
        "nextFieldSelector": gettext("main input[name='next']"),
        "beginAuthenticationUrl": reverse(f"second_factor:passkey_{step}_begin"),
        "completeAuthenticationUrl": reverse(f"second_factor:passkey_{step}_complete"),
    }


def work_here(request: HttpRequest) -> bool:
    """Return whether browsers know our passkeys at this address: they are bound to a name, and never to a number."""
    host, name = request.get_host().partition(":")[0], settings.OTP_WEBAUTHN_RP_ID
    return host == name or host.endswith(f".{name}")


def adding(request: HttpRequest) -> dict[str, str]:
    """Return what the script needs to make a new passkey."""
    return {
        "csrfToken": get_token(request),
        "beginRegistrationUrl": reverse("second_factor:passkey_add_begin"),
        "completeRegistrationUrl": reverse("second_factor:passkey_add_complete"),
    }


def note_given(request: HttpRequest, device: Device) -> None:
    """Note in the session that a passkey was given, so that the confirmation needs only the password."""
    request.session[GIVEN] = {"at": time.time(), "passkey": device.pk}


def just_given(request: HttpRequest, user: Person) -> bool:
    """Return whether a passkey that the person still has was given within the time a re-authentication is good for."""
    note = request.session.get(GIVEN)
    if not note or time.time() - note["at"] > app_settings.REAUTHENTICATION_TIMEOUT:
        return False
    return find_factor(user, "passkey", note["passkey"]) is not None


def take_given(request: HttpRequest) -> None:
    """Delete the note: it is good for one confirmation."""
    request.session.pop(GIVEN, None)


def may_stand_alone(device: AbstractWebAuthnCredential, handle: bytes) -> bool:
    """Return whether a passkey that verified its user may stand in for the password as well.

    Not while there is no password to fall back on: the owner is then about to choose a new one, having shut somebody
    out. Nor one that the browser cannot find by itself, or that was made a second step only.

    Args:
        device: the passkey that signed.
        handle: the account for which the passkey says it was made; it must be the one it belongs to
            (WebAuthn Level 3, 7.2, step 6).
    """
    known = UserHandle.objects.filter(user=device.user_id, handle_hex=handle.hex()).exists()
    return known and device.confirmed and device.discoverable is not False and device.user.has_usable_password()
