"""What newcomers are asked at sign-up: a box for each policy in force that asks for acceptance, and their age."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.flows.entrance import Box, Reading
from accounts.models import User
from policies.notices.agreeing.answering import Button, answer
from policies.notices.agreeing.questions import Question, asked_in_force
from policies.notices.agreeing.wording import age_words, label_of_box, words_beside_box
from policies.notices.models.answers import Answer
from policies.versions.models import PolicyVersion


def _asked() -> list[Question]:
    return [question for question in asked_in_force() if question.is_acceptance]


def _name(question: Question) -> str:
    """Another version has another name: a tick for the one before does not count for it."""
    return f"accept_{question.version_id}"


class Newcomers:
    """Asks accounts' newcomers; see `accounts.flows.entrance`."""

    def boxes(self) -> list[Box]:
        """Return what is to be ticked for an account: the policies that ask, and the age where one asks for it."""
        asked = _asked()
        ages = [question.least_age for question in asked if question.least_age]
        boxes = [
            Box(
                _name(question),
                label_of_box(question, reverse("policies:version", args=[question.slug, question.number])),
                gettext("Read it, and tick this to open an account."),
            )
            for question in asked
        ]
        if ages:
            words = age_words(max(ages))
            too_young = gettext("Accounts are for people of %(age)s or older. Tick this if you are.") % {
                "age": max(ages)
            }
            boxes.append(Box(f"age_{max(ages)}", words, too_young))
        return boxes

    def readings(self) -> list[Reading]:
        """What is done with what newcomers tell: the policies about personal data that are in force."""
        in_force = PolicyVersion.objects.outline().in_force(on=timezone.localdate())
        about_people = in_force.filter(page__about_personal_data=True).order_by("title")
        return [Reading(version.title, reverse("policies:policy", args=[version.slug])) for version in about_people]

    def record(self, person: User, ticked: Sequence[str]) -> None:
        """Write down one acceptance for each box; the age with those that ask for it."""
        versions = PolicyVersion.objects.outline().in_bulk([question.version_id for question in _asked()])
        age_stated = any(name.startswith("age_") for name in ticked)
        for question in _asked():
            if _name(question) in ticked:
                pressed = Button(Answer.Kind.ACCEPTED, words_beside_box(question), Answer.Where.SIGN_UP)
                answer(person, versions[question.version_id], pressed, age_stated=age_stated)


NEWCOMERS = Newcomers()
