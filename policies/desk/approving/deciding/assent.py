"""What stands behind a draft besides its authors: found by digest, asked by the door."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from policies.desk.approving.models import Approval, ApprovalKind, OutsideReview, ReviewAnswer, TwoPeopleRule
from policies.desk.approving.people.authors import UNKNOWN, authors_of
from policies.versions.models import PolicyVersion, Significance
from policies.versions.proposals import Proposal, digest_of_proposal
from policies.versions.refused import AnnouncementRefused
from policies.writing.models import PolicyPage

ALONE = _(
    "Two people are asked for: somebody who wrote none of this draft must approve exactly this text, these words and "
    "this date. Submit it for approval, or ask a colleague to look at it. Your draft is kept."
)
NOT_READ = _(
    "It cannot be read whether two people are asked for, so nothing was announced. Try again; your draft is kept."
)


@dataclass(frozen=True)
class Assent:
    """Everything said about one digest by people, of which nothing was announced yet."""

    approvals: tuple[Approval, ...] = ()
    reviews: tuple[OutsideReview, ...] = ()

    def suffices(self, rule: TwoPeopleRule, authors: Iterable[int | None]) -> bool:
        """Whether somebody besides the authors stands behind it."""
        wrote = frozenset(authors)
        return any(_counts(one, wrote) for one in self.approvals) or (
            rule.outsiders_count and any(_counts_as_second(review, wrote) for review in self.reviews)
        )


def _counts(approval: Approval, authors: frozenset[int | None]) -> bool:
    """Whether an approval is a second person's. Where it is not known who wrote, nobody can be said not to have."""
    if approval.kind == ApprovalKind.EMERGENCY:
        return True
    if approval.by_id is None or approval.by_id in authors:
        return False
    return approval.kind == ApprovalKind.COMMAND or UNKNOWN not in authors


def _counts_as_second(review: OutsideReview, authors: frozenset[int | None]) -> bool:
    """Whether an outsider's yes is a second person's: whoever asked has seen the link, and could have used it."""
    asked_by_another = review.made_by_id is not None and not authors & {review.made_by_id, UNKNOWN}
    return review.answer == ReviewAnswer.AGREES and asked_by_another


def assent_to(proposal: Proposal, kept: PolicyVersion | None) -> Assent:
    """Find what was said about exactly this proposal, against the version that it amends.

    Args:
        proposal: what is to be announced.
        kept: the newest version that was not withdrawn.
    """
    exactly = {
        "page": proposal.page_id,
        "digest": digest_of_proposal(proposal),
        "amends": kept.sequence if kept else 0,
        "version": None,
    }
    answered = OutsideReview.objects.filter(revoked_at=None, **exactly).exclude(answer="")
    approved = Approval.objects.filter(taken_back_at=None, **exactly).select_related("by")
    return Assent(tuple(approved), tuple(answered))


def asks_for_two(proposal: Proposal, newest: PolicyVersion | None, rule: TwoPeopleRule) -> bool:
    """Whether the rule asks for a second person. A first version is never a correction."""
    is_correction = newest is not None and proposal.significance == Significance.CORRECTION
    return rule.asks_for_two(is_correction=is_correction)


def nobody_alone(
    proposal: Proposal, newest: PolicyVersion | None, kept: PolicyVersion | None
) -> Iterator[AnnouncementRefused]:
    """Object to what nobody but its authors stands behind, where the rule asks for two; and where it cannot be read."""
    try:
        with transaction.atomic():
            refused = asks_for_two(proposal, newest, TwoPeopleRule.in_force()) and not has_assent(proposal, kept)
    except DatabaseError:
        yield AnnouncementRefused(NOT_READ)
        return
    if refused:
        yield AnnouncementRefused(ALONE)


def has_assent(proposal: Proposal, kept: PolicyVersion | None) -> bool:
    """Whether enough people stand behind this proposal, whoever announces it."""
    assent = assent_to(proposal, kept)
    if not (assent.approvals or assent.reviews):
        return False
    page = PolicyPage.objects.get(pk=proposal.page_id)
    return assent.suffices(TwoPeopleRule.in_force(), authors_of(page, proposal.revision))


def link_to_version(version: PolicyVersion, proposal: Proposal) -> None:
    """Note on approvals and reviews what was announced by them. Listens to after_announcing."""
    kept = PolicyVersion.objects.newest_kept(version.page_id, before=version.sequence)
    assent = assent_to(proposal, kept)
    for found in (assent.approvals, assent.reviews):
        for row in found:
            type(row).objects.filter(pk=row.pk).update(version=version)
