"""Records an imported text as a version announced elsewhere: rehearsed first, which shows everything, then for good."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from accounts.models import User
from policies.desk.approving.models import TwoPeopleRule
from policies.desk.intake.drafting import Seen, keep_keys, put_into_draft, take_over
from policies.desk.intake.recording import Words, noon_of, record_announced_elsewhere, say_of_the_past
from policies.texts.document import Document
from policies.versions.announcing import FIRST_CHAIN, AnnouncementRefused, rehearsal_of
from policies.versions.history import Entry, History
from policies.versions.models import PolicyVersion, Significance
from policies.versions.proposals import Proposal, digest_of_proposal
from policies.writing.models import PolicyPage

ALONE = _(
    "Two people are asked for here, and what was announced elsewhere cannot be approved on this page. Record it on the "
    "server, with the approval of somebody else: manage.py record_policy … --approved-by … --approved-because …"
)


class ChangedMeanwhile(Exception):
    """What would be recorded is not what was shown. Nothing was saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A text with the words and the days of its announcement in another place."""

    document: Document
    slug: str
    announced_on: dt.date
    words: Words


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What recording would do: the refusals, the version as it would be, and what it is known by.

    `before` is the version that it amends, `entry` how it will stand today, `ends` the version whose time it ends.
    """

    refusals: list[AnnouncementRefused]
    version: PolicyVersion
    before: PolicyVersion | None
    entry: Entry
    ends: PolicyVersion | None
    token: str


def rehearse_past(past: Past, page: PolicyPage | None, by: User) -> Rehearsal:
    """Return what recording would do now, and make nothing."""
    proposal = _proposal(past, page, by)
    versions = list(PolicyVersion.objects.outline().filter(page=page)) if page else []
    alone = _is_alone(proposal, is_first=not versions)
    rehearsed = rehearsal_of(proposal, asks_others=not alone)
    version = rehearsed.version
    today = timezone.localdate()
    history, earlier = History([*versions, version], on=today), History(versions, on=today)
    now_in_force = earlier.in_force and earlier.in_force.version
    ended = now_in_force if now_in_force and history.of(now_in_force) != earlier.of(now_in_force) else None
    follows = max(versions, key=lambda each: each.sequence).chain if versions else FIRST_CHAIN
    token = hashlib.sha256(f"{digest_of_proposal(proposal)} {version.sequence} {follows}".encode()).hexdigest()
    refused = [AnnouncementRefused(ALONE)] if alone else []
    refusals = [*_nothing_new(version, history.before(version)), *refused, *rehearsed.refusals]
    return Rehearsal(refusals, version, history.before(version), history.of(version), ended, token)


def _is_alone(proposal: Proposal, *, is_first: bool) -> bool:
    """Whether a second person is missing: who imports wrote the text, and nobody approves it before it is a draft."""
    is_correction = not is_first and proposal.significance == Significance.CORRECTION
    return TwoPeopleRule.in_force().asks_for_two(is_correction=is_correction)


def _nothing_new(version: PolicyVersion, before: PolicyVersion | None) -> list[AnnouncementRefused]:
    if before is None or before.digest != version.digest:
        return []
    return [
        AnnouncementRefused(
            gettext("The text is that of version %(number)s: there is nothing to record.") % {"number": before.number}
        )
    ]


def _proposal(past: Past, page: PolicyPage | None, by: User) -> Proposal:
    draft = page.get_latest_revision_as_object() if page else PolicyPage(slug=past.slug)
    take_over(draft, keep_keys(past.document, draft.document) if page else past.document)
    say_of_the_past(draft, past.words)
    return draft.proposal(Revision(), by=by, announced_elsewhere=noon_of(past.announced_on))


@transaction.atomic
def record_past(past: Past, page: PolicyPage | None, *, by: User, seen: Seen, token: str) -> PolicyVersion:
    """Record what was shown, and nothing else. The draft that waits, if one does, stays in the history.

    Args:
        past: the text, its words and days.
        page: the policy; None for a new one.
        by: who records it.
        seen: what they have seen of the policy.
        token: of the rehearsal that they confirmed.

    Raises:
        ChangedMeanwhile: a rehearsal now would show something else.
        AnnouncementRefused: a rule speaks against it.
        NewerDraft: somebody else saved a draft that was not seen.
    """
    if page:
        page = PolicyPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if rehearse_past(past, page, by).token != token:
        raise ChangedMeanwhile
    draft = put_into_draft(past.document, past.slug, by=by, seen=seen)
    return record_announced_elsewhere(draft, announced_on=past.announced_on, by=by, **past.words)
