"""The only door through which a version comes to be, and the only way to withdraw one."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.models import User
from accounts.values.wording import day_in_words
from policies.texts.document import canonical_text, digest_of, to_json
from policies.versions.asking import asked, facts_of, objections_to
from policies.versions.assent import objections_of_others
from policies.versions.events import after_announcing, after_withdrawing
from policies.versions.freezing import keep_anchors
from policies.versions.kept_register import keep_register
from policies.versions.kinds import facts_of_kinds, in_order
from policies.versions.least_notice import earliest_of, objections_to_notice
from policies.versions.models import PolicyVersion, Significance
from policies.versions.proposals import Proposal
from policies.versions.refused import AnnouncementRefused, Outdated

__all__ = [
    "FIRST_CHAIN",
    "AnnouncementRefused",
    "Outdated",
    "Rehearsal",
    "announce",
    "chain_of",
    "next_number",
    "objections",
    "rehearsal_of",
    "rehearse",
    "withdraw",
]

FIRST_CHAIN = "0" * 64
MOST_SHOWN = 5


def announce(proposal: Proposal) -> tuple[PolicyVersion, bool]:
    """Freeze a draft as the policy's next version, with its notice; the caller holds the lock on the page's row.

    Returns:
        The version, and whether it was made: a text equal to the newest version's makes nothing.

    Raises:
        AnnouncementRefused: a rule speaks against it.
    """
    newest, kept = _standing(proposal.page_id)
    if kept and canonical_text(proposal.document) == kept.text:
        return kept, False
    for refusal in chain(objections(proposal, newest=newest, kept=kept), _of_others(proposal, newest, kept)):
        raise refusal
    with transaction.atomic():
        version = _frozen(proposal, newest, kept)
        try:
            version.save(force_insert=True)
        except IntegrityError as error:
            raise _explained(error, version) from error
        keep_register(version, proposal)
        after_announcing.tell(version, proposal)
    return version, True


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What announcing would do now: the version, not saved, with its number, day, text and mail; and what is refused.

    `kept` is the newest version that was not withdrawn, which it amends. Where that says the same, none would be made.
    """

    version: PolicyVersion
    kept: PolicyVersion | None
    refusals: list[AnnouncementRefused]


def rehearsal_of(proposal: Proposal, *, asks_others: bool = True) -> Rehearsal:
    """Return what announce() would do, and make nothing. Takes what rehearse() takes."""
    newest, kept = _standing(proposal.page_id)
    return Rehearsal(_frozen(proposal, newest, kept), kept, _refused(proposal, newest, kept, asks_others))


def rehearse(proposal: Proposal, *, asks_others: bool = True) -> list[AnnouncementRefused]:
    """Return everything announce() would refuse, and make nothing: for a page that shows it all at once.

    Args:
        proposal: what is to be announced.
        asks_others: whether the rooms above are asked, too. The form of a draft does not: approving comes after it.
    """
    return _refused(proposal, *_standing(proposal.page_id), asks_others)


def _refused(
    proposal: Proposal, newest: PolicyVersion | None, kept: PolicyVersion | None, asks_others: bool
) -> list[AnnouncementRefused]:
    if kept and canonical_text(proposal.document) == kept.text:
        return []
    others = _of_others(proposal, newest, kept) if asks_others else ()
    return [*objections(proposal, newest=newest, kept=kept), *others]


def _of_others(
    proposal: Proposal, newest: PolicyVersion | None, kept: PolicyVersion | None
) -> Iterator[AnnouncementRefused]:
    for objects in objections_of_others:
        yield from objects(proposal, newest, kept)


def _standing(page_id: int) -> tuple[PolicyVersion | None, PolicyVersion | None]:
    """Return the newest version, and the newest that was not withdrawn."""
    newest = PolicyVersion.objects.filter(page=page_id).order_by("-sequence").first()
    return newest, newest if newest and not newest.is_withdrawn else PolicyVersion.objects.newest_kept(page_id)


def objections(
    proposal: Proposal, *, newest: PolicyVersion | None, kept: PolicyVersion | None
) -> Iterator[AnnouncementRefused]:
    """Yield a refusal for each of the door's own rules that the proposal breaks.

    Args:
        proposal: what is to be announced.
        newest: the newest version, withdrawn or not.
        kept: the newest version that was not withdrawn.
    """
    if not proposal.document.sections and not proposal.document.preamble:
        yield AnnouncementRefused(gettext("The policy has no text yet. Write its sections first."), "sections")
    if proposal.struck:
        yield AnnouncementRefused(_about_struck(proposal.struck), "sections")
    if newest is None:
        yield from _about_slug(proposal)
    else:
        yield from _about_amendment(proposal, newest)
    if proposal.effective_from:
        yield from _about_date(proposal, proposal.effective_from, kept)
    notice = objections_to_notice(proposal) if newest else ()
    asking = objections_to(proposal.asking, is_correction=newest is not None and _keeps_the_meaning(proposal))
    for words, field in chain(notice, asking):
        yield AnnouncementRefused(words, field)
    if proposal.announced_elsewhere:
        yield from _about_past(proposal.announced_elsewhere, newest)


