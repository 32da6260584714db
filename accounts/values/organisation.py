"""The organisation that runs the site. The setting that knows it stands above and registers here."""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from accounts.values.colours import DEFAULT, Palette


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is served; width and height in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who runs the site, and how it looks.

    Args:
        name: what people call it; never empty.
        legal_name: as the register of companies has it, where it is one.
        company_number: in that register.
        registered_office: its lines.
        registration: under which number the regulator of data protection knows it.
        address_lines: where letters go.
        phone: as people would dial it.
        email: where people can write to.
        sender: the address that our mails come from.
        colours: the shades of its colours.
        logo: stands for mark and name on light ground; `logo_dark` on dark ground.
        mark: a small square picture; there is always one.
        touch_icon: the same, larger, for the home screens of phones.
        picture: on the home page.
    """

    name: str
    legal_name: str = ""
    company_number: str = ""
    registered_office: tuple[str, ...] = ()
    registration: str = ""
    address_lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    sender: str = ""
    colours: Palette = DEFAULT
    logo: Picture | None = None
    logo_dark: Picture | None = None
    mark: Picture | None = None
    touch_icon: Picture | None = None
    picture: Picture | None = None

    @property
    def look(self) -> str:
        """Return a short name of what is drawn from name and colours; another look has another one."""
        return sha256(f"{self.name}\n{self.colours}".encode()).hexdigest()[:12]

    @property
    def from_address(self) -> str:
        """Return the bare address that mails come from."""
        return self.sender or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]

    @property
    def from_line(self) -> str:
        """Return the same with the name, as in a From: header."""
        return formataddr((self.name, self.from_address))


Teller = Callable[[], Organisation]
_tellers: Final[list[Teller]] = []


def know_organisation_by(teller: Teller) -> Teller:
    """Register who knows the organisation; the last one counts."""
    _tellers.append(teller)
    return teller


def organisation() -> Organisation:
    """Return who runs the site; by the name of its host where nobody has said so."""
    return _tellers[-1]() if _tellers else Organisation(str(settings.ORGANISATION_DOMAIN))


def organisations_name(*_: object, **__: object) -> str:
    """Return the name for those who call back, such as the authenticator app's and the passkey's settings.

    Settings are also shown where there is no database, or none yet: the name of the host does then.
    """
    try:
        return organisation().name
    except DatabaseError:
        return str(settings.ORGANISATION_DOMAIN)
