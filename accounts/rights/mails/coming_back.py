"""What comes back of our mails, by a report of non-delivery or a mail service's word: written down at the request."""

from typing import Protocol

from accounts.flows.addresses import mark_undeliverable
from accounts.rights.mails.sending import CAME_BACK, note_trouble
from accounts.rights.models import DueMail

OVER = frozenset({"bounced", "rejected", "failed"})


class TrackingEvent(Protocol):
    """What is read of django-anymail's `AnymailTrackingEvent`."""

    event_type: str
    metadata: dict[str, str] | None


def on_tracking_event(sender: object, event: TrackingEvent, **kwargs: object) -> None:
    """Take what django-anymail signals for a mail about a request; others are none of ours."""
    number = (event.metadata or {}).get("rights_mail", "")
    if event.event_type in OVER and number.isdecimal():
        came_back(int(number))


def came_back(pk: int, address: str = "", *, dead: bool = False, words: str = "") -> bool:
    """Write down that a mail about a request came back, be it days later. A second report changes nothing.

    Args:
        pk: of the `DueMail`.
        address: where it had gone.
        dead: whether nothing will ever arrive there; an account is then asked for another address.
        words: why, as the mail system says.

    Returns:
        Whether that was news.
    """
    mail = DueMail.objects.select_related("request").filter(pk=pk).exclude(problem=CAME_BACK).first()
    if mail is None or not DueMail.objects.filter(pk=pk, problem=mail.problem).update(problem=CAME_BACK):
        return False
    note_trouble(mail, CAME_BACK)
    account = mail.to_id or mail.request.person_id
    if dead and account and address:
        mark_undeliverable(account, address, words)
    return True
