"""Tells people by mail of every change to their second factor. A change stands even if the mail cannot be sent."""

import logging

from allauth.account.adapter import get_adapter

from accounts.values.person import Person

log = logging.getLogger(__name__)


def tell(user: Person, what: str, **context: object) -> None:
    """Mail `second_factor/email/<what>` to the person. Call after the commit, within a request."""
    try:
        get_adapter().send_notification_mail(f"second_factor/email/{what}", user, {"user": user, **context})
    except OSError:
        log.exception("A security mail was not sent", extra={"user": user.pk, "mail": what})
