"""The clock of rights requests written a second time, by walking from day to day, with its own bank holidays.

It shares nothing with `accounts/rights/clock`: it counts days that count, and adds none.
"""

import datetime as dt
from itertools import count

DAY = dt.timedelta(days=1)
MONDAY, SATURDAY = 0, 5
# What was moved or proclaimed for one year: https://www.gov.uk/bank-holidays
MOVED = {dt.date(2020, 5, 4): dt.date(2020, 5, 8), dt.date(2022, 5, 30): dt.date(2022, 6, 2)}
PROCLAIMED = {dt.date(2022, 6, 3), dt.date(2022, 9, 19), dt.date(2023, 5, 8)}


def easter(year: int) -> dt.date:
    """By the rule of Carl Friedrich Gauss, which is good for 1900 to 2099."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    day = dt.date(year, 3, 22) + (d + e) * DAY
    late = d == 29 and e == 6, d == 28 and e == 6 and a > 10
    return day - 7 * DAY if any(late) else day


def mondays(year: int, month: int) -> list[dt.date]:
    days = [dt.date(year, month, 1) + number * DAY for number in range(31)]
    return [day for day in days if day.month == month and day.weekday() == MONDAY]


def instead(days: list[dt.date]) -> list[dt.date]:
    """Holidays, each moved off a weekend to the next working day that is none of the others."""
    taken: list[dt.date] = [day for day in days if day.weekday() < SATURDAY]
    for day in days:
        if day.weekday() >= SATURDAY:
            taken.append(next(d for n in count(1) if (d := day + n * DAY).weekday() < SATURDAY and d not in taken))
    return taken


def bank_holidays(year: int) -> set[dt.date]:
    """Return those of England and Wales: Banking and Financial Dealings Act 1971, Schedule 1, and proclamations."""
    sunday = easter(year)
    regular = [mondays(year, 5)[0], mondays(year, 5)[-1], mondays(year, 8)[-1]]
    moving = [MOVED.get(day, day) for day in regular]
    fixed = [*instead([dt.date(year, 1, 1)]), *instead([dt.date(year, 12, 25), dt.date(year, 12, 26)])]
    return {sunday - 2 * DAY, sunday + DAY, *moving, *fixed} | PROCLAIMED


def corresponding(start: dt.date, months: int) -> dt.date:
    """Walk to the day with the same number, or to the last of that month."""
    day = start
    while (day.year - start.year) * 12 + day.month - start.month < months:
        day += DAY
    while day.day != start.day and (day + DAY).month == day.month:
        day += DAY
    return day


def due_by_walking(start, months, pauses, added=frozenset()) -> dt.date:
    """Walk until as many days have counted as the months have, then on to a working day that counts."""
    left_out = {asked + n * DAY for asked, answered in pauses for n in range((answered - asked).days + 1)}
    needed = (corresponding(start, months) - start).days + 1
    day, counted = start - DAY, 0
    while counted < needed:
        day += DAY
        counted += day not in left_out
    while day.weekday() >= SATURDAY or day in bank_holidays(day.year) or day in added or day in left_out:
        day += DAY
    return day
