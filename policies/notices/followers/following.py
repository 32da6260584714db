"""The rules of following without an account: asking, confirming by the mail's link, and leaving."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.personal_data.forgetting import forgetting
from policies.notices.models.followers import Follower
from policies.notices.models.notices import AmendmentNotice, Delivery, DeliveryState, Reason
from policies.writing.models import PolicyPage


def ask(address: str, page: PolicyPage | None) -> Follower:
    """Write an address down, and let the mail that asks back be due. What is followed already stays as it is.

    Args:
        address: in any spelling; whose it is nobody knows yet.
        page: the policy; None for all.
    """
    asked = {"asked_at": timezone.now(), "mail_due_at": timezone.now(), "mail_attempts": 0}
    try:
        with transaction.atomic():
            follower, _ = Follower.objects.update_or_create(address=address, page=page, defaults=asked)
    except IntegrityError:  # somebody sent the form twice in one moment
        follower = Follower.objects.get(address=address, page=page)
    return follower


def confirm(follower: Follower) -> None:
    """Mail this address from now on: whoever owns it has used the link. May be repeated."""
    Follower.objects.filter(pk=follower.pk).update(
        confirmed_at=follower.confirmed_at or timezone.now(), came_back_at=None, mail_due_at=None
    )
    follower.refresh_from_db()


def followed_with(address: str) -> QuerySet[Follower]:
    """Return all that an address follows, confirmed or not."""
    return Follower.objects.filter(address=address).select_related("page").order_by("pk")


def leave(follower: Follower) -> int:
    """Stop and delete: what is followed, the address, and where mails went. Who followed all leaves everything.

    Returns:
        How many were stopped.
    """
    gone = followed_with(follower.address) if follower.page_id is None else Follower.objects.filter(pk=follower.pk)
    with forgetting():
        numbers = list(gone.values_list("pk", flat=True))
        _forget_deliveries(numbers)
        Follower.objects.filter(pk__in=numbers).delete()
    return len(numbers)


def _forget_deliveries(followers: Iterable[int]) -> None:
    """Take the address out of all mails to these followers. Those not sent yet never are."""
    theirs = Delivery.objects.filter(follower__in=followers)
    waiting = theirs.filter(state=DeliveryState.PENDING)
    notices = list(waiting.values_list("notice", flat=True))
    waiting.update(state=DeliveryState.SKIPPED, reason=Reason.LEFT, settled_at=timezone.now())
    for pk in notices:
        AmendmentNotice.objects.filter(pk=pk).update(skipped=F("skipped") + 1)
    theirs.update(address="", reply="")
