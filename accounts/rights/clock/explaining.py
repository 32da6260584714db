"""Says how a day was worked out, step by step, each with the law behind it."""

import datetime as dt
from collections.abc import Iterator
from typing import Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights.clock.facts import Facts
from accounts.rights.clock.law import BEGAN, COMPLAINT, OWN_RULE, Step, step
from accounts.values.country import LAW
from accounts.values.wording import day_in_words, days_in_words, weekday_in_words

WHY_RECEIVED = _("the request was received")
WHY_IDENTITY = _("what was asked for to confirm the person's identity was received")
WHY_FEE = _("the fee was paid")
WHY_COMPLAINT = _("the complaint was received")
LEFT_OUT = _("a day that does not count")
AWAITED = {
    "identity": _("what was asked for to confirm the person's identity has come"),
    "fee": _("the fee has been paid"),
}


class Time(Protocol):
    """What is told of a time that was counted."""

    @property
    def base(self) -> dt.date: ...
    @property
    def end(self) -> dt.date: ...
    @property
    def left_out(self) -> tuple[dt.date, ...]: ...
    @property
    def due(self) -> dt.date | None: ...
    @property
    def rolled_over(self) -> tuple[tuple[dt.date, str], ...]: ...
    @property
    def paused_since(self) -> dt.date | None: ...


def request(facts: Facts, start: dt.date, why: str, first: Time, time: Time) -> tuple[Step, ...]:
    """Return the steps for a request whose time has begun."""
    return (
        *_before_the_law(facts),
        *_at_once(facts),
        step(gettext("The time begins on %(day)s: %(why)s.") % {"day": day_in_words(start), "why": why}, LAW.PERIOD),
        *_month(start, first),
        *_extension(facts, first, time),
        *_left_out(facts, time),
        *_ending(time),
    )


def not_begun(facts: Facts, awaited: str) -> tuple[Step, ...]:
    """Return the steps for a request whose month has not begun."""
    words = LAW.NOT_BEGUN % {"awaited": AWAITED[awaited]}
    return (*_before_the_law(facts), *_at_once(facts), step(words, LAW.PERIOD))


def complaint(facts: Facts, strict: dt.date, guidance: dt.date, rolled: dt.date) -> tuple[Step, ...]:
    """Return the steps for a complaint, and the readings beside the strictest."""
    return (
        *_before_the_law(facts),
        step(
            LAW.COMPLAINT_BEGINS % {"day": day_in_words(facts.received), "why": WHY_COMPLAINT},
            LAW.COMPLAINTS,
        ),
        step(
            LAW.COMPLAINT_STRICTLY % {"day": weekday_in_words(strict)},
            LAW.COMPLAINTS,
        ),
        step(
            LAW.COMPLAINT_OTHERWISE % {"day": weekday_in_words(guidance), "working_day": weekday_in_words(rolled)},
            LAW.COMPLAINTS,
        ),
        step(
            str(LAW.COMPLAINT_OUTCOME),
            LAW.COMPLAINTS,
        ),
        step(gettext("Progress is told at least every 30 days."), OWN_RULE),
    )


def _before_the_law(facts: Facts) -> Iterator[Step]:
    began = BEGAN[facts.kind]
    if facts.received < began:
        source = LAW.COMMENCED if facts.kind == COMPLAINT else LAW.REQUESTS
        yield step(
            gettext("This has been the law since %(day)s; the day is worked out as if it had been.")
            % {"day": day_in_words(began)},
            source,
        )


def _at_once(facts: Facts) -> Iterator[Step]:
    if facts.kind == "objection":
        yield step(str(LAW.MARKETING_AT_ONCE), LAW.OBJECTION)


def _month(start: dt.date, first: Time) -> Iterator[Step]:
    same = LAW.SAME_DAY if first.base.day == start.day else LAW.LAST_DAY
    yield step(LAW.FIRST_TIME % {"day": day_in_words(first.base), "same": same}, LAW.COUNTING)


def _extension(facts: Facts, first: Time, time: Time) -> Iterator[Step]:
    if facts.extended:
        yield step(LAW.EXTENDED % {"day": day_in_words(time.base)}, LAW.PERIOD)
    elif first.paused_since:
        yield step(gettext("The last day to tell of an extension moves on while the clock is stopped."), LAW.PERIOD)
    else:
        words = gettext("An extension, with its reasons, can be told until %(day)s.") % {"day": day_in_words(first.end)}
        yield step(words, LAW.PERIOD)


def _left_out(facts: Facts, time: Time) -> Iterator[Step]:
    if time.left_out:
        number = len(time.left_out)
        said = {"spans": _spans(time.left_out), "day": day_in_words(time.end)}
        yield step(LAW.LEFT_OUT % {"number": f"{number:,}", "how_many": number, **said}, LAW.PERIOD)
    if any(asked > (time.due or dt.date.max) for asked, _ in facts.pauses):
        yield step(gettext("A question asked after the time had ended stops nothing."), LAW.PERIOD)
    if facts.pauses and not time.left_out and not time.paused_since:
        yield step(gettext("No question for clarification fell into the time."), LAW.PERIOD)


def _ending(time: Time) -> Iterator[Step]:
    if time.due is None:
        if time.paused_since:
            left = days_in_words((time.end - time.paused_since).days + 1)
            since = day_in_words(time.paused_since)
            yield step(
                gettext("The clock has been stopped since %(since)s: %(left)s left once the answer is there.")
                % {"since": since, "left": left},
                LAW.PERIOD,
            )
        return
    for day, why in time.rolled_over:
        yield step(gettext("%(day)s is passed over: %(why)s.") % {"day": day_in_words(day), "why": why}, LAW.COUNTING)
    yield step(gettext("It is due on %(day)s.") % {"day": weekday_in_words(time.due)}, LAW.REQUESTS)


def _spans(days: tuple[dt.date, ...]) -> str:
    """Return days that follow each other as one: “10 September 2026 to 14 September 2026, 1 October 2026”."""
    spans: list[list[dt.date]] = []
    for day in days:
        if spans and day - spans[-1][-1] == dt.timedelta(days=1):
            spans[-1][1:] = [day]
        else:
            spans.append([day])
    return ", ".join(" to ".join(day_in_words(day) for day in span) for span in spans)
