"""How the site says days, moments, spans of time and counts. Every room says them with these."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.dateformat import format as in_format
from django.utils.translation import gettext, ngettext, ngettext_lazy

if TYPE_CHECKING:
    # Words that are translated when they are shown. Where a plain text is wanted (to join, hash or store), say str().
    from django.utils.functional import _StrOrPromise

    Words = _StrOrPromise
else:
    Words = object

ONE: Final = {
    "year": ngettext_lazy("one year", "%(number)s years", "how_many"),
    "week": ngettext_lazy("one week", "%(number)s weeks", "how_many"),
    "day": ngettext_lazy("one day", "%(number)s days", "how_many"),
    "hour": ngettext_lazy("one hour", "%(number)s hours", "how_many"),
    "minute": ngettext_lazy("one minute", "%(number)s minutes", "how_many"),
}
UNITS: Final = (("year", 365 * 86400), ("week", 7 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60))


def day_in_words(day: dt.date) -> str:
    """Return “1 January 2027”; of a moment, the day that it is by our clocks."""
    day = timezone.localtime(day) if isinstance(day, dt.datetime) else day
    parts = {"day": day.day, "month": in_format(day, "F"), "year": day.year}
    return gettext("%(day)s %(month)s %(year)s") % parts


def weekday_in_words(day: dt.date) -> str:
    """Return “Friday 1 January 2027”; of a moment, the day that it is by our clocks."""
    day = timezone.localtime(day) if isinstance(day, dt.datetime) else day
    return gettext("%(weekday)s %(day)s") % {"weekday": in_format(day, "l"), "day": day_in_words(day)}


def moment_in_words(moment: dt.datetime) -> str:
    """Return “1 January 2027, 09:30” by our clocks."""
    moment = timezone.localtime(moment)
    return gettext("%(day)s, %(time)s") % {"day": day_in_words(moment), "time": f"{moment:%H:%M}"}


def saying_moments() -> Callable[[dt.datetime], str]:
    """Return what says very many moments as `moment_in_words` does, in the language of now: each day once."""
    words, zone = gettext("%(day)s, %(time)s"), timezone.get_current_timezone()
    days: dict[dt.date, str] = {}

    def say(moment: dt.datetime) -> str:
        here = moment.astimezone(zone)
        day = here.date()
        if (said := days.get(day)) is None:
            said = days[day] = day_in_words(day)
        return words % {"day": said, "time": f"{here:%H:%M}"}

    return say


def span_in_words(span: dt.timedelta) -> str:
    """Return a time in its largest whole unit: “one year”, “2 weeks”, “36 hours”; in minutes where it has none."""
    total = round(span.total_seconds())
    unit, seconds = next((found for found in UNITS if total % found[1] == 0), UNITS[-1])
    number = round(total / seconds)
    return counted(number, ONE[unit])


def wait_in_words(wait: dt.timedelta) -> str:
    """Return how long to wait, rounded up to a whole unit: “2 hours”, “5 minutes”, “1 second”."""
    seconds = max(1, -(-wait // dt.timedelta(seconds=1)))
    if (hours := -(-seconds // 3600)) and seconds >= 3600:
        return counted(hours, ngettext("%(number)s hour", "%(number)s hours", hours))
    if (minutes := -(-seconds // 60)) and seconds >= 60:
        return counted(minutes, ngettext("%(number)s minute", "%(number)s minutes", minutes))
    return counted(seconds, ngettext("%(number)s second", "%(number)s seconds", seconds))


def counted(number: int, words: "Words") -> str:
    """Return “1 row” or “1,234 rows”.

    Args:
        number: how many there are.
        words: with %(number)s in them: of ngettext() for this number, or of ngettext_lazy() with “how_many”.
    """
    return str(words % {"how_many": number, "number": f"{number:,}"})


def sentences(*found: str) -> str:
    """Return whole sentences, one after the other; empty ones are left out."""
    return " ".join(filter(None, found))


def joined_by_and(words: Sequence[str]) -> str:
    """Return “one”, “one and another”, “one and another and a third”; of none, nothing."""
    joined, *others = words or [""]
    for other in others:
        joined = gettext("%(others)s and %(last)s") % {"others": joined, "last": other}
    return joined


def days_in_words(number: int) -> str:
    """Return “1 day” or “30 days”."""
    return counted(number, ngettext("%(number)s day", "%(number)s days", number))


def people_in_words(number: int) -> str:
    """Return “1 person” or “1,234 people”."""
    return counted(number, ngettext("%(number)s person", "%(number)s people", number))


def followers_in_words(number: int) -> str:
    """Return “1 follower” or “1,234 followers”."""
    return counted(number, ngettext("%(number)s follower", "%(number)s followers", number))


def entries_in_words(number: int) -> str:
    """Return “1 entry” or “1,234 entries”."""
    return counted(number, ngettext("%(number)s entry", "%(number)s entries", number))


def mails_in_words(number: int) -> str:
    """Return “1 e-mail” or “1,234 e-mails”."""
    return counted(number, ngettext("%(number)s e-mail", "%(number)s e-mails", number))
