"""The buttons that a page offers a person, each signed with its words: what is kept is what was shown."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from django.core import signing
from django.utils.translation import gettext

from accounts.models import User
from policies.notices.agreeing.answering import Button, CannotAnswer
from policies.notices.agreeing.standing import Standing, State
from policies.notices.agreeing.wording import agreeing, words_of, words_of_withdrawing
from policies.notices.models.answers import Answer

SALT = "policies.agreeing"
# As long as a session lasts at most: an older page may show words that are not asked any more.
LASTS = dt.timedelta(hours=12)
Kind = Answer.Kind


@dataclass(frozen=True, slots=True)
class Signed:
    """A button for a page: its words, and the value that its form posts. `agrees`: whether it is a yes."""

    words: str
    token: str
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person can answer to one question here, and how they stand to it."""

    standing: Standing
    buttons: tuple[Signed, ...]

    @property
    def state(self) -> str:
        return self.standing.state.value

    @property
    def age(self) -> int | None:
        """The age that has to be stated with a yes; None where it was stated before."""
        age, before = self.standing.question.least_age, self.standing.before
        known = bool(age and before and (before.age_stated or 0) >= age)
        return age if any(button.agrees for button in self.buttons) and not known else None


def offer(person: User, standing: Standing, where: str) -> Offer:
    """Return the buttons for a question on a page: yes and no, or what differs from the answer that stands.

    Args:
        person: who is shown them.
        standing: how they stand to the question.
        where: the `Answer.Where` of the page.
    """
    return Offer(standing, tuple(_buttons(person, standing, where)))


def _buttons(person: User, standing: Standing, where: str) -> Iterator[Signed]:
    question, state = standing.question, standing.state
    if state == State.AGREED and standing.answer:
        yield withdrawing(person, standing.answer, where)
        return
    kinds = [agreeing(question)] if state == State.REFUSED else [agreeing(question), Kind.DECLINED]
    for kind in kinds:
        pressed = Button(kind, words_of(kind, question), where)
        yield Signed(pressed.wording, sign(person, question.version_id, pressed), kind in Answer.AGREED)


def withdrawing(person: User, given: Answer, where: str) -> Signed:
    """Return the button that takes back an answer that stands."""
    pressed = Button(Kind.WITHDRAWN, words_of_withdrawing(given), where)
    return Signed(pressed.wording, sign(person, given.version_id, pressed))


def sign(person: User, version_id: int, pressed: Button) -> str:
    return signing.dumps([person.pk, version_id, *astuple(pressed)], salt=SALT, compress=True)


def read(token: str, person: User) -> tuple[int, Button]:
    """Return the number of the version, and the button that the person was shown.

    Raises:
        CannotAnswer: this was never shown to them, or long ago.
    """
    try:
        whose, version_id, *shown = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise CannotAnswer(gettext("The page was open for too long. Look at it again, then answer.")) from error
    if whose != person.pk:
        raise CannotAnswer(gettext("The page was shown to somebody else. Look at it again, then answer."))
    return version_id, Button(*shown)


@dataclass(frozen=True, slots=True)
class Agreement:
    """An answer that stands and agrees, with the button that takes it back."""

    answer: Answer
    button: Signed


def agreements_of(person: User, given: Iterable[Answer]) -> list[Agreement]:
    """Return what the person agreed to and did not take back, newest first.

    Args:
        person: who answered.
        given: all their answers, newest first.
    """
    newest: dict[int, Answer] = {}
    for answer in given:
        newest.setdefault(answer.version_id, answer)
    where = Answer.Where.ACCOUNT
    return [Agreement(answer, withdrawing(person, answer, where)) for answer in newest.values() if answer.agrees]
