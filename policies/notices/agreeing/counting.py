"""How many people answered what, for reports."""

from collections.abc import Iterable

from django.db.models import Count

from policies.notices.models.answers import Answer
from policies.versions.models import PolicyVersion


def answers_by_version(versions: Iterable[PolicyVersion] | None = None) -> dict[int, dict[str, int]]:
    """Count the answers that stand, each person once a version. One query.

    Args:
        versions: of these only, a queryset as well; None for all.

    Returns:
        For the number of each version that somebody answered, how many by kind of answer: acknowledged, accepted,
        declined, withdrawn; 0 where nobody did. Versions that nobody answered are left out.
    """
    standing = Answer.objects.newest()
    if versions is not None:
        standing = standing.filter(version__in=versions)
    counted: dict[int, dict[str, int]] = {}
    for version, kind, number in standing.order_by().values_list("version", "kind").annotate(Count("pk")):
        counted.setdefault(version, dict.fromkeys(Answer.Kind.values, 0))[kind] = number
    return counted
