"""Who stood behind announced versions, for the list of versions in the CMS."""

from collections import defaultdict
from collections.abc import Iterable

from policies.desk.approving.models import Approval, OutsideReview
from policies.versions.models import PolicyVersion


def put_behind(versions: Iterable[PolicyVersion]) -> None:
    """Give each version of a list its approvals and its reviews, as `behind` and `reviewed`, by two queries for all."""
    versions = list(versions)
    behind: dict[int, list[Approval]] = defaultdict(list)
    reviewed: dict[int, list[OutsideReview]] = defaultdict(list)
    for approval in Approval.objects.filter(version__in=versions).select_related("by").order_by("pk"):
        behind[approval.version_id or 0].append(approval)
    for review in OutsideReview.objects.filter(version__in=versions).exclude(answer="").order_by("pk"):
        reviewed[review.version_id or 0].append(review)
    for version in versions:
        version.behind, version.reviewed = behind[version.pk], reviewed[version.pk]
