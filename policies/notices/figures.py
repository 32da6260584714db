"""What is counted of notices, of their mails, and of the programs that send them."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q, Sum
from django.utils import timezone

from accounts.figures import Figure, add_figures, gauge, moment
from policies.notices.heartbeat import last_seen
from policies.notices.models.heartbeats import Heartbeat
from policies.notices.models.notices import AmendmentNotice, Delivery, DeliveryState, NoticeState, Reason
from policies.notices.queue import due, is_kept_here, oldest_wait
from policies.notices.totals import COUNTED

SEEN = "When a part of the site last ran; 0 if it never did."
OF_LATE = dt.timedelta(days=30)


def register() -> None:
    """Have them shown. Called once, when the app starts."""
    add_figures(of_programs)
    add_figures(of_notices)


def of_programs() -> Iterator[Figure]:
    """Yield when each program was last seen, whether it went well, and how long the queue has waited."""
    seen = last_seen()
    for part in Heartbeat.Part:
        yield moment("plum_last_seen_timestamp_seconds", SEEN, seen.get(part), part=part.value)
    trouble = set(Heartbeat.objects.exclude(trouble="").values_list("part", flat=True))
    for part in (Heartbeat.Part.ROUND, Heartbeat.Part.PROOF):
        words = "1 if the last time of a part ended well, 0 if something was wrong."
        yield gauge("plum_last_time_was_well", words, int(part not in trouble), part=part.value)
    yield gauge("plum_oldest_due_task_seconds", "How long the oldest due task waits.", oldest_wait().total_seconds())
    if is_kept_here():
        yield gauge("plum_due_tasks", "Tasks that wait for a worker.", due().count())


def of_notices() -> Iterator[Figure]:
    """Yield notices by state and their mails by outcome."""
    counted = dict(AmendmentNotice.objects.values_list("state").annotate(Count("pk")).order_by())
    for state in NoticeState:
        yield gauge("plum_notices", "Notices by state.", counted.get(state, 0), state=state.value)
    sums = AmendmentNotice.objects.aggregate(**{name: Sum(name, default=0) for name in COUNTED})
    yield Figure("plum_notice_mails_sent_total", "counter", "E-mails of notices that were taken.", sums.pop("sent"))
    for name, number in sums.items():
        yield gauge("plum_notice_mails", "E-mails of notices that were not sent, by outcome.", number, outcome=name)
    open_ones = AmendmentNotice.objects.unfinished().values("pk")
    waiting = Delivery.objects.filter(notice__in=open_ones, state__in=[DeliveryState.PENDING, DeliveryState.SENDING])
    late = Q(reason=Reason.LATER)
    found = waiting.aggregate(first=Count("pk", filter=~late), again=Count("pk", filter=late))
    for turn, number in found.items():
        yield gauge("plum_notice_mails_waiting", "E-mails of notices that wait: first or again.", number, turn=turn)
    recent = AmendmentNotice.objects.filter(created_at__gt=timezone.now() - OF_LATE).values("pk")
    bounced = Delivery.objects.filter(notice__in=recent, state=DeliveryState.UNREACHABLE, reason=Reason.BOUNCED)
    yield gauge("plum_bounces", "E-mails of the last 30 days' notices that came back for good.", bounced.count())
