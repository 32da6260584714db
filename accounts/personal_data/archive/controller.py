"""Says who is responsible for the data, and who watches over that."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from accounts.values.organisation import organisation
from accounts.values.regulator import Regulator, regulator_on


@dataclass(frozen=True, slots=True)
class Controller:
    name: str
    contact: tuple[str, ...]
    regulator: Regulator


def controller() -> Controller:
    """Return the organisation, by the name under which it is registered, and how to reach it."""
    known = organisation()
    contact = tuple(filter(None, (*known.address_lines, known.email, known.phone)))
    return Controller(
        known.legal_name or known.name, contact or (settings.SITE_URL,), regulator_on(timezone.localdate())
    )
