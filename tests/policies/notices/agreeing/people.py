"""People who are asked something, and the buttons they press."""

import datetime as dt
import re

from django.utils import timezone

from accounts.models import User
from policies.notices.agreeing.answering import Button, answer
from policies.notices.agreeing.standing import standings_of
from policies.notices.models import Answer
from policies.versions.models import PolicyVersion
from tests.making.people import a_person

YES, NO, BACK = "accepted", "declined", "withdrawn"


def version(number: str, slug: str = "terms") -> PolicyVersion:
    major, minor = number.split(".")
    return PolicyVersion.objects.get(slug=slug, major=major, minor=minor)


def who_joined(day: dt.date, email: str = "ann@example.org", **fields) -> User:
    noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    return a_person(email, first_name="Ann", date_joined=noon, **fields)


def an_old_hand(client=None, email: str = "ann@example.org") -> User:
    """Somebody who was there before the terms; signed in, if there is a browser."""
    person = who_joined(dt.date(2024, 1, 1), email)
    if client:
        client.force_login(person)
    return person


def answered(person: User, number: str, kind: str = YES, slug: str = "terms") -> Answer | None:
    pressed = Button(kind, f"{kind} {number}", "page")
    return answer(person, version(number, slug), pressed, age_stated=True)


def state_of(person: User, slug: str = "terms") -> str:
    return next(one.state.value for one in standings_of(person) if one.question.slug == slug)


def answers(person: User) -> list[tuple[str, str]]:
    """Which version and what, in the order in which they were given."""
    return [(each.version.number, each.kind) for each in Answer.objects.filter(person=person).order_by("pk")]


def buttons(response) -> dict[str, str]:
    """The answers that a page offers: the words, and what the form posts."""
    html = response.content.decode()
    found = re.findall(r'name="answer" value="([^"]+)">([^<]+)</button>', html)
    return {words.replace("&quot;", '"'): token for token, words in found}


def press(client, response, words: str, **fields):
    """Press the button whose words begin so, on the page that the response is."""
    tokens = [token for its_words, token in buttons(response).items() if its_words.startswith(words)]
    assert len(tokens) == 1, f"{words!r} is {len(tokens)} times among {list(buttons(response))}"
    return client.post("/account/policies/answer/", {"answer": tokens[0]} | fields, follow=True)
