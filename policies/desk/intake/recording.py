"""Announces a policy's draft, and records versions that were announced elsewhere before."""

import datetime as dt
from dataclasses import dataclass
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Revision

from accounts.models import User
from policies.desk.approving.deciding.approving import enter_approval
from policies.desk.approving.draft import Draft
from policies.versions.announcing import AnnouncementRefused, announce
from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal
from policies.writing.models import PolicyPage, log_announcement


class Words(TypedDict, total=False):
    """What the panel of the CMS asks about an amendment, what the policy is about, and what it asks people for."""

    significance: str
    change_summary: str
    effective_from: dt.date | None
    kinds: list[str]
    short_notice_because: str
    links_because: str
    about_personal_data: bool
    asks_for: str
    least_age: int | None


@dataclass(frozen=True)
class Approved:
    """That somebody besides the authors approved outside the CMS: who, and how that was."""

    by: User
    because: str


def announce_draft(
    page: PolicyPage, *, by: User | None = None, approved: Approved | None = None, **words: Unpack[Words]
) -> PolicyVersion | None:
    """Announce a policy's draft.

    Args:
        page: the policy.
        by: the user who announces.
        approved: who approved it elsewhere; it is entered and logged. Needed where two people are asked for.
        words: significance, change_summary and effective_from, as in the panel of the CMS.

    Returns:
        The new version, or None if the text equals that of the newest version.

    Raises:
        AnnouncementRefused: a rule forbids it. The draft is kept.
    """
    draft = page.get_latest_revision_as_object()
    for name, value in words.items():
        setattr(draft, name, value)
    revision = draft.save_revision(user=by)
    with transaction.atomic():
        _enter(draft.proposal(revision, by=by), draft, approved)
        revision.publish(user=by)
    return PolicyVersion.objects.filter(revision=revision).first()


def record_announced_elsewhere(
    page: PolicyPage,
    *,
    announced_on: dt.date,
    by: User | None = None,
    approved: Approved | None = None,
    **words: Unpack[Words],
) -> PolicyVersion:
    """Record a version that was announced elsewhere before, with its true dates. Nobody is mailed about it.

    Args:
        page: the policy. Its draft is the text that was announced.
        announced_on: the day by our clocks. The time is set to noon.
        by: the user who records the version.
        approved: as in announce_draft.
        words: significance, change_summary and effective_from.

    Raises:
        AnnouncementRefused: an earlier recorded version is newer, the day is in the future, or another rule forbids it.
    """
    with transaction.atomic():
        PolicyPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        draft = page.get_latest_revision_as_object()
        say_of_the_past(draft, words)
        revision = draft.save_revision(user=by)
        proposal = draft.proposal(revision, by=by, announced_elsewhere=noon_of(announced_on))
        _enter(proposal, draft, approved)
        version, made = announce(proposal)
        if not made:
            raise AnnouncementRefused(
                gettext("The text is that of version %(number)s: there is nothing to record.")
                % {"number": version.number}
            )
        _show_as_announced(draft, revision, version)
    return version


def _enter(proposal: Proposal, page: PolicyPage, approved: Approved | None) -> None:
    if approved:
        draft = Draft(page, proposal.revision, proposal, PolicyVersion.objects.newest_kept(page.pk))
        enter_approval(draft, by=approved.by, reason=approved.because)


def say_of_the_past(draft: PolicyPage, words: Words) -> None:
    """Put words on a draft in memory, and only those: what was meant for its next amendment is not of the past."""
    draft.empty_the_panel()
    for name, value in words.items():
        setattr(draft, name, value)


def noon_of(day: dt.date) -> dt.datetime:
    """Return the time that stands for a day in the past, of which only the day is known."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _show_as_announced(draft: PolicyPage, revision: Revision, version: PolicyVersion) -> None:
    draft.live, draft.live_revision, draft.has_unpublished_changes = True, revision, False
    draft.first_published_at = draft.first_published_at or version.announced_at
    draft.last_published_at = version.announced_at
    draft.save()
    log_announcement(draft, version)
