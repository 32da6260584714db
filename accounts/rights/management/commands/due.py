"""Says when a request is due and how that is worked out, for cases that are kept on paper."""

import datetime as dt
import json
import re
from argparse import ArgumentTypeError
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from accounts.rights.clock.counting import Deadline, deadline
from accounts.rights.clock.facts import Facts
from accounts.rights.clock.law import KINDS, NoBasis
from accounts.rights.due_dates import closed_days
from accounts.values.wording import day_in_words, days_in_words, weekday_in_words

OPEN = ("open", "-")


def a_day(text: str) -> dt.date:
    """Raises: ArgumentTypeError: it is no day of the calendar, written as 2026-09-03."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no day. Write it as 2026-09-03.") from None


def a_day_or_open(text: str) -> dt.date | None:
    return None if text in OPEN else a_day(text)


class Command(BaseCommand):
    help = "Say when a request or complaint is due, and how that is worked out. Days are written as 2026-09-03."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--received", metavar="DAY", type=a_day, required=True, help="the day it came")
        parser.add_argument("--kind", choices=KINDS, required=True, help="what is asked")
        parser.add_argument(
            "--identity-on", metavar="DAY", type=a_day, help="when the identity that was asked for came"
        )
        parser.add_argument("--fee-on", metavar="DAY", type=a_day, help="when the fee that was asked for was paid")
        parser.add_argument(
            "--paused",
            metavar=("FROM", "TO"),
            nargs="+",
            type=a_day_or_open,
            action="append",
            default=[],
            help="clarification asked and answered; without TO it is still open. May be given again",
        )
        parser.add_argument("--extended", action="store_true", help="the person was told of an extension, with reasons")
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: object, **options: Any) -> None:
        """Raises: CommandError: the law knows no such thing, or the days cannot be so."""
        facts = Facts(
            kind=options["kind"],
            received=options["received"],
            identity=options["identity_on"],
            fee=options["fee_on"],
            pauses=tuple(_pause(days) for days in options["paused"]),
            extended=options["extended"],
        )
        try:
            found = deadline(facts, closed_days=self._added_days())
        except NoBasis as error:
            raise CommandError(str(error)) from error
        today = timezone.localdate()
        to_come = sorted(day for day in facts.days() if day > today)
        self.stdout.write(
            _as_json(facts, found, today, to_come) if options["json"] else _in_words(found, today, to_come)
        )

    def _added_days(self) -> Mapping[dt.date, str]:
        """Return the days that staff added in the CMS; none where there is no database, which is said."""
        try:
            return closed_days()
        except DatabaseError:
            self.stderr.write("There is no database to ask, so days that were added to the bank holidays do not count.")
            return {}


def _pause(days: list[dt.date | None]) -> tuple[dt.date, dt.date | None]:
    asked, answered = (*days, None)[:2]
    if len(days) > 2 or asked is None:
        raise CommandError("--paused takes the day it was asked and the day it was answered: --paused FROM TO.")
    return asked, answered


def _as_json(facts: Facts, found: Deadline, today: dt.date, to_come: list[dt.date]) -> str:
    answer = (
        {"received": facts.received} | asdict(found) | {"days_left": found.days_left(today), "still_to_come": to_come}
    )
    return json.dumps(answer, default=str, indent=2, ensure_ascii=False)


def _in_words(found: Deadline, today: dt.date, to_come: list[dt.date]) -> str:
    steps = [f"{number}. {step.words} [{step.law}]" for number, step in enumerate(found.steps, 1)]
    others = [f"- {weekday_in_words(reading.day)}: {reading.words}" for reading in found.readings]
    sources = dict.fromkeys(f"{step.law}: {step.url}" for step in found.steps if step.url)
    notes = [f"{day_in_words(day)} is still to come: this holds if it is so." for day in to_come]
    parts = [[_head(found, today), *notes], steps, ["Other readings:", *others] if others else [], sources]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(found: Deadline, today: dt.date) -> str:
    left = found.days_left(today)
    if found.due and left is not None:
        days = f"{days_in_words(-left)} ago" if left < 0 else f"{days_in_words(left)} left"
        return f"Due on {weekday_in_words(found.due)}: {days}."
    if found.paused_since and left is not None:
        since = weekday_in_words(found.paused_since)
        return f"Stopped since {since}: {days_in_words(left)} left once the answer has come."
    return "Not begun."
