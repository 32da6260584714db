"""What people do in a browser with their second factor."""

from django.urls import reverse
from django_otp.oath import TOTP

from accounts.second_factor.models import RecoveryDevice
from tests.making.people import PASSWORD, sign_in

GIVE = "/account/login/second-factor/"
HOME = "/account/security/second-factor/"
REAUTHENTICATE = "/account/reauthenticate/"


def code_now(device) -> str:
    """The digits the app shows now. It does not know which were used."""
    return str(TOTP(device.bin_key).token()).zfill(6)


def give(client, device, code):
    return client.post(GIVE, {"otp_device": device.persistent_id, "otp_token": code})


def sign_in_with_app(client, device):
    sign_in(client, device.user.email)
    return give(client, device, code_now(device))


def recovery_device(user) -> RecoveryDevice:
    return RecoveryDevice.objects.get(user=user)


def confirm_identity(client, device=None, code=None, password=PASSWORD, **fields):
    """Give the password and the second factor once more, as changes ask for."""
    if device is not None:
        fields |= {"otp_device": device.persistent_id, "otp_token": code or code_now(device)}
    return client.post(REAUTHENTICATE, {"password": password} | fields)


def who(client) -> str:
    return client.get("/whoami/").content.decode()


def address(name, *args) -> str:
    return reverse(f"second_factor:{name}", args=args)
