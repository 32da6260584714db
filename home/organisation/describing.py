"""Says what the setting holds in the words of the rooms below."""

from dataclasses import replace

from django.conf import settings
from django.urls import reverse

from accounts.values import organisation as values
from accounts.values.colours import palette
from accounts.values.organisation import Picture
from home.organisation.models import Organisation, lines_of
from home.organisation.pictures import PICTURES, TOUCH_ICON, picture_of

DRAWN = 64  # pixels


def describe(row: Organisation | None) -> values.Organisation:
    """Return who runs the site; what nobody has said is made up from the host's name and our own colours."""
    found = _said(row) if row else values.Organisation(host_name())
    if found.mark:
        return found
    return replace(found, mark=Picture(reverse("drawn_mark", args=[found.look]), DRAWN, DRAWN))


def host_name() -> str:
    return str(settings.ORGANISATION_DOMAIN)


def _said(row: Organisation) -> values.Organisation:
    return values.Organisation(
        name=row.name or host_name(),
        legal_name=row.legal_name,
        company_number=row.company_number,
        registered_office=lines_of(row.registered_office),
        registration=row.registration,
        address_lines=row.address_lines,
        phone=row.phone,
        email=row.email,
        sender=row.sender,
        touch_icon=picture_of(row.mark, TOUCH_ICON),
        colours=palette(row.colour, row.second_colour),
        **{field: picture_of(getattr(row, field), spec) for field, spec in PICTURES.items()},
    )
