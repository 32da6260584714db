"""What is counted of rights requests: those that nobody has begun with, those that are late, and mails that wait."""

from collections.abc import Iterator

from django.utils import timezone

from accounts.figures import Figure, add_figures, gauge
from accounts.rights.models import DueMail, RightsRequest
from accounts.rights.models.requests import State


def register() -> None:
    """Have them shown. Called once, when the app starts."""
    add_figures(of_requests)


def of_requests() -> Iterator[Figure]:
    requests = RightsRequest.objects.all()
    words = "Requests and complaints that need something: open, not looked at yet, late."
    yield gauge("plum_requests", words, requests.open().count(), standing="open")
    yield gauge("plum_requests", words, requests.filter(state=State.RECEIVED).count(), standing="unread")
    yield gauge("plum_requests", words, requests.late(timezone.localdate()).count(), standing="late")
    waiting = DueMail.objects.filter(settled_at=None)
    said = "E-mails to single people that wait, and those of them that were tried in vain."
    yield gauge("plum_mails_waiting", said, waiting.count(), about="requests", tried="all")
    yield gauge("plum_mails_waiting", said, waiting.exclude(problem="").count(), about="requests", tried="in-vain")
