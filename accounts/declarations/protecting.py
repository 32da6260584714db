"""The second step at sign-in: apps, passkeys and recovery codes."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.register import (
    AS_LONG_AS_THE_ACCOUNT,
    ByPerson,
    Column,
    Erasure,
    Kind,
    LawfulBasis,
    Retention,
    Subject,
)

UNTIL_REMOVED: Final = Retention(
    _("Until you remove it or close your account"), enforced_by="you, or closing the account"
)
WHY: Final = _("So that somebody who has your password still cannot sign in.")
SECRET: Final = _("Who has it can make your codes")
NAMED: Final = (
    Column("name", _("What it is called")),
    Column("confirmed", _("Whether it is in use")),
    Column("created_at", _("When it was set up")),
    Column("last_used_at", _("When it was used last")),
)
THROTTLED: Final = (
    Column("throttling_failure_timestamp", _("When a wrong code was entered last")),
    Column("throttling_failure_count", _("How many wrong codes were entered since the last right one")),
)


def in_letters(name: str) -> Callable[[object, Subject], str]:
    """Export bytes as text."""
    return lambda row, subject: urlsafe_b64encode(bytes(getattr(row, name))).decode()


APPS = Kind(
    key="authenticator-apps",
    title=_("Authenticator apps"),
    model="otp_totp.TOTPDevice",
    what=_("The apps that make codes for you, with the secret the codes are made of."),
    why=WHY,
    basis=LawfulBasis.CONTRACT,
    retention=UNTIL_REMOVED,
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    columns=(
        *NAMED,
        *THROTTLED,
        Column("drift", _("By how much the clock of your app is wrong")),
        Column("last_t", _("Which time the last code was for")),
        Column("key", _("The secret that your codes are made of"), exported=False, why_not=SECRET),
    ),
    free=("step", "t0", "digits", "tolerance"),
)

PASSKEYS = Kind(
    key="passkeys",
    title=_("Passkeys"),
    model="django_otp_webauthn.WebAuthnCredential",
    what=_("The passkeys and security keys you added. The secret part never leaves your device."),
    why=WHY,
    basis=LawfulBasis.CONTRACT,
    retention=UNTIL_REMOVED,
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    columns=(
        *NAMED,
        Column("credential_id", _("The passkey's own name, in letters"), value=in_letters("credential_id")),
        Column(
            "credential_id_sha256", _("A checksum of that, to find it by"), exported=False, why_not=_("It says no more")
        ),
        Column("public_key", _("The part of the passkey that everybody may know"), value=in_letters("public_key")),
        Column("aaguid", _("Which product keeps it")),
        Column("transports", _("How your device can reach it")),
        Column("sign_count", _("How often it was used, where it counts")),
        Column("discoverable", _("Whether your device finds it without being told who you are")),
        Column("backup_eligible", _("Whether it can be copied to other devices of yours")),
        Column("backup_state", _("Whether it was")),
    ),
    free=("credential_type",),
)

ATTESTATIONS = Kind(
    key="passkey-attestations",
    title=_("What your devices said of passkeys"),
    model="django_otp_webauthn.WebAuthnAttestation",
    what=_("What your device stated when a passkey was added, such as who made it."),
    why=WHY,
    basis=LawfulBasis.CONTRACT,
    retention=UNTIL_REMOVED,
    found_by=(ByPerson("credential__user"),),
    erasure=Erasure.DELETE,
    order=50,
    columns=(
        Column("fmt", _("The form of the statement")),
        Column("data", _("The statement, in letters"), value=in_letters("data")),
        Column("client_data_json", _("What your browser added, in letters"), value=in_letters("client_data_json")),
    ),
    free=("credential",),
)

HANDLES = Kind(
    key="passkey-handle",
    title=_("The number passkeys know you by"),
    model="django_otp_webauthn.WebAuthnUserHandle",
    what=_("A random number that your devices keep beside your passkeys instead of your name."),
    why=WHY,
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    columns=(Column("handle_hex", _("The number")),),
)

RECOVERY = Kind(
    key="recovery-codes",
    title=_("Recovery codes"),
    model="second_factor.RecoveryDevice",
    what=_("That you have recovery codes, since when, and when one was used."),
    why=_("So that you can sign in when you have lost your device."),
    basis=LawfulBasis.CONTRACT,
    retention=UNTIL_REMOVED,
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    columns=(
        *NAMED,
        *THROTTLED,
        Column("made_at", _("When the codes you have now were made")),
        Column("kept_at", _("When you said that you have kept them")),
    ),
)

CODES = Kind(
    key="unused-recovery-codes",
    title=_("Recovery codes not used yet"),
    model="second_factor.RecoveryCode",
    what=_("A hash of each code not used yet."),
    why=_("So that you can sign in when you have lost your device."),
    basis=LawfulBasis.CONTRACT,
    retention=UNTIL_REMOVED,
    found_by=(ByPerson("device__user"),),
    erasure=Erasure.DELETE,
    order=50,
    columns=(Column("hash", _("A hash of the code"), exported=False, why_not=_("The code cannot be read from it")),),
    free=("device",),
)

KINDS = (APPS, PASSKEYS, ATTESTATIONS, HANDLES, RECOVERY, CODES)
