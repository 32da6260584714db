"""What is done when nothing is left: notices end, their counts are put right, and who was told is recorded."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, Expression, F, OuterRef, Value

from policies.notices.models.engagement import Engagement
from policies.notices.models.notices import AmendmentNotice, Delivery, DeliveryState, NoticeState
from policies.notices.sending import outbox
from policies.notices.sending.staging import insert_select
from policies.notices.totals import recount, sweep

LEFT = (DeliveryState.PENDING, DeliveryState.SENDING)


def finish(notice: AmendmentNotice) -> bool:
    """End a notice if nothing of it is left to be sent. Safe to ask at any time, and by several workers at once.

    Returns:
        Whether it was ended now.
    """
    if _has_left(notice):
        return False
    record_notified(notice)
    with transaction.atomic():
        fresh = AmendmentNotice.objects.select_for_update().filter(pk=notice.pk, state=NoticeState.SENDING).first()
        if fresh is None or _has_left(fresh):
            return False
        recount(fresh)
        fresh.move_to(NoticeState.DONE)
    return True


def recover() -> int:
    """Take from dead workers what they held, and end what has ended; return how much was taken."""
    taken = outbox.take_over()
    sweep_stopped()
    for notice in AmendmentNotice.objects.sending().without_message():
        finish(notice)
    return taken


def sweep_stopped() -> None:
    """Mark as not sent what was given back to notices that have been stopped meanwhile."""
    waiting = Delivery.objects.filter(notice=OuterRef("pk"), state=DeliveryState.PENDING)
    stopped = AmendmentNotice.objects.filter(Exists(waiting), state=NoticeState.STOPPED)
    for notice in stopped.without_message():
        record_notified(notice)
        sweep(notice)


def record_notified(notice: AmendmentNotice, deliveries: Collection[int] | None = None) -> int:
    """Record who was told, once for each person and version: by these deliveries, or by all that were sent."""
    sent = Delivery.objects.filter(notice=notice, state=DeliveryState.SENT, person__isnull=False)
    if deliveries is not None:
        sent = sent.filter(pk__in=deliveries)
    # Who was recorded before is not left out here: how long that took would depend on the planner's guesses.
    values: dict[str, Expression | F] = {
        "person_id": F("person_id"),
        "version_id": Value(notice.version_id),
        "kind": Value(Engagement.Kind.NOTIFIED.value),
        "at": F("settled_at"),
    }
    return insert_select(Engagement, sent, values, unique=("person", "version", "kind"))


def _has_left(notice: AmendmentNotice) -> bool:
    return Delivery.objects.filter(notice=notice, state__in=LEFT).exists()
