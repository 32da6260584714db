"""How the site says days, moments, spans of time and counts. Every room says them with these."""

import datetime as dt
from typing import Final

from django.utils import timezone

UNITS: Final = (("year", 365 * 86400), ("week", 7 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60))


def day_in_words(day: dt.date) -> str:
    """Return “1 January 2027”; of a moment, the day that it is by our clocks."""
    day = timezone.localtime(day) if isinstance(day, dt.datetime) else day
    return f"{day.day} {day:%B %Y}"


def weekday_in_words(day: dt.date) -> str:
    """Return “Friday 1 January 2027”; of a moment, the day that it is by our clocks."""
    day = timezone.localtime(day) if isinstance(day, dt.datetime) else day
    return f"{day:%A} {day_in_words(day)}"


def moment_in_words(moment: dt.datetime) -> str:
    """Return “1 January 2027, 09:30” by our clocks."""
    moment = timezone.localtime(moment)
    return f"{day_in_words(moment)}, {moment:%H:%M}"


def span_in_words(span: dt.timedelta) -> str:
    """Return a time in its largest whole unit: “one year”, “2 weeks”, “36 hours”; in minutes where it has none."""
    total = round(span.total_seconds())
    unit, seconds = next((found for found in UNITS if total % found[1] == 0), UNITS[-1])
    number = round(total / seconds)
    return f"one {unit}" if number == 1 else counted(number, unit)


def wait_in_words(wait: dt.timedelta) -> str:
    """Return how long to wait, rounded up to a whole unit: “2 hours”, “5 minutes”, “1 second”."""
    seconds = max(1, -(-wait // dt.timedelta(seconds=1)))
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds >= size:
            return counted(-(-seconds // size), unit)
    return counted(seconds, "second")


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Return “1 row” or “1,234 rows”. `nouns` is the plural where an s does not make it."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"
