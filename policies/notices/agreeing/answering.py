"""The one way in which an answer is written down: a button that a person pressed, with the words it had."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from policies.notices.agreeing.wording import age_words
from policies.notices.models.answers import Answer
from policies.versions.asking import AsksFor
from policies.versions.models import PolicyVersion

Kind = Answer.Kind
# What each kind of answer can answer.
ASKED_BY = {Kind.ACKNOWLEDGED: AsksFor.ACKNOWLEDGEMENT, Kind.ACCEPTED: AsksFor.ACCEPTANCE}


class CannotAnswer(Exception):
    """The version does not ask this; the message says so to the person. Nothing was written."""


class AgeNotStated(CannotAnswer):
    """The version asks for an age, and the person did not say that they have reached it."""


@dataclass(frozen=True, slots=True)
class Button:
    """What a person pressed, or ticked: an `Answer.Kind`, the words, an `Answer.Where`, the language of the words."""

    kind: str
    wording: str
    where: str
    language: str = settings.LANGUAGE_CODE


@transaction.atomic
def answer(person: User, version: PolicyVersion, pressed: Button, *, age_stated: bool = False) -> Answer | None:
    """Write down what a person answered to a version; None where that is what stands already.

    Declining what was agreed to takes it back.

    Args:
        person: who answered.
        version: to what.
        pressed: the button.
        age_stated: whether they said that they have reached the age that the version asks for.

    Raises:
        CannotAnswer: the version was withdrawn or asks for something else, or there is nothing to take back.
        AgeNotStated: it asks for an age.
    """
    User.objects.select_for_update().get(pk=person.pk)  # of two at once the second sees what the first wrote
    given = Answer.objects.filter(person=person, version=version).first()
    stands = given is not None and given.agrees
    kind = Kind.WITHDRAWN if stands and pressed.kind == Kind.DECLINED else Kind(pressed.kind)
    _refuse(version, kind, stands)
    if given and kind in _same_as(given):
        return None
    age = version.least_age if kind == Kind.ACCEPTED and not _stated_before(person, version.least_age) else None
    if age and not age_stated:
        raise AgeNotStated(gettext("Say that you are %(age)s or older: otherwise you cannot accept it.") % {"age": age})
    return Answer.objects.create(
        person=person,
        version=version,
        kind=kind,
        digest=version.digest,
        wording=f"{pressed.wording}. {age_words(age)}" if age else pressed.wording,
        language=pressed.language,
        where=pressed.where,
        age_stated=age,
        at=timezone.now(),
    )


def _stated_before(person: User, age: int | None) -> bool:
    return age is not None and Answer.objects.filter(person=person, age_stated__gte=age).exists()


def _refuse(version: PolicyVersion, kind: str, stands: bool) -> None:
    if kind == Kind.WITHDRAWN:
        if not stands:
            raise CannotAnswer(gettext("There is nothing to take back."))
    elif version.is_withdrawn:
        raise CannotAnswer(
            gettext("Version %(number)s was withdrawn: it asks nothing any more.") % {"number": version.number}
        )
    elif ASKED_BY.get(Kind(kind), version.asks_for) != version.asks_for or not version.asks_for:
        raise CannotAnswer(gettext("Version %(number)s does not ask that.") % {"number": version.number})


def _same_as(given: Answer) -> frozenset[str]:
    """Return the answers that would say nothing new."""
    return frozenset({given.kind}) if given.agrees else frozenset({Kind.DECLINED, Kind.WITHDRAWN})
