"""Which followers a notice is for, as a query for its one INSERT … SELECT."""

from django.db.models import Exists, Expression, F, OuterRef, QuerySet, Value

from policies.notices.models.followers import Follower
from policies.notices.models.notices import AmendmentNotice, Delivery, DeliveryState, NoticeState

NOT_WRITTEN_TO = (DeliveryState.SKIPPED, DeliveryState.UNREACHABLE)


def may_be_staged(notice: AmendmentNotice) -> bool:
    """Whether it is known by now who of the followers is written to as a person with an account."""
    beside = notice.beside() if notice.is_to_followers else None
    return beside is None or beside.state != NoticeState.STAGING


def meant_followers(notice: AmendmentNotice) -> QuerySet[Follower]:
    """Return the followers that a notice to followers goes to, each address once.

    Whose address the same notice reaches in an account is left out.
    """
    return without_people(Follower.objects.of(notice.version.page_id), notice.beside())


def without_people(followers: QuerySet[Follower], beside: AmendmentNotice | None) -> QuerySet[Follower]:
    """Leave out those whose address a notice to people goes to."""
    if beside is None:
        return followers
    reached = Delivery.objects.filter(notice=beside.pk, address=OuterRef("address")).exclude(state__in=NOT_WRITTEN_TO)
    return followers.filter(~Exists(reached))


def follower_values(notice: AmendmentNotice) -> dict[str, Expression | F]:
    """Return what a delivery to a follower holds, as expressions over the followers it goes to."""
    return {
        "notice_id": Value(notice.pk),
        "follower_id": F("pk"),
        "address": F("address"),
        **({"follows": F("followed")} if notice.follows_id else {}),
    }
