"""Which notices need a hand, and why: for the first page of the CMS and whatever else watches."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from accounts.values.wording import mails_in_words, moment_in_words
from policies.notices.heartbeat import last_seen
from policies.notices.models.notices import NOTICE_OPEN, AmendmentNotice, NoticeState
from policies.notices.outlook import not_running

# How long e-mails that failed are a matter for the first page; the report of notices has them for good.
OF_LATE = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One notice, and what keeps it from going on or went wrong. It comes with its version, without mail and texts."""

    notice: AmendmentNotice
    words: str


def needing_a_hand() -> list[Trouble]:
    """Return what is paused, failed of late, or waits for a program that does not run; the newest first.

    Three queries, however many there are.
    """
    failed = Q(failed__gt=0, state_since__gt=timezone.now() - OF_LATE) & ~Q(state=NoticeState.STOPPED)
    notices = AmendmentNotice.objects.filter(Q(state__in=NOTICE_OPEN) | failed).select_related("version")
    seen = last_seen()
    light = notices.defer("message", "version__content", "version__text").order_by("-pk")
    return [Trouble(notice, words) for notice in light if (words := _trouble(notice, seen))]


def _trouble(notice: AmendmentNotice, seen: dict[str, dt.datetime]) -> str:
    """Say what keeps a notice from going on, or went wrong; nothing where all is well."""
    if notice.state == NoticeState.PAUSED:
        since = gettext("Paused since %(moment)s") % {"moment": moment_in_words(notice.state_since)}
        return (
            gettext("%(since)s, with %(mails)s left. %(state_reason)s")
            % {"since": since, "mails": mails_in_words(notice.waiting), "state_reason": notice.state_reason}
        ).strip()
    failed = [gettext("%(mails)s failed.") % {"mails": mails_in_words(notice.failed)}] if notice.failed else []
    return " ".join([*failed, *not_running(notice, seen)])
