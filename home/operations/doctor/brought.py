"""What a request really brought to the site: said only to whoever holds a fresh signature, and judged."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from accounts.examining import Finding, to_do, well
from accounts.flows.origins import address_of

ASKED_BY: Final = "brought"
SECONDS: Final = 60
# An address that belongs to nobody (RFC 5737): whoever believes it believes anybody.
FORGED: Final = "192.0.2.99"
FORWARDING: Final = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via")


@dataclass(frozen=True, slots=True)
class Brought:
    """What the site took from a request: `address` is the visitor's, as far as it can tell; `peer` who connected."""

    scheme: str
    host: str
    address: str
    peer: str
    forwarded_for: str


def brought_by(request: HttpRequest) -> Brought:
    """Return how a request came through the proxies, as the site understands it."""
    try:
        address = address_of(request)
    except ImproperlyConfigured:  # allauth's: more proxies are trusted than there were
        address = ""
    return Brought(
        request.scheme or "",
        request.get_host(),
        address,
        request.META.get("REMOTE_ADDR", ""),
        request.headers.get("x-forwarded-for", ""),
    )


def sign() -> str:
    return TimestampSigner(salt="doctor").sign(ASKED_BY)


def may_be_told(signature: str) -> bool:
    """Whether somebody who has our key asks, within the last minute."""
    try:
        return TimestampSigner(salt="doctor").unsign(signature, max_age=SECONDS) == ASKED_BY
    except BadSignature:
        return False


def judge(brought: Brought) -> Finding:
    """Say what is wrong with what stands in front, the worst first."""
    for words, advice in _faults(brought):
        return to_do(words, advice)
    seen = f"{brought.scheme}://{brought.host}, from {brought.address}"
    return well(f"A request came as {seen}, through {settings.TRUSTED_PROXIES} proxies of yours.")


def _faults(brought: Brought) -> Iterator[tuple[str, str]]:
    wanted = urlsplit(settings.SITE_URL)
    if brought.host != wanted.netloc:
        yield (
            f"The site was asked as {brought.host}, and not as {wanted.netloc}.",
            "Have the proxy send the name that it was asked by: nginx `proxy_set_header Host $host;`.",
        )
    if FORGED in brought.address:
        yield (
            "The site believes an address that any visitor may make up: limits on tries count for nothing.",
            "Have the proxy replace what comes: nginx `proxy_set_header X-Forwarded-For $remote_addr;`. Set "
            "TRUSTED_PROXIES to the number of your proxies, 0 without one.",
        )
    others = [one.strip() for one in brought.forwarded_for.split(",") if one.strip() not in ("", FORGED)]
    if others and not settings.TRUSTED_PROXIES:
        yield (
            f"There is a proxy in front, and it is not trusted: all visitors seem to come from {brought.peer}.",
            "Set TRUSTED_PROXIES=1, or how many of yours there are.",
        )
    if not brought.address:
        yield (
            f"TRUSTED_PROXIES is {settings.TRUSTED_PROXIES}, and the request brought fewer addresses.",
            "Set it to the number of your proxies, or have the proxy send X-Forwarded-For.",
        )
    if brought.scheme != wanted.scheme:
        yield (
            f"The site takes the request for {brought.scheme}, and SITE_URL says {wanted.scheme}.",
            "Set TRUSTED_PROXIES=1 and have the proxy send the scheme: nginx "
            "`proxy_set_header X-Forwarded-Proto $scheme;`.",
        )
