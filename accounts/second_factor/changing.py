"""The rules that add, rename and remove second factors. They lock the person's row, so that two tabs take turns."""

import datetime as dt

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django_otp import devices_for_user
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.second_factor.ending_sessions import end_sessions
from accounts.second_factor.factors import Factor, Passkey, factors_of
from accounts.second_factor.models import RecoveryDevice
from accounts.values.person import Person

# How long an unconfirmed key is shown again, so that reloading the page does not ask to scan anew.
KEY_OFFERED_FOR = dt.timedelta(hours=1)


class NothingToRecover(Exception):
    """Recovery codes were asked for by somebody who has neither an authenticator app nor a passkey."""


def offer_app(user: Person) -> TOTPDevice:
    """Return an unconfirmed app, which locks nobody out.

    One code at a time is good, for its 30 seconds (tolerance 0: ASVS 5.0, 6.5.5), from the first: a drift learnt
    while confirming would otherwise stay, and refuse every later code of a phone whose clock is right.
    """
    offered = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("-pk")
    fresh = offered.filter(created_at__gte=timezone.now() - KEY_OFFERED_FOR).first()
    return fresh or TOTPDevice.objects.create(
        user=user, name=gettext("Authenticator app"), confirmed=False, tolerance=0
    )


@transaction.atomic
def confirm_app(device: TOTPDevice, name: str) -> None:
    """Make the app a factor after its first right code, and delete other keys that were only shown."""
    device.confirmed, device.name = True, name
    device.save(update_fields=["confirmed", "name"])
    TOTPDevice.objects.filter(user=device.user, confirmed=False).delete()


def rename(factor: Factor, name: str) -> None:
    factor.device.name = name
    factor.device.save(update_fields=["name"])


@transaction.atomic
def make_recovery_codes(user: Person) -> list[str]:
    """Replace the person's recovery codes and return the new ones. They cannot be shown again.

    Raises:
        NothingToRecover: there is no factor that the codes could stand in for.
    """
    _lock(user)
    if not factors_of(user):
        raise NothingToRecover
    # The row stays: a session that was verified by a code stays verified.
    device, _ = RecoveryDevice.objects.get_or_create(user=user, defaults={"name": "Recovery codes"})
    return device.generate()


def note_codes_kept(user: Person, made_at: dt.datetime) -> bool:
    """Note that the person has kept the codes made at that moment. Returns whether those still count."""
    return RecoveryDevice.objects.filter(user=user, made_at=made_at).update(kept_at=timezone.now()) == 1


def make_first_recovery_codes(user: Person) -> list[str]:
    """Return new codes if the person has no set yet, and an empty list otherwise."""
    return [] if RecoveryDevice.objects.filter(user=user).exists() else make_recovery_codes(user)


def make_second_step_only(user: Person, since: dt.datetime) -> int:
    """Keep passkeys added since a moment from replacing the password: somebody else may have added them.

    They stay as a second step, so that nothing leads round one that the person added. Returns how many there were.
    """
    return Passkey.objects.filter(user=user, created_at__gte=since).update(discoverable=False)


@transaction.atomic
def remove(factor: Factor) -> bool:
    """Remove a factor and return whether it was the last; the recovery codes go with the last."""
    _lock(factor.device.user)
    factor.device.delete()
    if factors_of(factor.device.user):
        return False
    _delete_all(factor.device.user)
    return True


@transaction.atomic
def reset(user: Person) -> int:
    """Remove every factor of somebody who lost theirs, end all their sessions, and return how many factors there were.

    For staff. The caller has made sure who asks, writes it down and tells the person by mail.
    """
    _lock(user)
    count = len(factors_of(user))
    _delete_all(user)
    end_sessions(user)
    return count


def _delete_all(user: Person) -> None:
    for device in list(devices_for_user(user, confirmed=None)):
        device.delete()


def _lock(user: Person) -> None:
    get_user_model()._default_manager.select_for_update().get(pk=user.pk)
