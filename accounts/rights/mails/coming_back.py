"""What a mail service reports of our mails: an address that does not exist is written down at its request."""

from typing import Protocol

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
    if event.event_type not in OVER or not number.isdecimal():
        return
    for mail in DueMail.objects.select_related("request").filter(pk=int(number)):
        DueMail.objects.filter(pk=mail.pk).update(problem=CAME_BACK)
        note_trouble(mail, CAME_BACK)
