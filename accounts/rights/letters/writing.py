"""Writes a letter: the staff's words in the places a template has for them, between the parts that the law asks for."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.personal_data.archive.controller import controller
from accounts.rights.models import RightsRequest
from accounts.values.regulator import regulator_on
from accounts.values.wording import Words


class LetterKind(StrEnum):
    """The occasions on which we write. The value names the template."""

    ACKNOWLEDGEMENT = "acknowledgement"
    IDENTITY = "identity"
    CLARIFICATION = "clarification"
    FEE = "fee"
    EXTENSION = "extension"
    PROGRESS = "progress"
    REFUSAL = "refusal"
    OUTCOME = "outcome"
    RESTRICTION_ENDS = "restriction_ends"


# What ends something, costs something or takes longer: it names the ways to complain of it (`LAW.REFUSING`).
NAMES_THE_ROUTES: Final = frozenset(
    {LetterKind.FEE, LetterKind.EXTENSION, LetterKind.REFUSAL, LetterKind.OUTCOME, LetterKind.RESTRICTION_ENDS}
)
WORDS: Final = "\ue000"  # nobody writes it: where the staff's words go, while the rest is looked at
MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Withheld:
    """A part that is not given, and on which ground, as the letter names it."""

    part: str
    ground: Words


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is sent: plain text, in paragraphs."""

    kind: LetterKind
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter tells besides the staff's words.

    Args:
        due: by when we answer; of a restriction, the day on which it ends.
        outcome: what was decided, in words.
        done: what was done, a sentence for each.
        withheld: the parts that are not given.
        recipients: who is told of a correction, erasure or restriction.
    """

    due: dt.date | None = None
    outcome: str = ""
    done: Sequence[str] = ()
    withheld: Sequence[Withheld] = ()
    recipients: Sequence[str] = ()


NOTHING: Final = Told()


def write_letter(kind: LetterKind, request: RightsRequest, words: str = "", told: Told = NOTHING) -> Letter:
    """Write a letter about a request, on today's date and with the regulator of today.

    Args:
        kind: the occasion, which decides the legal parts.
        request: what it is about.
        words: what staff say, in paragraphs; they stand between the legal parts.
        told: the facts that the template says.
    """
    text = _rendered(kind, request, words=words, told=told)
    return Letter(kind, _tidy(text))


def around_the_words(kind: LetterKind, request: RightsRequest, told: Told = NOTHING) -> tuple[str, str]:
    """Return what stands before and after the staff's words, to be shown beside them before anything is sent."""
    before, _, after = _rendered(kind, request, words=WORDS, told=told).partition(WORDS)
    return _tidy(before), _tidy(after)


def _rendered(kind: LetterKind, request: RightsRequest, *, words: str, told: Told) -> str:
    responsible, today = controller(), timezone.localdate()
    return render_to_string(
        f"country/letters/{kind.value}.txt",
        {
            "request": request,
            "name": (request.person.get_full_name() if request.person else "") or request.name,
            "words": words.strip(),
            "told": told,
            "organisation": responsible.name,
            "contact": ", ".join(responsible.contact),
            "regulator": regulator_on(today),
            "late": told.due is not None and told.due < today,
        },
    )


def _tidy(text: str) -> str:
    """Return text without the lines that tags leave behind, and without spaces at their ends."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
