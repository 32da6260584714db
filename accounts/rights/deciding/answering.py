"""Decides a request: the decision, what is done because of it, and the letter that says so, or nothing of all that."""

import logging

from django.core.files import File as Content
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.flows.consents import Where, take_back
from accounts.personal_data.erasing import NotErased
from accounts.personal_data.register import subject_at, subject_of
from accounts.rights.asking.marketing import MARKETING, STOPPED
from accounts.rights.deciding.attaching import attach
from accounts.rights.deciding.correcting import LABELS, correct_details
from accounts.rights.deciding.erasing import (
    Erasing,
    announce_in_ledger,
    confirm_in_ledger,
    erase_account,
    erase_address,
    look_again,
)
from accounts.rights.deciding.findings import Findings, NotDecided, objections_to
from accounts.rights.deciding.grounds import TOLD_ON
from accounts.rights.deciding.packing import packed
from accounts.rights.deciding.recipients import make_tasks, recipients_of
from accounts.rights.deciding.restricting import restrict_account
from accounts.rights.due_dates import today
from accounts.rights.letters.sending import send_letter
from accounts.rights.letters.writing import LetterKind, Told, Withheld, write_letter
from accounts.rights.models import Decision, Health, Kind, Outcome, RightsRequest, What, WithheldItem
from accounts.rights.moves import By, write_down
from accounts.rights.moves import decide as move_to_decided
from accounts.values.wording import day_in_words, entries_in_words

logger = logging.getLogger(__name__)
OWN = _("It is about you. A colleague has to decide it.")


def decide(request: RightsRequest, by: By, findings: Findings) -> Decision:
    """Decide a request, do what was granted, and send the answer. An erasure is looked at again after the commit.

    Args:
        request: as staff have read it.
        by: who of the staff decides.
        findings: what they found.

    Raises:
        NotDecided: something is missing, or an erasure failed; nothing was changed.
        IllegalMove: it is decided already, or has ended.
        Overtaken: it was changed since it was read.
    """
    if by.user and (by.user in (request.person, findings.account) or findings.address == by.user.email):
        raise NotDecided([str(OWN)])
    if objections := objections_to(Kind(request.kind), findings, today()):
        raise NotDecided(objections)
    with packed(findings.account if findings.attach_download else None) as package:
        try:
            decision, erasing = _decide(request, by, findings, package)
        except NotErased as error:
            request.refresh_from_db()
            raise NotDecided(
                [
                    gettext("The erasure failed, so nothing was decided and nothing was erased: %(error)s")
                    % {"error": error}
                ]
            ) from error
    if erasing:
        confirm_in_ledger(erasing)
        _look_again(erasing)
    return decision


@transaction.atomic
def _decide(
    request: RightsRequest, by: By, findings: Findings, package: "Content[bytes] | None"
) -> tuple[Decision, Erasing | None]:
    """Do all of it; the ledger's line is the last thing before the commit."""
    move_to_decided(request, by, findings.outcome)
    decision = _write_decision(request, by, findings)
    recipients = _recipients(request, findings)
    done, erasing = _do(request, by, findings)
    make_tasks(request, recipients)
    told = Told(
        outcome=findings.outcome.label.lower(),
        done=done,
        withheld=[Withheld(item.part, item.ground.in_words) for item in findings.withheld],
        recipients=list(recipients),
    )
    request.refresh_from_db()
    refused = findings.outcome == Outcome.REFUSED
    letter = write_letter(LetterKind.REFUSAL if refused else LetterKind.OUTCOME, request, findings.words, told)
    message = send_letter(request, by, letter)
    attach(request, by, message, findings.files, package)
    write_down(request, by, What.ANSWERED)
    if erasing:
        announce_in_ledger(erasing)
    return decision, erasing


def _write_decision(request: RightsRequest, by: By, findings: Findings) -> Decision:
    opinion = findings.health == Health.OPINION
    decision = Decision.objects.create(
        request=request,
        by=by.user,
        outcome=findings.outcome,
        reasons=findings.words.strip(),
        searched=findings.searched.strip(),
        not_searched=findings.not_searched.strip(),
        health=findings.health or Health.NONE,
        opinion_by=findings.opinion_by.strip() if opinion else "",
        opinion_on=findings.opinion_on if opinion else None,
    )
    WithheldItem.objects.bulk_create(
        WithheldItem(
            decision=decision, part=item.part, ground=item.ground, explanation=item.explanation, **item.weighed
        )
        for item in findings.withheld
    )
    if findings.searched.strip():
        write_down(request, by, What.SEARCHED, internal=True)
    return decision


def _recipients(request: RightsRequest, findings: Findings) -> dict[str, list[str]]:
    """Return who was given the data, before anything is erased."""
    if request.kind not in TOLD_ON or not findings.gives:
        return {}
    if findings.account:
        return recipients_of(subject_of(findings.account))
    return recipients_of(subject_at(findings.address)) if findings.address else {}


def _do(request: RightsRequest, by: By, findings: Findings) -> tuple[list[str], Erasing | None]:
    """Do what was granted; return what was done, in sentences for the person."""
    if not findings.gives:
        return [], None
    if request.kind == Kind.CORRECTION:
        return _correct(request, by, findings), None
    if request.kind == Kind.ERASURE and (findings.account or findings.address):
        return _erase(request, findings, by)
    if request.kind == Kind.RESTRICTION and findings.account:
        return [restrict_account(request, findings.account, by)], None
    if findings.stop_marketing and findings.account:
        take_back(findings.account, MARKETING, Where.RIGHTS_REQUEST)
        write_down(request, by, What.MARKETING_STOPPED)
        return [str(STOPPED)], None
    return [], None


def _correct(request: RightsRequest, by: By, findings: Findings) -> list[str]:
    done = (
        [gettext("Put right: %(corrected)s") % {"corrected": findings.corrected.strip()}]
        if findings.corrected.strip()
        else []
    )
    if findings.account and findings.details:
        changes = correct_details(request, findings.account, findings.details, by)
        names = ", ".join(str(LABELS[change.field]) for change in changes)
        return [*done, gettext("Put right in your account: %(names)s.") % {"names": names}] if names else done
    write_down(request, by, What.CORRECTED, findings.corrected)
    return done


def _erase(request: RightsRequest, findings: Findings, by: By) -> tuple[list[str], Erasing]:
    if findings.account:
        erasing, what = erase_account(request, findings.account, by), gettext("Your account")
    else:
        erasing, what = erase_address(request, findings.address, by), gettext("What this site held under your address")
    count = entries_in_words(sum(erasing.receipt.first.values()))
    return [
        gettext(
            "%(what)s was erased on %(day)s: %(count)s. Then we look again for what may be left; the receipt "
            "of both stands on the page of this request."
        )
        % {"what": what, "day": day_in_words(today()), "count": count}
    ], erasing


def _look_again(erasing: Erasing) -> None:
    """What fails here is made up for by the chore: the receipt says that it is missing."""
    try:
        look_again(erasing.receipt, erasing.subject)
    except NotErased as error:
        logger.error("an erasure could not be looked at again: %s", error, extra={"receipt": erasing.receipt.pk})
