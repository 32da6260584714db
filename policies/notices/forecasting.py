"""Says in a line where a notice stands, and how many would get it."""

from django.db.models import Q
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.utils.formats import date_format

from accounts.recipients import people, wants
from policies.models.notices import AmendmentNotice, NoticeKind, NoticeState
from policies.notices.staging import is_amendment


def forecast(notice: AmendmentNotice) -> str:
    """Return one line for people. Counts the recipients while they are not written down yet."""
    kind = NoticeKind(notice.kind).label.lower()
    return f"Notice {notice.pk}, {notice.version} ({kind}): {_standing(notice)}"


def _standing(notice: AmendmentNotice) -> str:
    waiting = how_many(notice.waiting if notice.staged_at else would_get(notice))
    match notice.state:
        case NoticeState.STAGING:
            return f"to be written down for {waiting}."
        case NoticeState.HELD if notice.held_until > timezone.now():
            at = date_format(timezone.localtime(notice.held_until), "j F Y, H:i")
            return f"held until {at}, then {waiting}."
        case NoticeState.HELD:
            return f"its hold is over; {waiting} to be written to."
        case NoticeState.PAUSED:
            return f"paused with {waiting} left. {notice.state_reason}".strip()
        case NoticeState.STOPPED:
            return f"stopped after {notice.sent}. {notice.state_reason}".strip()
        case NoticeState.DONE:
            return results(notice)
    return f"{waiting} left. {results(notice)}"


def results(notice: AmendmentNotice) -> str:
    """Return what has become of the recipients so far."""
    return f"{notice.sent} sent, {notice.failed} failed, {notice.unreachable} unreachable, {notice.skipped} skipped."


def would_get(notice: AmendmentNotice) -> int:
    chosen = Q() if notice.always_because else wants(amendment=is_amendment(notice))
    return people().filter(chosen, Q(address__isnull=False)).count()


def how_many(number: int) -> str:
    return f"{number:,} recipient{pluralize(number)}"
