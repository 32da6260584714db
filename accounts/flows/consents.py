"""The rules of consent: each purpose has its own words, none is inferred, and taking back is as easy as giving."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.flows.origins import Origin
from accounts.models import ChoiceRecord, ConsentRecord, User

Purpose = ConsentRecord.Purpose
Where = ChoiceRecord.Where


@dataclass(frozen=True, slots=True)
class Wording:
    version: int
    text: str


# Words that were ever shown stay as they are, since records name their version. New words are added at the end,
# and apply to those who agree from then on: nobody agreed to words they have not seen.
WORDINGS: dict[Purpose, tuple[Wording, ...]] = {
    Purpose.MARKETING_BY_EMAIL: (Wording(1, "Send me news and offers about your services by e-mail."),),
    Purpose.MARKETING_BY_POST: (Wording(1, "Send me news and offers about your services by post."),),
    Purpose.PASSING_ON: (
        Wording(
            1,
            "Pass my name and contact details on to the selected third parties that your privacy policy names, "
            "so that they can send me news and offers of their own.",
        ),
    ),
    Purpose.STATISTICS: (
        Wording(1, "Count what I do in my account, for statistics that show you what to improve and do not name me."),
    ),
}


class WordsChanged(Exception):
    """Other words were shown than those that apply now, so this cannot count as agreeing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person decided on a purpose; the record is missing where they never did."""

    purpose: Purpose
    record: ConsentRecord | None

    @property
    def given(self) -> bool:
        return self.record is not None and self.record.given

    @property
    def wording(self) -> Wording:
        """Return the words they agreed to, or else those to which they can agree now."""
        if self.record and self.record.given:
            return Wording(self.record.version, self.record.wording)
        return wording_of(self.purpose)


def wording_of(purpose: Purpose) -> Wording:
    """Return the words that are shown now."""
    return WORDINGS[purpose][-1]


def choices_of(person: User) -> list[Choice]:
    """Return how a person decided on each purpose."""
    records = {record.purpose: record for record in ConsentRecord.objects.filter(person=person).newest()}
    return [Choice(purpose, records.get(purpose.value)) for purpose in Purpose]


def ever_agreed(person: User, purpose: Purpose) -> bool:
    return ConsentRecord.objects.filter(person=person, purpose=purpose, given=True).exists()


@transaction.atomic
def agree(person: User, purpose: Purpose, version: int, where: Where, origin: Origin | None = None) -> bool:
    """Write down that a person agreed to a purpose, and return whether that is new.

    Args:
        person: who agreed.
        purpose: to what.
        version: of the words that they were shown.
        where: on which page.
        origin: from roughly where.

    Raises:
        WordsChanged: they were shown other words than apply now. Show them the new ones.
    """
    choice = _locked_choices(person)[purpose]
    if choice.given:
        return False
    if version != choice.wording.version:
        raise WordsChanged
    _record(person, choice, True, where, origin)
    return True


@transaction.atomic
def take_back(
    person: User, purposes: Iterable[Purpose], where: Where, origin: Origin | None = None
) -> list[ConsentRecord]:
    """Write down that a person takes their consent back; what they never gave leaves no record."""
    choices = _locked_choices(person)
    given = [choices[purpose] for purpose in purposes if choices[purpose].given]
    return [_record(person, choice, False, where, origin) for choice in given]


def _locked_choices(person: User) -> dict[Purpose, Choice]:
    """Two pages that are sent at once wait for each other here: the second sees what the first has written."""
    User.objects.select_for_update().get(pk=person.pk)
    return {choice.purpose: choice for choice in choices_of(person)}


def _record(person: User, choice: Choice, given: bool, where: Where, origin: Origin | None) -> ConsentRecord:
    origin = origin or Origin()
    return ConsentRecord.objects.create(
        person=person,
        purpose=choice.purpose,
        given=given,
        wording=choice.wording.text,
        version=choice.wording.version,
        where=where,
        device=origin.device,
        network=origin.network,
    )
