"""What a person has: apps and passkeys, which are real factors, and recovery codes, which back them up."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django_otp import device_classes
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.utils import get_credential_model

from accounts.second_factor.models import RecoveryDevice
from accounts.values.person import Person
from accounts.values.wording import Words

Passkey = get_credential_model()
# The word in an address, the table, and the words for people.
KINDS: dict[str, tuple[type[Device], Words]] = {
    "app": (TOTPDevice, _("Authenticator app")),
    "passkey": (Passkey, _("Passkey")),
}
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Factor:
    """A confirmed authenticator app or passkey of somebody."""

    kind: str
    device: Device

    @property
    def label(self) -> str:
        return str(KINDS[self.kind][1])

    @property
    def name(self) -> str:
        return self.device.name or self.label


def factors_of(user: Person) -> list[Factor]:
    """Return the person's real factors by kind, the most recently used first."""
    return [Factor(kind, device) for kind in KINDS for device in _confirmed(kind, user)]


def who_have_a_factor(people: "QuerySet[M]") -> "QuerySet[M]":
    """Return those of some people who have a real factor."""
    have = (Exists(table.objects.filter(user=OuterRef("pk"), confirmed=True)) for table, _ in KINDS.values())
    return people.filter(reduce(or_, have))


def find_factor(user: Person, kind: str, pk: int) -> Factor | None:
    """Return the person's own factor of that kind and number, if there is one."""
    device = _confirmed(kind, user).filter(pk=pk).first() if kind in KINDS else None
    return Factor(kind, device) if device else None


def code_devices(user: Person) -> list[Device]:
    """Return the devices that take a code: the apps, then the recovery codes. A passkey takes none."""
    return [*_confirmed("app", user), *RecoveryDevice.objects.devices_for_user(user, confirmed=True)]


def has_device(user: Person) -> bool:
    """Return whether a person has any confirmed device: `django_otp.user_has_device` in one query for all kinds."""
    if user.is_anonymous:
        return False
    kinds = [kind.objects.devices_for_user(user, confirmed=True).values("pk") for kind in device_classes()]
    return kinds[0].union(*kinds[1:], all=True).exists()


def has_passkey(user: Person) -> bool:
    return _confirmed("passkey", user).exists()


def codes_left(user: Person) -> int:
    device = RecoveryDevice.objects.filter(user=user).first()
    return device.codes.count() if device else 0


def codes_kept(user: Person) -> bool:
    """Return whether the person said that they kept their codes. True for a person without codes."""
    return not RecoveryDevice.objects.filter(user=user, kept_at=None).exists()


def _confirmed(kind: str, user: Person) -> QuerySet[Device]:
    devices = KINDS[kind][0].objects.devices_for_user(user, confirmed=True)
    return devices.order_by(F("last_used_at").desc(nulls_last=True), "pk")
