"""Says in a line where a notice stands, and how many would get it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.flows.recipients import people, recipients, wants
from accounts.values.wording import counted, moment_in_words
from policies.notices.followers.staging import meant_followers
from policies.notices.models.followers import Follower
from policies.notices.models.notices import AmendmentNotice, DeliveryState, NoticeKind, NoticeState, Reason
from policies.notices.sending.staging import is_amendment, recipient_values


def forecast(notice: AmendmentNotice) -> str:
    """Return one line for people. Counts the recipients while they are not written down yet."""
    kind = NoticeKind(notice.kind).label.lower()
    to = ", to followers" if notice.is_to_followers else ""
    return f"Notice {notice.pk}, {notice.version} ({kind}{to}): {_standing(notice)}"


def _standing(notice: AmendmentNotice) -> str:
    waiting = how_many(notice.waiting if notice.staged_at else would_get(notice))
    match notice.state:
        case NoticeState.STAGING:
            return f"its recipients are not written down yet; today it would go to {waiting}."
        case NoticeState.HELD if notice.held_until > timezone.now():
            return f"held until {moment_in_words(notice.held_until)}, then it goes to {waiting}."
        case NoticeState.HELD:
            return f"its hold is over; it goes to {waiting}."
        case NoticeState.PAUSED:
            return f"paused with {waiting} left. {notice.state_reason}".strip()
        case NoticeState.STOPPED:
            return f"stopped after {notice.sent:,} sent. {notice.state_reason}".strip()
        case NoticeState.DONE:
            return f"done. {results(notice)}"
    return f"{waiting} left{_next_try(notice)}. {results(notice)}"


def _next_try(notice: AmendmentNotice) -> str:
    """Say when sending goes on, where all that are left have been put off."""
    waiting = notice.deliveries.filter(state__in=[DeliveryState.PENDING, DeliveryState.SENDING])
    soonest = waiting.aggregate(at=Min("due_at"))["at"]
    return f", to be tried again at {moment_in_words(soonest)}" if soonest and soonest > timezone.now() else ""


def results(notice: AmendmentNotice) -> str:
    """Return what has become of the recipients so far."""
    counts = {name: getattr(notice, name) for name in ("sent", "failed", "unreachable", "skipped")}
    return ", ".join(f"{number:,} {name}" for name, number in counts.items()) + "."


def would_get(notice: AmendmentNotice) -> int:
    if notice.is_to_followers:
        return meant_followers(notice).count()
    return recipients().filter(_wanting(notice)).count()


def _wanting(notice: AmendmentNotice) -> Q:
    return Q() if notice.always_because else wants(amendment=is_amendment(notice))


def how_many(number: int) -> str:
    return counted(number, ngettext("%(number)s recipient", "%(number)s recipients", number))


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many active people a notice would be sent to today, and how many not, by the reason.

    `followers` are besides: without an account, told, but never counted as people.
    """

    mailed: int
    followers: int
    unwanted: int
    without_address: int
    came_back: int

    @property
    def not_mailed(self) -> int:
        return self.unwanted + self.without_address + self.came_back


def forecast_of(notice: AmendmentNotice) -> Forecast:
    """Count whom a notice to people, saved or not, would go to today, and the followers besides. Two queries.

    It counts by the rules that write the recipients down.
    """
    values = recipient_values(notice)
    found = people().annotate(new_reason=values["reason"]).values_list("new_reason").order_by("new_reason")
    counts = dict(found.annotate(number=Count("pk")))
    mailed = recipients().filter(_wanting(notice), emailaddress__email=OuterRef("address"), emailaddress__primary=True)
    followers = Follower.objects.of(notice.version.page_id).filter(~Exists(mailed))
    return Forecast(
        mailed=counts.get("", 0),
        followers=followers.count(),
        unwanted=counts.get(Reason.PREFERENCE, 0) + counts.get(Reason.RESTRICTED, 0),
        without_address=counts.get(Reason.NO_ADDRESS, 0),
        came_back=counts.get(Reason.BOUNCED, 0),
    )
