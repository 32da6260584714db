"""How many of a notice's deliveries stand in which state: counted, and put right."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from policies.notices.models.notices import AmendmentNotice, Delivery, DeliveryState, Reason

# The counts a notice keeps, each with the state it counts.
COUNTED = {
    "sent": DeliveryState.SENT,
    "failed": DeliveryState.FAILED,
    "unreachable": DeliveryState.UNREACHABLE,
    "skipped": DeliveryState.SKIPPED,
}


def counted(notice: AmendmentNotice) -> dict[str, Any]:
    """Count a notice's deliveries: exact, and too slow for a page view.

    Returns:
        A number for each name in COUNTED, and for “recipients”.
    """
    filters = {name: Count("pk", filter=Q(state=state)) for name, state in COUNTED.items()}
    return notice.deliveries.aggregate(recipients=Count("pk"), **filters)


def recount(notice: AmendmentNotice) -> None:
    """Put the notice's counts right, by counting."""
    AmendmentNotice.objects.filter(pk=notice.pk).update(**counted(notice))
    notice.refresh_from_db(fields=["recipients", *COUNTED])


def sweep(notice: AmendmentNotice) -> int:
    """Mark what still waits in a stopped notice as not sent. Mails that a worker holds are given back and swept later.

    Returns:
        How many were marked.
    """
    waiting = Delivery.objects.filter(notice=notice, state=DeliveryState.PENDING)
    swept = waiting.update(state=DeliveryState.SKIPPED, reason=Reason.STOPPED, settled_at=timezone.now())
    recount(notice)
    return swept


def count_by_reason(notice: AmendmentNotice) -> list[tuple[str, str, int]]:
    """Count what was not sent, by state and reason: an index answers it, whatever the number that was sent."""
    unsent = [DeliveryState.FAILED, DeliveryState.UNREACHABLE, DeliveryState.SKIPPED]
    rows = notice.deliveries.filter(state__in=unsent).values("state", "reason").order_by("state", "reason")
    return list(rows.annotate(number=Count("pk")).values_list("state", "reason", "number"))
