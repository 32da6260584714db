"""What a report changes: the delivery it is about, and whether its address will be tried again."""

import logging
from collections.abc import Callable
from contextlib import suppress
from enum import Enum

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.flows.addresses import mark_undeliverable
from accounts.values.mail_address import AddressRefused, read_address
from policies.notices.bounces.reports import Report
from policies.notices.letter.marks import read_message_id, read_return_address
from policies.notices.models.followers import Follower
from policies.notices.models.notices import DELIVERY_FINAL, AmendmentNotice, Delivery, DeliveryState, Reason

logger = logging.getLogger(__name__)
# What can come back, and the notice's count of it: also a mail that we gave up on may have left.
COMES_BACK = {DeliveryState.SENT: "sent", DeliveryState.FAILED: "failed"}


class Effect(Enum):
    """What a report did."""

    MARKED = "The delivery is marked as come back."
    NOTHING = "Nothing is to be changed, or was already."
    NOT_YET = "Nothing, since the delivery is still on its way: ask again later."
    NOT_OURS = "Nothing, since it is about no delivery of ours."


Taker = Callable[[Report], Effect]
_takers: dict[str, Taker] = {}


def add_taker(name: str, taker: Taker) -> None:
    """Have the reports that are about no notice shown to whoever sends other mails. Called when an app starts.

    Args:
        name: of what these mails are about; adding it twice is harmless, since apps may start twice.
        taker: returns what a report did, `Effect.NOT_OURS` where it is about no mail of theirs.
    """
    _takers[name] = taker


def take_report(report: Report) -> Effect:
    """Mark what could not be delivered. A report that comes twice changes nothing more."""
    delivery = Delivery.objects.filter(pk=_number(report) or 0).first()
    if delivery is None:
        effects = (taker(report) for taker in _takers.values())
        return next((effect for effect in effects if effect is not Effect.NOT_OURS), Effect.NOT_OURS)
    failure = report.failure_of(_names_of(delivery))
    if failure is None:
        return Effect.NOTHING
    return take_bounce(delivery.pk, dead=failure.dead, words=failure.words)


def take_bounce(pk: int, *, dead: bool, words: str) -> Effect:
    """Mark a delivery as come back, and its address as dead where it is.

    Args:
        pk: the delivery's number.
        dead: whether nothing will ever arrive at the address.
        words: why, as the mail system says.
    """
    with transaction.atomic():
        delivery = Delivery.objects.filter(pk=pk).first()
        if delivery is None:
            return Effect.NOT_OURS
        # The notice before its deliveries, as whoever steers it locks them.
        AmendmentNotice.objects.select_for_update(no_key=True).only("pk").get(pk=delivery.notice_id)
        marked = any(_mark(delivery, state, words) for state in COMES_BACK)
        delivery.refresh_from_db()
        if delivery.state not in DELIVERY_FINAL:
            return Effect.NOT_YET
        # Once marked it stays so: its owner may have said since that the address works.
        if marked and dead and delivery.person_id:
            mark_undeliverable(delivery.person_id, delivery.address, words)
        if marked and dead and delivery.follower_id:
            Follower.objects.filter(pk=delivery.follower_id).update(came_back_at=timezone.now())
    if marked:
        logger.info("a notice came back", extra={"delivery": pk, "dead": dead})
    return Effect.MARKED if marked else Effect.NOTHING


def _number(report: Report) -> int | None:
    """Return the number of the delivery: by the address that the report came to (VERP), else by the Message-ID."""
    found = [read_return_address(address) for address in report.addressed_to]
    found += [read_message_id(text) for text in report.message_ids]
    return next((pk for pk in found if pk), None)


def _names_of(delivery: Delivery) -> list[str]:
    """Return the address as we know it, and as servers do."""
    names = [delivery.address]
    with suppress(AddressRefused):
        names.append(read_address(delivery.address).envelope)
    return names


def _mark(delivery: Delivery, state: DeliveryState, words: str) -> bool:
    """Mark it if it is in this state, and keep the notice's counts right."""
    marked = Delivery.objects.filter(pk=delivery.pk, state=state).update(
        state=DeliveryState.UNREACHABLE, reason=Reason.BOUNCED, reply=words[:500], settled_at=timezone.now()
    )
    if marked:
        count = COMES_BACK[state]
        # A worker may not have written its count down yet; then the notice is counted anew at its end.
        notice = AmendmentNotice.objects.filter(pk=delivery.notice_id, **{f"{count}__gt": 0})
        notice.update(**{count: F(count) - 1, "unreachable": F("unreachable") + 1})
    return bool(marked)
