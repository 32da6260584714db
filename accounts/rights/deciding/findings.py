"""What staff found before they decide, and why it may not be enough."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext

from accounts.models import User
from accounts.rights.attaching.keeping import Checked
from accounts.rights.deciding.accounts import account_with
from accounts.rights.deciding.grounds import DISCLOSING, GROUNDS
from accounts.rights.deciding.health import objections_to_health
from accounts.rights.deciding.weighing import FACTORS
from accounts.rights.models import Ground, Health, Kind, Outcome
from accounts.rights.moves import IllegalMove

GIVES: Final = frozenset({Outcome.GRANTED, Outcome.PARTLY})
WITHHOLDS: Final = frozenset({Outcome.PARTLY, Outcome.REFUSED})


class NotDecided(IllegalMove):
    """Something is missing or does not fit; nothing was changed. Its words say all of it."""

    def __init__(self, objections: list[str]) -> None:
        super().__init__(" ".join(objections))
        self.objections = objections


@dataclass(frozen=True, slots=True)
class Item:
    """A part that is not given. `weighed` are the five factors by name, where it is about another person."""

    part: str
    ground: Ground
    explanation: str = ""
    weighed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """A decision as staff put it.

    Args:
        outcome: granted, partly granted or refused.
        words: what the letter says to the person; the reasons, where something is refused.
        searched: what was searched, and
        not_searched: what was not, and why (`LAW.SEARCH`).
        health: whether the answer holds data about health; None where nobody has said so.
        opinion_by: the health professional who was asked, and
        opinion_on: when.
        withheld: the parts that are not given.
        account: whose data it is about; None for somebody without an account.
        address: of an erasure without an account: everything that is held under it goes.
        details: the account's details as they are to be, for a correction.
        corrected: what else was put right, in words, for a correction.
        stop_marketing: whether news and offers to the account stop, for an objection.
        attach_download: whether the answer has the file with all that is held of the account.
        files: what staff add to the answer.
    """

    outcome: Outcome
    words: str
    searched: str = ""
    not_searched: str = ""
    health: Health | None = None
    opinion_by: str = ""
    opinion_on: dt.date | None = None
    withheld: tuple[Item, ...] = ()
    account: User | None = None
    address: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    corrected: str = ""
    stop_marketing: bool = False
    attach_download: bool = False
    files: tuple[Checked, ...] = ()

    @property
    def gives(self) -> bool:
        return self.outcome in GIVES


def objections_to(kind: Kind, findings: Findings, today: dt.date) -> list[str]:
    """Return all that keeps a request of this kind from being decided so, in words; nothing if it can be."""
    return [
        *_words_missing(findings),
        *_about_parts(kind, findings),
        *_about_disclosing(kind, findings, today),
        *_about_correcting(kind, findings),
        *_about_address(findings),
    ]


def _words_missing(findings: Findings) -> Iterator[str]:
    if findings.outcome in WITHHOLDS and not findings.words.strip():
        yield gettext("Say why it is refused, or refused in part: the person is told your reasons.")


def _about_parts(kind: Kind, findings: Findings) -> Iterator[str]:
    if findings.outcome == Outcome.GRANTED and findings.withheld:
        yield gettext("What is granted withholds nothing. Choose “partly granted”, or take the parts out.")
    if findings.outcome == Outcome.PARTLY and not findings.withheld and GROUNDS[kind]:
        yield gettext("Name the parts that are not given, each with its ground.")
    for number, item in enumerate(findings.withheld, 1):
        if item.ground not in GROUNDS[kind]:
            yield gettext("Part %(number)s: that ground is none for what was asked.") % {"number": number}
        yield from _not_weighed(number, item)


def _not_weighed(number: int, item: Item) -> Iterator[str]:
    if item.ground != Ground.ANOTHER_PERSON:
        return
    missing = [factor.label.lower() for factor in FACTORS if not item.weighed.get(factor.name, "").strip()]
    if missing:
        yield gettext("Part %(number)s is about another person; still to be weighed: %(missing)s.") % {
            "number": number,
            "missing": ", ".join(missing),
        }


def _about_disclosing(kind: Kind, findings: Findings, today: dt.date) -> Iterator[str]:
    if kind not in DISCLOSING or not findings.gives:
        return
    if not findings.searched.strip():
        yield gettext("Say what was searched.")
    yield from objections_to_health(findings.health, findings.opinion_by, findings.opinion_on, today)
    if not (findings.attach_download or findings.files):
        yield gettext("An answer has something in it: the download of the account, or files that you add.")
    if findings.attach_download and findings.account is None:
        yield gettext("There is no account whose download could be attached.")


def _about_correcting(kind: Kind, findings: Findings) -> Iterator[str]:
    if kind == Kind.CORRECTION and findings.gives and not (findings.details or findings.corrected.strip()):
        yield gettext("Say what is corrected: the details of the account, or in words what was put right elsewhere.")
    if (findings.details or findings.stop_marketing) and findings.account is None:
        yield gettext("Name the account that is to be changed.")


def _about_address(findings: Findings) -> Iterator[str]:
    if findings.address and (findings.account or account_with(findings.address)):
        yield gettext("There is an account with that address: name it, and everything of it is erased.")
