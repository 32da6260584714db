"""Who stood behind announced versions, for the list of versions in the CMS."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from policies.desk.approving.models import Approval, OutsideReview
from policies.versions.models import PolicyVersion


@dataclass(frozen=True, slots=True)
class Behind:
    """A version with its approvals, and the reviews that outsiders answered."""

    approvals: list[Approval]
    reviews: list[OutsideReview]


def behind_versions(versions: Iterable[PolicyVersion]) -> dict[int, Behind]:
    """Return who stood behind each version of a list, by its number in the database: two queries for all."""
    versions = list(versions)
    approved: dict[int, list[Approval]] = defaultdict(list)
    reviewed: dict[int, list[OutsideReview]] = defaultdict(list)
    for approval in Approval.objects.filter(version__in=versions).select_related("by").order_by("pk"):
        approved[approval.version_id or 0].append(approval)
    for review in OutsideReview.objects.filter(version__in=versions).exclude(answer="").order_by("pk"):
        reviewed[review.version_id or 0].append(review)
    return {version.pk: Behind(approved[version.pk], reviewed[version.pk]) for version in versions}
