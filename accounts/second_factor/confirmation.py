"""Recent confirmations of identity: a finished sign-in is one, for as long as a confirmation lasts."""

import time

from allauth.account import app_settings
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from django.http import HttpRequest
from django_otp import DEVICE_ID_SESSION_KEY, user_has_device

from accounts.values.person import Person

PASSWORD, PASSKEY = "password", "passkey"


def count_sign_in(request: HttpRequest, user: Person) -> None:
    """Count a sign-in as a confirmation if it asked for everything the person has (ASVS 5.0, 7.5.1).

    The minutes run from the moment of the password or passkey, however long the second step took.
    A session that began in another way, such as by confirming an address, does not count.
    """
    records = get_authentication_records(request, user)
    proofs = [record for record in records if record["method"] in {PASSWORD, PASSKEY}]
    was_whole = DEVICE_ID_SESSION_KEY in request.session or not user_has_device(user)
    if proofs and was_whole:
        proofs[-1]["reauthenticated"] = True
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records


def gave_password_just_now(request: HttpRequest, user: Person) -> bool:
    """Return whether the newest confirmation that still counts was made with the password."""
    counting = [record for record in get_authentication_records(request, user) if record.get("reauthenticated")]
    if not counting or counting[-1]["method"] != PASSWORD:
        return False
    return time.time() - counting[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
