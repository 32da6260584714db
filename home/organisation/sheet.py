"""The style sheet that every page begins with: the site's own and the shades of its colours, in one."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from accounts.values.organisation import Organisation
from home.organisation.drawing import shades_of

OWN: Final = "css/site.css"
COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
# As `var(--own-main,#1f4e79)`: what stands behind the comma is for pages that know no organisation.
OF_ORGANISATION: Final = re.compile(r"var\(--(own[\w-]*),#\w+\)")
STRING: Final = re.compile(r'("[^"]*")')


def address_of(organisation: Organisation) -> str:
    """Return where the sheet is: another look, or another sheet of ours, has another address."""
    return reverse("style_sheet", args=[name_of(organisation)])


def name_of(organisation: Organisation) -> str:
    return f"{organisation.look}-{sha256(_own().encode()).hexdigest()[:12]}"


def whole_sheet(organisation: Organisation) -> str:
    """Return the sheet with the organisation's shades in the places of our own."""
    shades = shades_of(organisation)
    return OF_ORGANISATION.sub(lambda found: shades[found[1]], _own())


def _own() -> str:
    return _read() if settings.DEBUG else _read_once()


@cache
def _read_once() -> str:
    return _read()


def _read() -> str:
    return shortened(Path(str(finders.find(OWN))).read_text())


def shortened(css: str) -> str:
    """Return a sheet without comments and blanks that say nothing; what stands in quotation marks stays."""
    parts = STRING.split(COMMENT.sub("", css))
    parts[::2] = [_without_blanks(part) for part in parts[::2]]
    return "".join(parts).strip()


def _without_blanks(css: str) -> str:
    css = re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", css))
    return css.replace(": ", ":").replace(";}", "}")
