"""What people give as their e-mail address, as a mail server wants it. Pure."""

import re
from dataclasses import dataclass

import idna

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3: a path of 256 with its brackets
LONGEST_LOCAL_PART = 64
# RFC 5321 with RFC 6531: words of these letters, and of all outside of ASCII, joined by dots …
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+"
DOT_ATOM = re.compile(rf"{ATOM}(?:\.{ATOM})*")
# … or anything in quotes. The pointed brackets are legal there, but they end the address in too many servers.
QUOTED = re.compile(r'"(?:[^"\\<>]|\\[^<>])*"')
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"{LABEL}(?:\.{LABEL})*", re.ASCII)


class AddressRefused(ValueError):
    """No mail can be sent to this address; the message says why. It never repeats the address."""


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address for MAIL and RCPT: its domain in ASCII. `needs_smtputf8`: only some servers take it (RFC 6531)."""

    envelope: str
    needs_smtputf8: bool


def read_address(text: str) -> MailAddress:
    """Return the address of an envelope. Raises AddressRefused with the reason if there is none."""
    local, at, domain = text.strip(" ").rpartition("@")
    if not at:
        raise AddressRefused("The address has no @.")
    if len(domain) > LONGEST_ADDRESS:
        raise AddressRefused("The address is too long.")
    _check_local_part(local)
    envelope = f"{local}@{_ascii_domain(domain)}"
    if len(envelope.encode()) > LONGEST_ADDRESS:
        raise AddressRefused("The address is too long.")
    return MailAddress(envelope, not local.isascii())


def _check_local_part(local: str) -> None:
    if not local:
        raise AddressRefused("The address has nothing before the @.")
    if not local.isprintable():
        raise AddressRefused("The address has an invisible character before the @.")
    if len(local.encode()) > LONGEST_LOCAL_PART:
        raise AddressRefused("The address has more than 64 bytes before the @.")
    if not DOT_ATOM.fullmatch(local) and not QUOTED.fullmatch(local):
        raise AddressRefused("The address has a character before the @ that is not allowed there.")


def _ascii_domain(domain: str) -> str:
    """Return the domain in ASCII by UTS 46 and IDNA 2008: the older IDNA 2003 turns straße.de into another domain."""
    if domain.startswith("["):
        raise AddressRefused("The address names a computer by its number instead of a domain.")
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except ValueError:  # idna.IDNAError, and what it raises for letters that Python does not know
            raise AddressRefused("The domain of the address is not one that can exist.") from None
    domain = domain.lower()
    if not DOMAIN.fullmatch(domain):
        raise AddressRefused("The domain of the address is not one that can exist.")
    return domain