def _about_struck(passages: Sequence[str]) -> str:
    shown = ", ".join(f"“{passage[:80]}”" for passage in passages[:MOST_SHOWN])
    if (left := len(passages) - MOST_SHOWN) > 0:
        more = ngettext("%(shown)s and %(number)s more passage", "%(shown)s and %(number)s more passages", left)
        shown = more % {"shown": shown, "number": f"{left:,}"}
    return gettext(
        "The text holds words that are struck through: %(shown)s. Nobody could tell whether they "
        "are in force. Delete them, or type them again if they are."
    ) % {"shown": shown}


def _about_slug(proposal: Proposal) -> Iterator[AnnouncementRefused]:
    if PolicyVersion.objects.of(proposal.slug).exclude(page=proposal.page_id).exists():
        yield AnnouncementRefused(
            gettext("Another policy has the address “%(slug)s” already. Give this one another slug.")
            % {"slug": proposal.slug},
            "slug",
        )


def _about_amendment(proposal: Proposal, newest: PolicyVersion) -> Iterator[AnnouncementRefused]:
    if proposal.slug != newest.slug:
        yield AnnouncementRefused(
            gettext(
                "The address “%(slug)s” is fixed since version %(number)s was announced: links to it must go on "
                "working. Put the slug back."
            )
            % {"slug": newest.slug, "number": newest.number},
            "slug",
        )
    if proposal.amends is not None and proposal.amends < newest.sequence:
        yield Outdated(newest)
    if proposal.significance not in Significance.values:
        yield AnnouncementRefused(
            gettext("Say whether this changes the meaning of the policy or corrects it."), "significance"
        )
    if not proposal.change_summary.strip():
        yield AnnouncementRefused(gettext("Say in plain words what changes and why: readers see it."), "change_summary")


def _about_date(
    proposal: Proposal, effective_from: dt.date, kept: PolicyVersion | None
) -> Iterator[AnnouncementRefused]:
    announced = proposal.announcing_day
    if effective_from < announced:
        yield AnnouncementRefused(
            gettext("A version cannot come into force before the day it is announced, %(day)s.")
            % {"day": day_in_words(announced)},
            "effective_from",
        )
    elif kept and effective_from < kept.effective_from:
        yield AnnouncementRefused(
            gettext(
                "Version %(number)s comes into force on %(day)s; the next one cannot be earlier. Choose that day or a "
                "later one, or withdraw that version first."
            )
            % {"number": kept.number, "day": day_in_words(kept.effective_from)},
            "effective_from",
        )


def _about_past(announced_at: dt.datetime, newest: PolicyVersion | None) -> Iterator[AnnouncementRefused]:
    if announced_at > timezone.now():
        yield AnnouncementRefused(gettext("A version announced elsewhere was announced in the past."))
    if newest and announced_at < newest.announced_at:
        yield AnnouncementRefused(
            gettext("Version %(number)s was announced on %(day)s. Record versions in order, the oldest first.")
            % {"number": newest.number, "day": day_in_words(newest.announced_on)}
        )


def _keeps_the_meaning(proposal: Proposal) -> bool:
    return proposal.significance in (Significance.CORRECTION, Significance.DESCRIBED)


def next_number(newest: PolicyVersion | None, significance: str) -> tuple[int, int]:
    """Return (major, minor): an amendment raises the first, anything else the second. Withdrawn numbers stay used."""
    if newest is None:
        return 1, 0
    if significance in (Significance.CORRECTION, Significance.DESCRIBED):
        return newest.major, newest.minor + 1
    return newest.major + 1, 0


