"""Reminds both sides: 14, 7 and 2 days before a request is due, and when it is late. Each once for a due date.

Of a question of ours that nobody answers, the person is reminded after two weeks, and staff after a month.
"""

import datetime as dt
from collections import Counter
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts.rights.due_dates import OURS, today
from accounts.rights.mails.writing import tell_person, tell_staff
from accounts.rights.models import PAUSED, MailKind, RightsRequest, State, What
from accounts.rights.moves import BY_MACHINE, write_down
from accounts.values.wording import day_in_words, days_in_words

# The nearest one counts: whoever was away for two weeks is not reminded three times.
STAGES: Final = ((2, MailKind.DUE_IN_2), (7, MailKind.DUE_IN_7), (14, MailKind.DUE_IN_14))
# After a reasonable time, of which the person was told, what nobody answers may be closed; the law names none.
ASKED_AGAIN_AFTER: Final = dt.timedelta(days=14)
NOT_ANSWERED_AFTER: Final = dt.timedelta(days=30)


def stage_of(request: RightsRequest, on: dt.date) -> MailKind | None:
    """Return of what both sides are to be reminded on a day; nothing where there is time."""
    if request.due_on is None or request.state not in OURS:
        return None
    left = (request.due_on - on).days
    if left < 0:
        return MailKind.LATE
    return next((kind for days, kind in STAGES if left <= days), None)


def to_be_reminded(on: dt.date) -> QuerySet[RightsRequest]:
    return RightsRequest.objects.filter(state__in=OURS, due_on__lte=on + dt.timedelta(days=STAGES[-1][0]))


def remind() -> Counter[str]:
    """Write the reminders that are due. Safe to repeat: each is written once for a due date.

    Returns:
        How many requests were “reminded” about.
    """
    done: Counter[str] = Counter()
    for request in list(to_be_reminded(today()).order_by("due_on", "pk")):
        done["reminded"] += _remind(request, today())
    for request in list(waiting_for_the_person().order_by("pk")):
        done["reminded"] += _remind_of_question(request, today())
    return +done


def waiting_for_the_person() -> QuerySet[RightsRequest]:
    return RightsRequest.objects.filter(state__in=PAUSED)


def asked_on(request: RightsRequest) -> dt.date | None:
    """Return the day since which a request waits for its person; None where it does not."""
    match request.state:
        case State.WAITING_IDENTITY:
            return request.identity_asked_on
        case State.WAITING_FEE:
            return request.fee_asked_on
        case State.WAITING_CLARIFICATION:
            return request.pauses.filter(answered_on=None).values_list("asked_on", flat=True).first()
    return None


@transaction.atomic
def _remind_of_question(request: RightsRequest, on: dt.date) -> bool:
    since = asked_on(request)
    if since is None or on < since + ASKED_AGAIN_AFTER:
        return False
    told = tell_person(request, MailKind.ASKED_AGAIN, since)
    if told:
        write_down(request, BY_MACHINE, What.ASKED_AGAIN, gettext("We asked on %(day)s") % {"day": day_in_words(since)})
    if on >= since + NOT_ANSWERED_AFTER:
        told |= tell_staff(request, MailKind.NOT_ANSWERED, since)
    return told


@transaction.atomic
def _remind(request: RightsRequest, on: dt.date) -> bool:
    kind = stage_of(request, on)
    if kind is None or request.due_on is None:
        return False
    told = [tell_person(request, kind, request.due_on), tell_staff(request, kind, request.due_on)]
    if any(told):
        late = kind == MailKind.LATE
        write_down(request, BY_MACHINE, What.LATE if late else What.REMINDED, _words(request.due_on, on))
    return any(told)


def _words(due: dt.date, on: dt.date) -> str:
    left = (due - on).days
    if left < 0:
        return gettext("It was due on %(day)s") % {"day": day_in_words(due)}
    return gettext("%(days)s left, until %(day)s") % {
        "days": days_in_words(left),
        "day": day_in_words(due),
    }
