"""Where versions stand today, by two queries however many they are."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from policies.versions.history import Entry, History
from policies.versions.models import PolicyVersion

# What a history looks at; the rest stays in the database.
NEEDED = ("page_id", "sequence", "major", "minor", "effective_from", "announced_at", "withdrawn_at")


def entries_of(versions: Iterable[PolicyVersion]) -> dict[int, Entry]:
    """Return for each version, by its id, how it stands today.

    How a version stands, and until when, its successor alone decides: the next that was not withdrawn. None comes into
    force before the one that it amends, which the door sees to.
    """
    known = {version.pk: version for version in versions}
    later = PolicyVersion.objects.kept().filter(page=OuterRef("page"), sequence__gt=OuterRef("sequence"))
    successor = Subquery(later.order_by("sequence").values("pk")[:1])
    pairs = dict(PolicyVersion.objects.filter(pk__in=known).order_by().values_list("pk", successor))
    successors = PolicyVersion.objects.only(*NEEDED).in_bulk({pk for pk in pairs.values() if pk})
    today = timezone.localdate()
    found = {}
    for pk, version in known.items():
        next_one = successors.get(pairs[pk])
        found[pk] = History([version, *([next_one] if next_one else [])], on=today).of(version)
    return found