def _frozen(proposal: Proposal, newest: PolicyVersion | None, kept: PolicyVersion | None) -> PolicyVersion:
    document = keep_anchors(proposal.document, kept.document) if kept else proposal.document
    significance = proposal.significance if newest else Significance.AMENDMENT
    major, minor = next_number(newest, significance)
    text = canonical_text(document)
    now = timezone.now().replace(microsecond=0)
    # What is rehearsed may be announced later, at a time that is set.
    announced_at = (proposal.announced_elsewhere or max(now, proposal.scheduled_for or now)).replace(microsecond=0)
    effective_from, is_short = _begins(proposal if newest else replace(proposal, kinds=()), announced_at, kept)
    is_amendment = newest is not None and significance == Significance.AMENDMENT
    version = PolicyVersion(
        page_id=proposal.page_id,
        revision=proposal.revision,
        slug=proposal.slug,
        sequence=newest.sequence + 1 if newest else 1,
        major=major,
        minor=minor,
        significance=significance,
        change_summary=proposal.change_summary.strip(),
        effective_from=effective_from,
        announced_at=announced_at,
        announced_by=proposal.by,
        recorded_at=now if proposal.announced_elsewhere else None,
        title=document.title,
        content=to_json(document),
        text=text,
        digest=digest_of(text),
        kinds=in_order(proposal.kinds) if is_amendment else [],
        short_notice_because=proposal.short_notice_because.strip() if is_short else "",
        **asked(proposal.asking, kept, is_correction=significance != Significance.AMENDMENT),
    )
    version.chain = chain_of(version, newest.chain if newest else FIRST_CHAIN)
    return version


def _begins(proposal: Proposal, announced_at: dt.datetime, kept: PolicyVersion | None) -> tuple[dt.date, bool]:
    """Return the day from which it is in force, and whether that is sooner than the settings ask for.

    A worker that overslept midnight does not make a date wrong that was right when it was approved: only what the law
    asks for still moves it.
    """
    earliest = earliest_of(proposal, timezone.localdate(announced_at))
    at_short_notice = proposal.effective_from is not None or bool(proposal.short_notice_because.strip())
    first = earliest.by_law if at_short_notice else earliest.day
    if kept:
        first = max(first, kept.effective_from)
    day = max(proposal.effective_from or first, first)
    return day, day < earliest.day


def chain_of(version: PolicyVersion, previous: str) -> str:
    """Return the SHA-256 over a version's frozen facts and the chain of the version before it.

    Args:
        version: all of whose frozen fields are set.
        previous: the chain of the version before, or FIRST_CHAIN; 64 hexadecimal digits.
    """
    packed = json.dumps(chained_facts(version, previous), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(packed.encode()).hexdigest()


def chained_facts(version: PolicyVersion, previous: str) -> dict[str, object]:
    """Return what the chain covers, as JSON values: with them anybody can compute it again."""
    return {
        "previous": previous,
        "slug": version.slug,
        "sequence": version.sequence,
        "number": version.number,
        "significance": str(version.significance),
        "change_summary": version.change_summary,
        "effective_from": version.effective_from.isoformat(),
        "announced_at": int(version.announced_at.timestamp()),
        "recorded_at": int(version.recorded_at.timestamp()) if version.recorded_at else None,
        "title": version.title,
        "content": version.content,
        "digest": version.digest,
        **facts_of(version),
        **facts_of_kinds(version),
    }


def _explained(error: IntegrityError, version: PolicyVersion) -> Exception:
    if PolicyVersion.objects.of(version.slug).filter(sequence=version.sequence).exists():
        return AnnouncementRefused(
            gettext("Somebody announced this policy in the same moment. Your draft is kept: try again.")
        )
    return error


def withdraw(version: PolicyVersion, *, reason: str, by: User | None = None) -> None:
    """Take back a version before it comes into force. It stays readable, marked as withdrawn.

    Raises:
        AnnouncementRefused: it is in force already, was withdrawn before, or no reason is given.
    """
    if not reason.strip():
        raise AnnouncementRefused(gettext("Say why it is withdrawn: readers see the reason."), "reason")
    with transaction.atomic():
        fresh = PolicyVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
        if fresh.is_withdrawn:
            raise AnnouncementRefused(gettext("Version %(number)s was withdrawn already.") % {"number": fresh.number})
        if fresh.effective_from <= timezone.localdate():
            raise AnnouncementRefused(
                gettext(
                    "Version %(number)s came into force on %(day)s and cannot be withdrawn. Announce an amendment "
                    "instead."
                )
                % {"number": fresh.number, "day": day_in_words(fresh.effective_from)}
            )
        fresh.withdrawn_at = timezone.now().replace(microsecond=0)
        fresh.withdrawn_reason, fresh.withdrawn_by = reason.strip(), by
        fresh.save(update_fields=["withdrawn_at", "withdrawn_reason", "withdrawn_by"])
        after_withdrawing.tell(fresh)
