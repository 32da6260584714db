"""The rules of consent: each purpose has its own words, none is inferred, and taking back is as easy as giving."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.flows.origins import Origin
from accounts.models import ChoiceRecord, ConsentRecord, User
from accounts.values.wording import Words

Purpose = ConsentRecord.Purpose
Where = ChoiceRecord.Where


@dataclass(frozen=True, slots=True)
class Wording:
    """What is asked: the words and their version; where another company gets data, which, and the digest of it all."""

    version: int
    text: Words
    recipient: str = ""
    digest: str = ""


# Words that were ever shown stay as they are, since records name their version. New words are added at the end,
# and apply to those who agree from then on: nobody agreed to words they have not seen.
WORDINGS: dict[Purpose, tuple[Wording, ...]] = {
    Purpose.MARKETING_BY_EMAIL: (Wording(1, _("Send me news and offers about your services by e-mail.")),),
    Purpose.MARKETING_BY_POST: (Wording(1, _("Send me news and offers about your services by post.")),),
    Purpose.PASSING_ON: (
        Wording(
            1,
            _(
                "Pass my name and contact details on to the selected third parties that your privacy policy names, "
                "so that they can send me news and offers of their own."
            ),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A purpose that people are offered to agree to. `names`: the other companies that would get what it is about."""

    names: tuple[str, ...] = ()

    @property
    def recipient(self) -> str:
        return "; ".join(self.names)


# The room that knows what the organisation does says here what is offered; it is put in by `AppConfig.ready()`.
offers_of_the_site: list[Callable[[], Mapping[Purpose, Offer]]] = []


def offers() -> Mapping[Purpose, Offer]:
    """Return what is offered now; where nobody knows better, all that has words and names nobody else."""
    for known in offers_of_the_site:
        return known()
    return {purpose: Offer() for purpose in WORDINGS if purpose != Purpose.PASSING_ON}


class WordsChanged(Exception):
    """Other words were shown than those that apply now, so this cannot count as agreeing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person decided on a purpose; the record is missing where they never did."""

    purpose: Purpose
    record: ConsentRecord | None
    names: tuple[str, ...] = ()

    @property
    def is_of_a_device(self) -> bool:
        """Whether it is chosen for each browser, on the page about cookies."""
        return self.purpose not in WORDINGS

    @property
    def given(self) -> bool:
        return self.record is not None and self.record.given

    @property
    def wording(self) -> Wording:
        """Return the words they agreed to, or else those to which they can agree now."""
        if self.record and self.record.given:
            return Wording(self.record.version, self.record.wording, self.record.recipient, self.record.digest)
        return wording_of(self.purpose)


def wording_of(purpose: Purpose) -> Wording:
    """Return the words that are shown now; none for what is not asked in the account."""
    return WORDINGS[purpose][-1] if purpose in WORDINGS else Wording(0, "")


def choices_of(person: User) -> list[Choice]:
    """Return how a person decided on each purpose that is offered, or that they agreed to while it was."""
    offered = offers()
    found = [
        Choice(purpose, record, offered[purpose].names if purpose in offered else ())
        for purpose, record in _newest(person).items()
    ]
    return [choice for choice in found if choice.given or choice.purpose in offered]


def _newest(person: User) -> dict[Purpose, ConsentRecord | None]:
    records = {record.purpose: record for record in ConsentRecord.objects.filter(person=person).newest()}
    return {purpose: records.get(purpose.value) for purpose in Purpose}


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
        WordsChanged: they were shown other words than apply now, or it is offered no longer. Show them what is.
    """
    choice = _locked_choices(person)[purpose]
    if choice.given:
        return False
    offer = offers().get(purpose)
    if version != choice.wording.version or offer is None:
        raise WordsChanged
    _record(person, _Decided(purpose, True, replace(choice.wording, recipient=offer.recipient)), where, origin)
    return True


@transaction.atomic
def take_back(
    person: User, purposes: Iterable[Purpose], where: Where, origin: Origin | None = None
) -> list[ConsentRecord]:
    """Write down that a person takes their consent back; what they never gave leaves no record."""
    choices = _locked_choices(person)
    given = [choices[purpose] for purpose in purposes if choices[purpose].given]
    return [_record(person, _Decided(choice.purpose, False, choice.wording), where, origin) for choice in given]


@transaction.atomic
def choose_on_a_device(
    person: User, purpose: Purpose, given: bool, wording: Wording, origin: Origin | None = None
) -> None:
    """Write down what a signed-in person chose for the browser they use. A no that takes nothing back leaves no record.

    Args:
        person: who chose.
        purpose: one that is asked for each device, and not in the account.
        given: whether they agreed.
        wording: what they were asked.
        origin: from roughly where.
    """
    choice = _locked_choices(person)[purpose]
    if given and not (choice.given and choice.wording.digest == wording.digest):
        _record(person, _Decided(purpose, True, wording), Where.COOKIES, origin)
    elif not given and choice.given:
        _record(person, _Decided(purpose, False, choice.wording), Where.COOKIES, origin)


def _locked_choices(person: User) -> dict[Purpose, Choice]:
    """Two pages that are sent at once wait for each other here: the second sees what the first has written."""
    User.objects.select_for_update().get(pk=person.pk)
    return {purpose: Choice(purpose, record) for purpose, record in _newest(person).items()}


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is written down: to what, whether yes or no, in which words."""

    purpose: Purpose
    given: bool
    wording: Wording


def _record(person: User, decided: _Decided, where: Where, origin: Origin | None) -> ConsentRecord:
    origin, wording = origin or Origin(), decided.wording
    return ConsentRecord.objects.create(
        person=person,
        purpose=decided.purpose,
        given=decided.given,
        wording=str(wording.text),
        version=wording.version,
        recipient=wording.recipient,
        digest=wording.digest,
        where=where,
        device=origin.device,
        network=origin.network,
    )
