"""Counts a request's time: the month from its start, what does not count, and the working day on which it ends."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from accounts.rights.clock import explaining
from accounts.rights.clock.facts import Facts, Pause, refuse_what_has_no_basis
from accounts.rights.clock.law import COMPLAINT, Step
from accounts.rights.clock.months import add_months
from accounts.rights.clock.working_days import Days, why_closed
from accounts.values.country import LAW
from accounts.values.wording import Words

ONE_DAY = dt.timedelta(days=1)
PROGRESS_DAYS = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """Another way to read the law: its name for machines, the day by it, and what it says."""

    name: str
    day: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a request is due, and how that was worked out.

    `due` is nothing while something is awaited that the clock stands still for: `waiting_for` names it (identity, fee,
    clarification). `start` is nothing until the time begins. `left_out` are the days that do not count, `rolled_over`
    those at the end that are no working days and why, `extend_by` the last day to tell of an extension.
    """

    kind: str
    start: dt.date | None
    why_start: Words
    due: dt.date | None
    left_out: tuple[dt.date, ...] = ()
    rolled_over: tuple[tuple[dt.date, str], ...] = ()
    extend_by: dt.date | None = None
    extended: bool = False
    waiting_for: str = ""
    paused_since: dt.date | None = None
    days_when_answered: int | None = None
    readings: tuple[Reading, ...] = ()
    steps: tuple[Step, ...] = ()

    def days_left(self, today: dt.date) -> int | None:
        """Return the days until it is due: 0 on its last day, negative when it is late.

        While clarification is awaited, the days that are left once it has come; nothing while the time has not begun.
        """
        return (self.due - today).days if self.due else self.days_when_answered


@dataclass(frozen=True, slots=True)
class Counted:
    """A time that was counted: its corresponding date, the days left out, where it ends, and where it stands still."""

    base: dt.date
    end: dt.date
    left_out: tuple[dt.date, ...]
    due: dt.date | None
    rolled_over: tuple[tuple[dt.date, str], ...] = ()
    paused_since: dt.date | None = None


def deadline(facts: Facts, *, closed_days: Days = ()) -> Deadline:
    """Return when a request or complaint is due and how that was worked out.

    Of a complaint, the day by which it must be acknowledged, read as the Act may be read most strictly; `readings` has
    the other ways. Nothing is due while identity, a fee or clarification is awaited.

    Args:
        closed_days: holidays beside those that the library knows; in a mapping, with what they are.

    Raises:
        NoBasis: the law knows no such thing, or the days cannot be so.

    Sources: `LAW.REQUESTS`, `LAW.PERIOD`, `LAW.COMPLAINTS` and `LAW.COUNTING`.
    """
    refuse_what_has_no_basis(facts)
    if facts.kind == COMPLAINT:
        return _of_complaint(facts, closed_days)
    if facts.identity_awaited or facts.fee_awaited:
        return _not_begun(facts)
    return _of_request(facts, closed_days)


def next_progress(told: dt.date) -> dt.date:
    """Return by when somebody who complained is told of progress again: 30 days after they last were. Our own rule."""
    return told + dt.timedelta(days=PROGRESS_DAYS)


def _of_complaint(facts: Facts, closed_days: Days) -> Deadline:
    strict = facts.received + dt.timedelta(days=LAW.COMPLAINT_DAYS - 1)
    guidance = strict + ONE_DAY
    rolled, _ = _working_day(guidance, closed_days)
    return Deadline(
        kind=facts.kind,
        start=facts.received,
        why_start=explaining.WHY_COMPLAINT,
        due=strict,
        readings=(
            Reading("statute", strict, str(LAW.READ_STRICTLY)),
            Reading("guidance", guidance, str(LAW.READ_AS_GUIDANCE)),
            Reading("guidance_working_day", rolled, gettext("the same, moved to a working day")),
        ),
        steps=explaining.complaint(facts, strict, guidance, rolled),
    )


def _not_begun(facts: Facts) -> Deadline:
    awaited = "identity" if facts.identity_awaited else "fee"
    return Deadline(
        kind=facts.kind,
        start=None,
        why_start="",
        due=None,
        extended=facts.extended,
        waiting_for=awaited,
        steps=explaining.not_begun(facts, awaited),
    )


