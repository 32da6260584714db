"""Looks into the mailbox for reports, and at what a mail service signals."""

import logging
import time
from typing import Protocol

from django.conf import settings

from policies.notices.bounces.mailboxes import Mail, MailboxTrouble, unread_mails
from policies.notices.bounces.reports import CODE, DEAD, plain, read_report
from policies.notices.bounces.taking import Effect, take_bounce, take_report
from policies.notices.letter.marks import read_message_id

logger = logging.getLogger(__name__)
LONGEST_LOOK_SECONDS = 60.0
# What django-anymail calls the events after which nothing more will come of a mail.
OVER = {"bounced", "rejected", "failed"}
# Its reasons that are about the address. "bounced" is said of a bounce whatever was wrong, a full mailbox, too.
ABOUT_THE_ADDRESS = {("bounced", "invalid"), ("rejected", "invalid"), ("rejected", "bounced")}


class StillOnItsWay(Exception):
    """A mail service reports on a mail that is not settled yet. It gets an error for an answer, and tries again."""


class TrackingEvent(Protocol):
    """What is read of django-anymail's `AnymailTrackingEvent`."""

    event_type: str
    message_id: str | None
    metadata: dict[str, str] | None
    mta_response: str | None
    description: str | None
    reject_reason: str | None


def look_for_reports() -> int:
    """Read what has come back, where a mailbox for it is set; any number of machines may do so at once.

    Out-of-office notes, delays and the like are marked as read. What a person wrote, reports about no mail of ours and
    what cannot be read are flagged for a person. A report about a delivery that is not settled yet stays unread for the
    next look.

    Returns:
        How many mails were marked as come back.
    """
    if not settings.NOTICES_BOUNCE_MAILBOX:
        return 0
    marked, until = 0, time.monotonic() + LONGEST_LOOK_SECONDS
    try:
        with unread_mails(settings.NOTICES_BOUNCE_MAILBOX) as mails:
            for mail in mails:
                effect = _take(mail.raw)
                marked += effect is Effect.MARKED
                _put_away(mail, effect)
                if time.monotonic() > until:
                    break
    except MailboxTrouble as trouble:
        logger.warning("%s", trouble)
    return marked


def _put_away(mail: Mail, effect: Effect) -> None:
    """Done last: should we die before, it is taken once more."""
    if effect is Effect.NOT_OURS:
        mail.flag()
    elif effect is not Effect.NOT_YET:
        mail.keep()


def _take(raw: bytes) -> Effect:
    try:
        report = read_report(raw)
    # Anybody may send anything to this address; one mail must not stop the others.
    except Exception as problem:
        logger.warning("a mail in the mailbox for reports makes no sense: %s", type(problem).__name__)
        return Effect.NOT_OURS
    if report.tells_failure:
        return take_report(report)
    return Effect.NOTHING if report.by_machine else Effect.NOT_OURS


def on_tracking_event(sender: object, event: TrackingEvent, **kwargs: object) -> None:
    """Take what django-anymail signals for a mail that was sent through a mail service.

    Raises:
        StillOnItsWay: the service was quicker than our worker.
    """
    if event.event_type not in OVER:
        return
    mark = (event.metadata or {}).get("delivery", "")
    pk = read_message_id(f"<notice-0.{mark}@metadata>") if mark else read_message_id(str(event.message_id))
    words = plain(str(event.mta_response or event.description or event.reject_reason or ""))
    if pk is not None and take_bounce(pk, dead=_is_dead(event, words), words=words) is Effect.NOT_YET:
        raise StillOnItsWay(f"Delivery {pk} is not settled yet: report it again.")


def _is_dead(event: TrackingEvent, words: str) -> bool:
    """The code of the mail system says it best."""
    if code := CODE.search(words):
        return bool(DEAD.fullmatch(code[0]))
    return (event.event_type, event.reject_reason) in ABOUT_THE_ADDRESS
