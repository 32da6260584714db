"""Writes to administrators when something is wrong that people would otherwise find out first, and when it is over."""

import datetime as dt
import logging
import threading
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import close_old_connections
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.examining import Examination, Finding, examinations, examine
from accounts.flows.granting import administrators
from accounts.values.organisation import organisation
from home.operations.models import Alarm

logger = logging.getLogger(__name__)

# What is over by itself before is nobody's matter: a restart, a round that took long.
PATIENCE: Final = dt.timedelta(minutes=5)
SILENCE: Final = "housekeeping"  # what the housekeeping itself can never tell
TEMPLATES: Final = "home/alarm"


def look_after(which: Iterable[Examination] | None = None) -> None:
    """Look at what is alarming, and write once when it has lasted, and once again when it is over.

    Several processes may do so at once. A mail that the server does not take is tried again in the next round.

    Args:
        which: look at these only; None for all that are alarming.
    """
    for one, finding in examine(which or [one for one in examinations() if one.alarming]):
        if finding.is_well:
            _end(one)
        else:
            _begin(one, finding)


def _begin(one: Examination, finding: Finding) -> None:
    alarm, is_new = Alarm.objects.get_or_create(key=one.key, defaults={"words": finding.words})
    now = timezone.now()
    if is_new or alarm.told_at or now - alarm.began_at < PATIENCE:
        return
    mine = Alarm.objects.filter(key=one.key, told_at=None)
    if mine.update(told_at=now, words=finding.words) and not _write("began", one, finding, alarm):
        Alarm.objects.filter(key=one.key, told_at=now).update(told_at=None)


def _end(one: Examination) -> None:
    alarm = Alarm.objects.filter(key=one.key).first()
    if alarm is None or not Alarm.objects.filter(key=one.key, told_at=alarm.told_at).delete()[0]:
        return
    if alarm.told_at and not _write("over", one, None, alarm):
        Alarm.objects.bulk_create([alarm], ignore_conflicts=True)


def _write(what: str, one: Examination, finding: Finding | None, alarm: Alarm) -> bool:
    """Return whether the mail was taken, or there is nobody to write to."""
    to = [person.email for person in administrators()]
    known = {"one": one, "finding": finding, "alarm": alarm, "site_url": settings.SITE_URL, "name": organisation().name}
    subject = " ".join(render_to_string(f"{TEMPLATES}/{what}_subject.txt", known).split())
    text = render_to_string(f"{TEMPLATES}/{what}_message.txt", known).strip() + "\n"
    try:
        for address in to:  # one each: they need not know of each other
            EmailMessage(subject, text, organisation().from_line, [address]).send()
    except Exception as error:
        logger.warning("an alarm could not be sent", extra={"alarm": one.key, "error": type(error).__name__})
        return False
    logger.warning("alarm %s", what, extra={"alarm": one.key, "people": len(to)})
    return True


_began = threading.Lock()


def watch_the_housekeeping(**_: object) -> None:
    """Have a thread of this process look whether the housekeeping is alive. Called at each request, begins once."""
    if settings.WATCH_EVERY and _began.acquire(blocking=False):
        threading.Thread(target=_watch, args=(settings.WATCH_EVERY,), name="watch", daemon=True).start()


def _watch(every: dt.timedelta) -> None:
    pause = threading.Event()
    while not pause.wait(every.total_seconds()):
        close_old_connections()
        look_whether_it_is_silent()
        close_old_connections()


def look_whether_it_is_silent() -> None:
    """Look once; a database that is away is told by others."""
    try:
        look_after([one for one in examinations() if one.key == SILENCE])
    except Exception:
        logger.warning("nobody looked whether the housekeeping is alive", exc_info=True)
