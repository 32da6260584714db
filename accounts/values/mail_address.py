"""E-mail addresses: read as a mail server wants them, and spelled in one way for each mailbox."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import email_validator
from django.utils.translation import gettext
from email_validator import EmailNotValidError, ValidatedEmail, validate_email

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3: a path of 256 with its brackets
LONGEST_LOCAL_PART = 64  # bytes: RFC 5321, 4.5.3.1.1
# The library says the same of these, and takes ten times as long: a mail to everybody reads every address.
PLAIN = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")

# The office's own network may end in .local, and a site that is tried out writes to localhost.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()


class AddressRefused(ValueError):
    """No mail can be sent to this address; the message says why. It never repeats the address."""


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address for MAIL and RCPT: its domain in ASCII. `needs_smtputf8`: only some servers take it (RFC 6531)."""

    envelope: str
    needs_smtputf8: bool


def read_address(text: str) -> MailAddress:
    """Return the address of an envelope: the domain in lower case and ASCII, the part before the @ as it was given.

    Raises:
        AddressRefused: no mail can be sent there.
    """
    local, at, domain = text.strip(" ").rpartition("@")
    if not at:
        raise AddressRefused(gettext("The address has no @."))
    if len(domain) > LONGEST_ADDRESS:
        raise AddressRefused(gettext("The address is too long."))
    local = _local_part(local)
    envelope = f"{local}@{_ascii_domain(domain)}"
    if len(envelope.encode()) > LONGEST_ADDRESS:
        raise AddressRefused(gettext("The address is too long."))
    return MailAddress(envelope, needs_smtputf8=not local.isascii())


def read_plain_address(text: str) -> str:
    """Return the one spelling of an address that every mail server takes.

    Raises:
        AddressRefused: no mail can be sent there, or by some servers only (RFC 6531).
    """
    address = read_address(unicodedata.normalize("NFKC", text).strip())
    if address.needs_smtputf8:
        raise AddressRefused(gettext("The address has a letter before the @ that many mail servers do not take."))
    return address.envelope.lower()


def one_spelling(text: str) -> str:
    """Return the spelling that all spellings of one mailbox share; what is no address, in lower case.

    Small and capital letters, full-width letters (NFKC), and a domain in Unicode or in its ASCII form (UTS 46,
    IDNA 2008) make no difference.
    """
    try:
        return read_plain_address(text)
    except AddressRefused:
        return unicodedata.normalize("NFKC", text).strip().lower()


def _local_part(local: str) -> str:
    if PLAIN.fullmatch(local) and len(local) <= LONGEST_LOCAL_PART:
        return local
    if not local:
        raise AddressRefused(gettext("The address has nothing before the @."))
    if not local.isprintable():
        raise AddressRefused(gettext("The address has an invisible character before the @."))
    if len(local.encode()) > LONGEST_LOCAL_PART:
        raise AddressRefused(gettext("The address has more than 64 bytes before the @."))
    try:
        # The pointed brackets are legal in quotes, but they end the address in too many servers.
        if set(local) & set("<>"):
            raise EmailNotValidError
        found = _validated(f"{local}@example.org").local_part
    except EmailNotValidError:
        raise AddressRefused(gettext("The address has a character before the @ that is not allowed there.")) from None
    # The library also writes Postmaster in small letters.
    return local if local.isascii() and found == local.lower() else found


@lru_cache(maxsize=4096)
def _ascii_domain(domain: str) -> str:
    """Return the domain in ASCII by UTS 46 and IDNA 2008: the older IDNA 2003 turns straße.de into another domain."""
    if domain.startswith("["):
        raise AddressRefused(gettext("The address names a computer by its number instead of a domain."))
    try:
        return _validated(f"x@{domain}").ascii_domain
    except EmailNotValidError:
        raise AddressRefused(gettext("The domain of the address is not one that can exist.")) from None


def _validated(address: str) -> ValidatedEmail:
    """Ask the library, and no name server."""
    return validate_email(address, check_deliverability=False, globally_deliverable=False, allow_quoted_local=True)
