"""Says who is responsible for the data, as the templates know it, and who watches over that."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.values.regulator import Regulator, regulator_on


@dataclass(frozen=True, slots=True)
class Controller:
    name: str
    contact: tuple[str, ...]
    regulator: Regulator


def controller() -> Controller:
    """Return the organisation and how to reach it; without a request, as a command has none."""
    text = render_to_string("accounts/data/archive/controller.txt", {}, HttpRequest())
    name, *contact = (line.strip() for line in text.splitlines())
    return Controller(
        name or settings.SITE_NAME,
        tuple(filter(None, contact)) or (settings.SITE_URL,),
        regulator_on(timezone.localdate()),
    )
