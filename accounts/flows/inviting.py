"""The rules of inviting: somebody whom staff entered sets the first password by a link in a mail.

The link says who and until when, and is bound to the account having no password yet; nothing else is stored for it.
"""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from wagtail.log_actions import log

from accounts.flows.origins import Origin
from accounts.flows.security_events import record_event
from accounts.models import SecurityEvent, User

LOG_ACTION = "accounts.invite"
SALT = "accounts.inviting"
LASTS = dt.timedelta(days=7)


class BadLink(Exception):
    """The link is not ours or not whole, too old, replaced by a newer one, or was used."""


def may_invite(helper: User, person: User) -> bool:
    """Whether one may invite the other: who may enter people, and administrators by administrators only."""
    may = helper.has_perm("accounts.add_user") and helper.has_perm("accounts.change_user")
    return may and waits(person) and (helper.is_superuser or not person.is_superuser)


@transaction.atomic
def invite(person: User, by: User) -> str:
    """Write down that the person is invited, and return the token for `/account/invitation/<token>/`.

    Earlier links to the same person stop working. The caller has asked `may_invite`, and sends the mail afterwards.
    """
    person.set_unusable_password()  # another one than before
    person.save(update_fields=["password"])
    record_event(SecurityEvent.Kind.INVITED, person)
    log(instance=person, action=LOG_ACTION, user=by)
    return _signer().sign(f"{person.pk}.{_fingerprint(person)}")


def invited_by(token: str) -> User:
    """Return whom the link invites.

    Raises:
        BadLink: it does not work, or not any more.
    """
    try:
        number, _, fingerprint = _signer().unsign(token, max_age=LASTS).partition(".")
        person = User.objects.filter(pk=int(number)).first()
    except (BadSignature, ValueError) as error:
        raise BadLink from error
    if person is None or not waits(person) or not constant_time_compare(fingerprint, _fingerprint(person)):
        raise BadLink
    return person


@transaction.atomic
def accept(token: str, password: str, origin: Origin) -> User:
    """Give the invited person the password. The link came by mail, so the address is theirs.

    Args:
        token: of the link.
        password: checked by the form.
        origin: from roughly where.

    Raises:
        BadLink: it does not work, or not any more; of two at once the second does not.
    """
    invited = invited_by(token)
    person = User.objects.select_for_update().get(pk=invited.pk)
    if person.password != invited.password:
        raise BadLink
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.filter(user=person).exclude(email=person.email).update(primary=False)
    proved = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults=proved)
    record_event(SecurityEvent.Kind.INVITATION_ACCEPTED, person, origin)
    return person


def waits(person: User) -> bool:
    """Whether the person can still be invited: active, without a password. Wagtail makes people with an empty one."""
    return person.is_active and (not person.password or person.password.startswith(UNUSABLE_PASSWORD_PREFIX))


def _fingerprint(person: User) -> str:
    return salted_hmac(SALT, f"{person.password} {person.email}", algorithm="sha256").hexdigest()[:32]


def _signer() -> TimestampSigner:
    return TimestampSigner(salt=SALT)
