"""How the site looks from outside: what a request brings through the proxy, and how long the certificate holds."""

import datetime as dt
import json
import socket
import ssl
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from accounts.examining import Finding, not_asked, to_do, well
from accounts.values.wording import moment_in_words
from home.operations.doctor.brought import ASKED_BY, FORGED, Brought, judge, sign

SECONDS = 10
# Certificates of 90 days are renewed after 60; those to come hold for 47.
RENEW_BEFORE = dt.timedelta(days=14)
# What a proxy must throw away.
LIES = {"X-Forwarded-For": FORGED, "X-Forwarded-Proto": "http"}


def look_from_outside() -> Finding:
    """Ask the site at its own address what the request brought, with lies that a proxy must throw away."""
    request = urllib.request.Request(f"{settings.SITE_URL}/healthz?{ASKED_BY}={sign()}", headers=LIES)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  (SITE_URL is http or https)
            return judge(Brought(**json.load(answer)))
    except urllib.error.HTTPError as error:
        return to_do(
            f"{settings.SITE_URL} answers with {error.code}.",
            "Look into the log of the proxy: does it pass requests on, and with the Host it was asked by?",
        )
    except OSError as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ssl.SSLCertVerificationError):
            return not_asked("It is asked once the site has a certificate that browsers know.")
        return to_do(
            f"{settings.SITE_URL} cannot be reached from this machine: {reason}.",
            "Start the web server and the proxy, and look at the name in DNS and at the firewall.",
        )
    except (ValueError, TypeError):
        return to_do(
            f"Something else than this site answers at {settings.SITE_URL}, or one with another SECRET_KEY.",
            "Have the proxy pass requests on to this site, and give all its processes the same settings.",
        )


def look_at_certificate() -> Finding:
    """Look whether browsers trust the site's certificate, and for how long yet."""
    if urlsplit(settings.SITE_URL).scheme != "https":
        return not_asked("The site is not at https.", "Get a certificate: without, anybody on the way reads along.")
    try:
        ends = certificates_end()
    except ssl.SSLCertVerificationError as error:
        return to_do(
            f"Browsers refuse it: {error.verify_message}.",
            "Bring one that they know, with all between it and the root: docs/operations.md, The certificate.",
        )
    except OSError as error:
        return to_do(f"{settings.SITE_URL} shows none: {error}.", "Start the proxy, and look at its log.")
    if ends - timezone.now() < RENEW_BEFORE:
        return to_do(
            f"It ends on {moment_in_words(ends)}.", "Renew it: `certbot renew`, and have a timer do so from now on."
        )
    return well(f"It holds until {moment_in_words(ends)}.")


def certificates_end() -> dt.datetime:
    """Return until when the certificate holds that the site shows.

    Raises:
        OSError: it shows none, or one that is not to be trusted.
    """
    parts = urlsplit(settings.SITE_URL)
    context = ssl.create_default_context()
    with (
        socket.create_connection((str(parts.hostname), parts.port or 443), timeout=SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=parts.hostname) as secured,
    ):
        shown = secured.getpeercert() or {}
    return dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), dt.UTC)
