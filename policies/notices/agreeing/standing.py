"""How a person stands to what the policies ask: computed from their answers and the day, never stored."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils import timezone

from accounts.models import User
from policies.notices.agreeing.questions import Question, questions
from policies.notices.models.answers import Answer

VERSION_FACTS = ("page_id", "title", "slug", "major", "minor", "sequence", "effective_from", "withdrawn_at")


class State(Enum):
    """`EARLY`: it is not in force yet. `MAY_WAIT`: the days of grace are not over."""

    AGREED = "agreed"
    REFUSED = "refused"
    EARLY = "early"
    MAY_WAIT = "may wait"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Standing:
    """A question, and the answer of one person that counts; None where they gave none since it was asked.

    `before` is the newest version that they agreed to earlier: what has changed since is shown with the question.
    """

    question: Question
    answer: Answer | None
    before: Answer | None
    joined: dt.date

    @property
    def state(self) -> State:
        today, asked_from = timezone.localdate(), self.question.asked_from
        if self.answer:
            return State.AGREED if self.answer.agrees else State.REFUSED
        if self.question.is_upcoming(today):
            return State.EARLY
        was_there = self.joined <= asked_from or self.before is not None
        return State.MAY_WAIT if was_there and today <= self.question.answer_by else State.DUE

    @property
    def waits(self) -> bool:
        """Whether the person is asked to answer now, or soon."""
        return self.state in (State.MAY_WAIT, State.DUE)

    @property
    def is_without(self) -> bool:
        """Whether the person has, for good or bad, not agreed to what must be agreed to."""
        return self.state == State.DUE or (self.state == State.REFUSED and self.question.is_acceptance)


def standings_of(person: User) -> list[Standing]:
    """Return how the person stands to each question. One query where something is asked, else none."""
    asked = questions()
    return standings(person, asked, answers_to(person, asked)) if asked else []


def answers_to(person: User, asked: Iterable[Question]) -> list[Answer]:
    """Return the person's newest answer to each version of the policies that ask, newest version first."""
    pages = {question.page_id for question in asked}
    given = Answer.objects.filter(person=person, version__page__in=pages, version__withdrawn_at=None)
    rows = given.select_related("version").only(
        *("person", "kind", "wording", "at", "where", "age_stated", "digest", "language"),
        *(f"version__{name}" for name in VERSION_FACTS),
    )
    newest = {answer.version_id: answer for answer in rows.order_by("pk")}
    return sorted(newest.values(), key=lambda answer: answer.version.sequence, reverse=True)


def standings(person: User, asked: Iterable[Question], given: Iterable[Answer]) -> list[Standing]:
    """Put answers beside questions.

    Args:
        person: who answered.
        asked: the questions.
        given: the person's newest answer to each version, newest version first.
    """
    joined, given = timezone.localdate(person.date_joined), list(given)
    return [Standing(question, _counting(question, given), _before(question, given), joined) for question in asked]


def _counting(question: Question, given: list[Answer]) -> Answer | None:
    """Agreeing to the version that asked, or to a later one, counts before any refusal."""
    since = [a for a in given if a.version.page_id == question.page_id and a.version.sequence >= question.since]
    agreed = next((answer for answer in since if satisfies(question, answer)), None)
    refused = (answer for answer in since if not answer.agrees)
    return agreed or max(refused, key=lambda answer: answer.pk, default=None)


def satisfies(question: Question, answer: Answer) -> bool:
    """Whether an answer is what is asked for: accepting is acknowledging, too, and not the other way."""
    return answer.kind == Answer.Kind.ACCEPTED or (answer.agrees and not question.is_acceptance)


def _before(question: Question, given: list[Answer]) -> Answer | None:
    earlier = (a for a in given if a.version.page_id == question.page_id and a.version.sequence < question.sequence)
    return next((answer for answer in earlier if answer.agrees), None)
