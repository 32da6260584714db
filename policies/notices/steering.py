"""What a person may do with a notice that is on its way: stop, pause, resume, try the failed ones again."""

from django.db import transaction
from django.utils import timezone

from policies.notices.models.notices import NOTICE_OPEN, AmendmentNotice, Delivery, DeliveryState, NoticeState
from policies.notices.tasks import nudge
from policies.notices.totals import recount, sweep
from policies.versions.models import PolicyVersion


def stop(notice: AmendmentNotice, *, because: str) -> None:
    """Stop for good. People not mailed yet are never mailed; what was sent stays sent.

    Raises:
        IllegalTransition: it is done, or was stopped before.
    """
    with transaction.atomic():
        notice.move_to(NoticeState.STOPPED, because=because)
        sweep(notice)


def pause(notice: AmendmentNotice, *, because: str) -> None:
    """Send nothing more until it is resumed. Mails being handed over in this moment still go.

    Raises:
        IllegalTransition: it is neither held nor sending.
    """
    notice.move_to(NoticeState.PAUSED, because=because)


def resume(notice: AmendmentNotice) -> None:
    """Go on where it was paused: with the hold, if that is not over yet.

    Raises:
        IllegalTransition: it is not paused.
    """
    held = notice.held_until > timezone.now()
    notice.move_to(NoticeState.HELD if held else NoticeState.SENDING, only_from=NoticeState.PAUSED)
    transaction.on_commit(nudge)


def retry_failed(notice: AmendmentNotice) -> int:
    """Try every failed delivery once more, from the beginning of its three days.

    Returns:
        How many there are.

    Raises:
        IllegalTransition: the notice was stopped, or has not begun.
    """
    failed = Delivery.objects.filter(notice=notice, state=DeliveryState.FAILED)
    with transaction.atomic():
        fresh = AmendmentNotice.objects.select_for_update().get(pk=notice.pk)
        again = failed.update(
            state=DeliveryState.PENDING, reason="", reply="", attempts=0, doubts=0, first_tried_at=None,
            due_at=timezone.now(), settled_at=None,
        )  # fmt: skip
        if again and fresh.state not in (NoticeState.PAUSED, NoticeState.SENDING):
            fresh.move_to(NoticeState.SENDING)
        recount(fresh)
        transaction.on_commit(nudge)
    notice.refresh_from_db()
    return again


def stop_notices_of(version: PolicyVersion) -> None:
    """Stop all that is on its way about a version that was withdrawn, in the transaction of the caller."""
    for notice in AmendmentNotice.objects.filter(version=version, state__in=NOTICE_OPEN):
        stop(notice, because=f"Version {version.number} was withdrawn.")
