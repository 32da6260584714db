"""How far a notice is, how fast it goes, what comes next, and whether anything can send at all: in words."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.values.wording import mails_in_words, moment_in_words, wait_in_words
from policies.notices.heartbeat import PATIENCE, last_seen
from policies.notices.models.heartbeats import Heartbeat
from policies.notices.models.notices import (
    NOTICE_FINAL,
    AmendmentNotice,
    DeliveryState,
    NoticeState,
    Reason,
)
from policies.notices.totals import count_by_reason

# Before so many seconds of sending, a rate says nothing.
SOON = 2.0
A_SECOND = ngettext_lazy(
    "%(number)s e-mail a second, about %(wait)s left", "%(number)s e-mails a second, about %(wait)s left", "how_many"
)
A_MINUTE = ngettext_lazy(
    "%(number)s e-mail a minute, about %(wait)s left", "%(number)s e-mails a minute, about %(wait)s left", "how_many"
)
NOT_RUNNING = {
    Heartbeat.Part.WORKER: _(
        "No worker was seen {since}: nothing can be sent. Have the service that runs "
        "`manage.py db_worker --backend work` started."
    ),
    Heartbeat.Part.HOUSEKEEPING: _(
        "The housekeeping was not seen {since}: without it no wait ends. Have the service "
        "that runs `manage.py housekeeping` started."
    ),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many deliveries came to the same end, and why."""

    state: DeliveryState
    reason: Reason
    number: int

    @property
    def figure(self) -> str:
        return f"{self.number:,}"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a notice is being sent, on average since it began or went on, and how long the rest takes at that."""

    per_second: float
    left: dt.timedelta

    @property
    def in_words(self) -> str:
        """Say it: “12 e-mails a second, about 5 minutes left”."""
        is_fast = self.per_second >= 1
        number = max(round(self.per_second if is_fast else self.per_second * 60), 1)
        words = A_SECOND if is_fast else A_MINUTE
        return str(words % {"how_many": number, "number": f"{number:,}", "wait": wait_in_words(self.left)})


def pace(notice: AmendmentNotice, now: dt.datetime | None = None) -> Pace | None:
    """Return how fast a notice goes; None if it is not being sent, or so short that nobody can tell."""
    seconds = ((now or timezone.now()) - notice.state_since).total_seconds()
    done = notice.settled - notice.settled_before
    if notice.state != NoticeState.SENDING or done <= 0 or seconds < SOON or not notice.waiting:
        return None
    return Pace(done / seconds, dt.timedelta(seconds=notice.waiting * seconds / done))


def outcomes(notice: AmendmentNotice) -> list[Outcome]:
    """Return what went wrong and what was left out, by reason: failed, unreachable, skipped. One query."""
    return [Outcome(DeliveryState(state), Reason(reason), number) for state, reason, number in count_by_reason(notice)]


def next_step(notice: AmendmentNotice) -> str:
    """Say what happens next, and what a person can do."""
    match notice.state:
        case NoticeState.STAGING:
            return gettext("Its recipients are being written down. The e-mails start at %(start)s.") % {
                "start": _start(notice)
            }
        case NoticeState.HELD if notice.held_until > timezone.now():
            return gettext("The e-mails start at %(start)s. Until then it can be stopped, and nobody gets any.") % {
                "start": _start(notice)
            }
        case NoticeState.HELD:
            return gettext("Its wait is over: the e-mails start within a minute.")
        case NoticeState.SENDING:
            return gettext("It goes on by itself. Who was written to stays so, whatever you do now.")
        case NoticeState.PAUSED:
            return gettext("Nothing is sent until somebody lets it go on, or stops it for good.")
        case NoticeState.STOPPED if notice.sent:
            return gettext("It is over. %(so_many)s got it; a correction can be sent to them.") % {
                "so_many": notice.so_many(notice.sent)
            }
        case NoticeState.STOPPED:
            return gettext("It is over. Nobody got it.")
    if notice.failed:
        return gettext("It is done, but %(mails)s failed. They can be tried again.") % {
            "mails": mails_in_words(notice.failed)
        }
    return gettext("It is done. Nothing is left to do.")


def _start(notice: AmendmentNotice) -> str:
    return moment_in_words(notice.held_until)


def not_running(notice: AmendmentNotice, seen: dict[str, dt.datetime] | None = None) -> list[str]:
    """Return what a notice that is on its way needs and that was not seen for minutes, in words.

    Args:
        notice: of one that is paused or over nothing is said.
        seen: what `last_seen()` returns, for a list of notices; None to ask for it now, by two queries.
    """
    now = timezone.now()
    if notice.state in NOTICE_FINAL or notice.state == NoticeState.PAUSED or now - notice.state_since < PATIENCE:
        return []
    found = last_seen() if seen is None else seen
    # While a notice waits for its hour, it is the housekeeping that has workers show themselves.
    parts = (Heartbeat.Part.HOUSEKEEPING, Heartbeat.Part.WORKER)
    missing = [part for part in parts if part not in found or now - found[part] > PATIENCE]
    return [NOT_RUNNING[part].format(since=_since(found.get(part))) for part in missing]


def _since(at: dt.datetime | None) -> str:
    return gettext("since %(moment)s") % {"moment": moment_in_words(at)} if at else gettext("yet")
