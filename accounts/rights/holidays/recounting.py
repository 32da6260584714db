"""Works the due dates of open cases out anew when the holidays have changed: in the CMS, or with the library."""

import datetime as dt
import hashlib
import logging
from importlib.metadata import version

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext

from accounts.chores import Chore, add_chore
from accounts.rights.due_dates import closed_days, due_day, today
from accounts.rights.mails.writing import tell_person, tell_staff
from accounts.rights.models import ExtraHoliday, HolidaysCounted, MailKind, RightsRequest, What
from accounts.rights.moves import BY_MACHINE, Overtaken, change
from accounts.values.wording import weekday_in_words

logger = logging.getLogger(__name__)
TRIES = 3


def register() -> None:
    """Have it done when a day is added or taken away, and by the housekeeping. Called once, when the app starts."""
    add_chore(31, Chore("due dates of requests", recount_if_changed, how_many_to_recount))
    for signal in (post_save, post_delete):
        signal.connect(_days_changed, sender=ExtraHoliday, dispatch_uid="rights.holidays")


def _days_changed(sender: object, **kwargs: object) -> None:
    """Count once the day is there for good; what goes wrong then is done by the housekeeping."""
    transaction.on_commit(recount_if_changed, robust=True)


def how_many_to_recount() -> dict[str, int]:
    return {} if _is_counted(holidays_known()) else {"requests to look at": RightsRequest.objects.open().count()}


def _is_counted(by: str) -> bool:
    return HolidaysCounted.objects.filter(pk=1, by=by).exists()


def recount_if_changed() -> dict[str, int]:
    """Work open cases out anew if other holidays are known than when they were worked out last, and once each day.

    Safe to run every minute and by many machines: a case is changed by one conditional UPDATE, and where one failed
    all are looked at again in the next round. The daily round finds what a move worked out by the old holidays in the
    moment in which they changed.

    Returns:
        How many due dates are others now, and how many could not be worked out.
    """
    by = holidays_known()
    if _is_counted(by):
        return {}
    done = recount()
    if not done["failed"]:
        HolidaysCounted.objects.update_or_create(pk=1, defaults={"by": by, "at": timezone.now()})
    return done


def holidays_known() -> str:
    """Return a digest of the day and of the holidays that due dates are worked out by."""
    known = [today().isoformat(), version("holidays"), *(day.isoformat() for day in sorted(closed_days()))]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()


def recount() -> dict[str, int]:
    """Work the due date of every open case out anew. What changed stands in its story, and both sides are told.

    Returns:
        How many due dates are others now, and how many could not be worked out.
    """
    done = {"due dates changed": 0, "failed": 0}
    for pk in RightsRequest.objects.open().order_by("pk").values_list("pk", flat=True):
        try:
            done["due dates changed"] += _recount(pk)
        except Exception:  # one case keeps no other back
            logger.exception("A due date could not be worked out anew.", extra={"rights_request": pk})
            done["failed"] += 1
    return done


def _recount(pk: int) -> bool:
    """Raises: Overtaken: others changed it each time that it was tried."""
    for _ in range(TRIES - 1):
        try:
            return _recount_once(pk)
        except Overtaken:
            logger.info("A request moved while its due date was worked out anew.", extra={"rights_request": pk})
    return _recount_once(pk)


def _recount_once(pk: int) -> bool:
    request = RightsRequest.objects.get(pk=pk)
    was, now = request.due_on, due_day(request)
    if was == now:
        return False
    with transaction.atomic():
        change(request, BY_MACHINE, What.COUNTED_ANEW, _moved(was, now))
        tell_person(request, MailKind.NEWS)
        tell_staff(request, MailKind.NEWS)
    return True


def _moved(was: dt.date | None, now: dt.date | None) -> str:
    before, after = (weekday_in_words(day) if day else gettext("none") for day in (was, now))
    words = gettext("By the bank holidays as they are known now, from %(before)s to %(after)s.")
    return words % {"before": before, "after": after}
