"""What happens after somebody added a factor, and how the key of an app is shown."""

import base64

import segno
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django_otp import login as verify_session
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.second_factor import signals
from accounts.second_factor.ending_sessions import end_other_sessions, renew_key
from accounts.second_factor.factors import KINDS
from accounts.second_factor.guard import gave_second_factor
from accounts.second_factor.mails import tell
from accounts.second_factor.models import in_groups
from accounts.values.person import person_of


def welcome(request: HttpRequest, kind: str, device: Device) -> None:
    """Verify this session by the new factor, give it a new key, end the others, and tell the person."""
    if not gave_second_factor(request.user):
        verify_session(request, device)
    renew_key(request)
    end_other_sessions(request)
    signals.factor_added.send(type(device), request=request, user=request.user, device=device)
    tell(person_of(request), "factor_added", label=KINDS[kind][1], name=device.name)


def qr(device: TOTPDevice) -> SafeString:
    """Return the key as a picture: inline and of shapes only, so that the content policy stays strict."""
    code = segno.make(device.config_url, error="m")
    picture = code.svg_inline(
        border=4, light="#fff", omitsize=True, title=gettext("QR code for your authenticator app")
    )
    return mark_safe(picture.replace("<svg ", '<svg width="240" height="240" ', 1))  # noqa: S308 (made by segno)


def key_in_groups(device: TOTPDevice) -> str:
    return in_groups(base64.b32encode(device.bin_key).decode())