def _of_request(facts: Facts, closed_days: Days) -> Deadline:
    start, why = _start(facts)
    pauses = _merged(facts.pauses, start)
    first = _count(start, LAW.MONTHS, pauses, closed_days)
    counted = _count(start, LAW.MONTHS_EXTENDED, pauses, closed_days) if facts.extended else first
    paused = counted.paused_since
    return Deadline(
        kind=facts.kind,
        start=start,
        why_start=why,
        due=counted.due,
        left_out=counted.left_out,
        rolled_over=counted.rolled_over,
        extend_by=None if first.paused_since else first.end,
        extended=facts.extended,
        waiting_for="clarification" if paused else "",
        paused_since=paused,
        days_when_answered=(counted.end - paused + ONE_DAY).days if paused else None,
        readings=_readings(facts, start, counted, closed_days),
        steps=explaining.request(facts, start, why, first, counted),
    )


def _start(facts: Facts) -> tuple[dt.date, str]:
    """Return the relevant time, the latest of the three, and why; of equals, the one that comes first in the Act."""
    days = (
        (facts.received, explaining.WHY_RECEIVED),
        (facts.identity, explaining.WHY_IDENTITY),
        (facts.fee, explaining.WHY_FEE),
    )
    return max(((day, str(why)) for day, why in days if day), key=lambda found: found[0])


def _merged(pauses: tuple[Pause, ...], start: dt.date) -> list[Pause]:
    """Return pauses in their order, those that meet as one, without days before the start."""
    merged: list[Pause] = []
    for asked, answered in sorted(pauses, key=lambda pause: (pause[0], pause[1] or dt.date.max)):
        if answered and answered < start:
            continue
        asked = max(asked, start)
        before = merged[-1] if merged else None
        if before is None or (before[1] and asked > before[1]):
            merged.append((asked, answered))
        elif before[1]:
            merged[-1] = (before[0], answered and max(answered, before[1]))
    return merged


def _count(start: dt.date, months: int, pauses: list[Pause], closed_days: Days) -> Counted:
    """Count so many months, then the days left out, then on to a working day.

    A pause that begins after the time has ended takes nothing back.
    """
    base = end = add_months(start, months)
    left_out: list[dt.date] = []
    due, rolled = _working_day(end, closed_days)
    for asked, answered in pauses:
        if asked > due:
            break
        if answered is None:
            return Counted(base, end, tuple(left_out), None, paused_since=asked)
        left_out += _days(asked, answered)
        end = base + len(left_out) * ONE_DAY
        due, rolled = _working_day(end, closed_days, left_out)
    return Counted(base, end, tuple(left_out), due, rolled)


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + number * ONE_DAY for number in range((last - first).days + 1))


def _working_day(
    day: dt.date, closed_days: Days, left_out: list[dt.date] | None = None
) -> tuple[dt.date, tuple[tuple[dt.date, str], ...]]:
    """Return the first working day that counts, from this day on, and the days that were passed over with why."""
    passed = []
    while why := why_closed(day, closed_days) or (explaining.LEFT_OUT if day in (left_out or ()) else ""):
        passed.append((day, str(why)))
        day += ONE_DAY
    return day, tuple(passed)


def _readings(facts: Facts, start: dt.date, counted: Counted, closed_days: Days) -> tuple[Reading, ...]:
    if counted.due is None:
        return ()
    found = [Reading("not_rolled", counted.end, gettext("without moving to a working day"))]
    longer = tuple(pause for pause in facts.pauses if pause[0] != pause[1])
    if longer != facts.pauses:
        months = LAW.MONTHS_EXTENDED if facts.extended else LAW.MONTHS
        strict = _count(start, months, _merged(longer, start), closed_days)
        if strict.due:
            found.append(
                Reading("same_day_counts", strict.due, gettext("if a question answered on the same day stops nothing"))
            )
    if not facts.extended:
        safe = start + (LAW.SAFE_DAYS + len(counted.left_out)) * ONE_DAY
        found.append(Reading("safe_goal", safe, str(LAW.READ_SAFELY)))
    return tuple(found)
