"""Understands days and times as people in Britain write them. Nothing is guessed."""

import calendar
import datetime as dt
import re
import unicodedata

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.values.wording import day_in_words

EXAMPLES = _("31 December 2026 or 31/12/2026")
EXAMPLE_OF_A_MOMENT = _("31 December 2026, 09:00")

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_SHORT = {"sept": "september", "tues": "tuesday", "weds": "wednesday", "thur": "thursday", "thurs": "thursday"}

_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,2})\s?([-/. ])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})")
_DAY, _MONTH, _YEAR = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", r"(?P<month>[a-z]+)\.?", r"'?(?P<year>[0-9]{4}|[0-9]{2})"
_DAY_FIRST = re.compile(rf"(?:the )?{_DAY}[-/. ]*(?:of )?{_MONTH}[-/, ]*{_YEAR}")
_MONTH_FIRST = re.compile(rf"{_MONTH} ?{_DAY}(?:, ?| ){_YEAR}")
_CLOCK = r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))? ?(?P<half>am|pm|a\.m|p\.m)?"
_TIME = re.compile(rf"(?P<rest>.+?)(?:t|,? at |, ?| )(?:{_CLOCK}|noon)")
_WEEKDAY = re.compile(r"(?P<weekday>[a-z]+)\.?,? (?P<rest>.+)")


class NotADay(ValueError):
    """What was written is no day; the message says so to the person who wrote it, and how to write one."""


def read_day(text: str) -> dt.date:
    """Return the day that the text says.

    Understood are day, month and year in this order, in figures or with the month's name, in full or short, and the
    order of ISO 8601. Years of two figures are those of POSIX: 69 to 99 are 1969 to 1999. A weekday may stand before.

    Raises:
        NotADay: it says none, one that is in no calendar, or one that falls on another weekday than it says.
    """
    plain = _plain(text)
    if not plain:
        raise NotADay(gettext("Give a day, such as %(examples)s.") % {"examples": EXAMPLES})
    weekday, rest = _weekday_and_rest(plain)
    day = _day_of(*_parts(rest, text))
    if weekday is not None and day.weekday() != weekday:
        said, is_a = WEEKDAYS[weekday], WEEKDAYS[day.weekday()]
        raise NotADay(
            gettext("%(day)s is a %(is_a)s, not a %(said)s. Correct one of the two.")
            % {"day": day_in_words(day), "is_a": is_a, "said": said}
        )
    return day


def read_moment(text: str) -> dt.datetime:
    """Return the day and the time of day that the text says, in the place of whoever wrote it: without a zone.

    The time stands behind the day, by the clock of 24 hours, or of 12 with am or pm.

    Raises:
        NotADay: as `read_day`, or no time of day is given, or one that no clock shows.
    """
    plain = _plain(text)
    match = _TIME.fullmatch(plain)
    if not plain or match is None or (match["hour"] and not match["minute"] and not match["half"]):
        day = read_day(text)  # says what is wrong with it, if that is what is wrong
        raise NotADay(
            gettext("At what time on %(day)s? Write it like %(example_of_a_moment)s.")
            % {"day": day_in_words(day), "example_of_a_moment": EXAMPLE_OF_A_MOMENT}
        )
    return dt.datetime.combine(read_day(match["rest"]), _time_of(match))


def _plain(text: str) -> str:
    """Return the text in small letters, with plain blanks, hyphens and apostrophes only."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub("[\u2010-\u2015\u2212]", "-", text).replace("\u2019", "'")
    return " ".join(text.split()).rstrip(".,")


def _weekday_and_rest(plain: str) -> tuple[int | None, str]:
    match = _WEEKDAY.fullmatch(plain)
    weekday = _named(match["weekday"], _WEEKDAYS) if match else None
    return (weekday, match["rest"]) if match and weekday is not None else (None, plain)


def _parts(rest: str, text: str) -> tuple[int, int, int]:
    """Return year, month and day."""
    if match := _ISO.fullmatch(rest):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _NUMBERS.fullmatch(rest):
        return _full_year(match[4]), int(match[3]), int(match[1])
    if match := _DAY_FIRST.fullmatch(rest) or _MONTH_FIRST.fullmatch(rest):
        month = _named(match["month"], _MONTHS)
        if month is not None:
            return _full_year(match["year"]), month, int(match["day"])
    raise NotADay(
        gettext("“%(text)s” is not understood as a day. Write it like %(examples)s.")
        % {"text": text.strip()[:60], "examples": EXAMPLES}
    )


def _named(word: str, names: dict[str, int]) -> int | None:
    """Return the number of a name, given in full, by its first three letters or by another usual short form."""
    word = _SHORT.get(word, word)
    return next((number for name, number in names.items() if word in (name, name[:3])), None)


def _full_year(figures: str) -> int:
    year = int(figures)
    if len(figures) == 4:
        return year
    return year + (1900 if year >= 69 else 2000)


def _day_of(year: int, month: int, day: int) -> dt.date:
    if not 1 <= month <= 12:
        raise NotADay(
            gettext("There is no month %(month)s. Write the day first, like %(examples)s.")
            % {"month": month, "examples": EXAMPLES}
        )
    try:
        return dt.date(year, month, day)
    except ValueError:
        pass
    if year < 1:
        raise NotADay(gettext("There is no year 0."))
    words = gettext("There is no %(day)s %(month)s %(year)s: it has %(days)s days.")
    days = calendar.monthrange(year, month)[1]
    raise NotADay(words % {"day": day, "month": MONTHS[month], "year": year, "days": days})


def _time_of(match: re.Match[str]) -> dt.time:
    hour, minute, half = int(match["hour"] or 12), int(match["minute"] or 0), match["half"]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise NotADay(
            gettext("No clock shows that time. Write it like %(example_of_a_moment)s.")
            % {"example_of_a_moment": EXAMPLE_OF_A_MOMENT}
        )
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return dt.time(hour, minute)
