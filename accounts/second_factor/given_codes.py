"""Is this code right? One question, asked in the same way at sign-in, before a change and while setting up an app."""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django_otp import verify_token
from django_otp.models import Device

from accounts.second_factor import signals
from accounts.second_factor.mails import tell
from accounts.second_factor.models import RecoveryDevice
from accounts.values.person import Person
from accounts.values.wording import wait_in_words


class CodeRefused(Exception):
    """The code is not accepted; the text says why and what to do."""


WRONG_APP_CODE = _(
    "That code is not right, or it has been used already. "
    "Each code is good once and for 30 seconds: wait for the next one and enter that."
)
WRONG_RECOVERY_CODE = _("That recovery code is not right, or it has been used already.")


@sensitive_variables("code")
def verify(request: HttpRequest, user: Person, device_id: str, code: str) -> Device:
    """Use up a code of a confirmed device, and signal whether it was right.

    Args:
        request: for those who listen to the signals.
        user: whose device it has to be.
        device_id: its `persistent_id`.
        code: as typed; spaces do not matter.

    Raises:
        CodeRefused: wrong, used before, or too many tries.
    """
    try:
        device = check(user, device_id, code)
    except CodeRefused:
        asked = Device.from_persistent_id(device_id)
        signals.factor_refused.send(type(asked), request=request, user=user, device=asked)
        raise
    given(request, user, device)
    return device


@sensitive_variables("code")
def check(user: Person, device_id: str, code: str) -> Device:
    """Use up a code and return the device that took it; like `verify`, but without a signal.

    django-otp locks the device's row: of simultaneous tries with one code, one is right.

    Raises:
        CodeRefused: wrong, used before, or too many tries.
    """
    asked = Device.from_persistent_id(device_id)
    if wait := wait_before_next_try(asked):
        raise CodeRefused(
            gettext("Too many wrong codes. Wait %(wait)s, then enter a new code.") % {"wait": wait_in_words(wait)}
        )
    device = verify_token(user, device_id, "".join(code.split()))
    if device is None:
        raise CodeRefused(refusal(asked))
    return device


def given(request: HttpRequest, user: Person, device: Device) -> None:
    """Signal that a factor was given. Recovery codes are rare, and useful to thieves, so the owner gets a mail."""
    if not isinstance(device, RecoveryDevice):
        signals.factor_given.send(type(device), request=request, user=user, device=device)
        return
    signals.recovery_code_used.send(type(device), request=request, user=user, device=device)
    tell(user, "recovery_code_used", left=device.codes.count())


def refusal(device: Device | None) -> str:
    """Say that the code was wrong and, if it is more than a second, how long to wait."""
    text = WRONG_RECOVERY_CODE if isinstance(device, RecoveryDevice) else WRONG_APP_CODE
    wait = wait_before_next_try(device and Device.from_persistent_id(device.persistent_id))
    return (
        gettext("%(text)s Before the next try, wait %(wait)s.") % {"text": text, "wait": wait_in_words(wait)}
        if wait > dt.timedelta(seconds=1)
        else str(text)
    )


def wait_before_next_try(device: Device | None) -> dt.timedelta:
    """Return how long the device refuses codes after wrong ones: 1, 2, 4, 8 … seconds, until one is right."""
    allowed, reason = device.verify_is_allowed() if device is not None else (True, None)
    if allowed or not reason:
        return dt.timedelta(0)
    return max(reason["locked_until"] - timezone.now(), dt.timedelta(0))
