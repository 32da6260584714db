"""Tells a service elsewhere that a round of the housekeeping ended well: where that stops, the service writes."""

import logging
import urllib.request

from django.conf import settings

logger = logging.getLogger(__name__)
SECONDS = 10


def tell_of_a_good_round() -> None:
    """Ask HEARTBEAT_URL, if there is one. A service that does not answer stops nothing."""
    if not settings.HEARTBEAT_URL:
        return
    try:
        with urllib.request.urlopen(settings.HEARTBEAT_URL, timeout=SECONDS):  # noqa: S310  (http or https: settings)
            pass
    except OSError as error:
        logger.warning("the service at HEARTBEAT_URL was not told", extra={"error": type(error).__name__})
