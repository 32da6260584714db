"""Where versions of many policies stand today, by one query for all of them."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from policies.versions.history import Entry, History
from policies.versions.models import PolicyVersion

# What a history looks at; the rest stays in the database.
NEEDED = ("page_id", "sequence", "major", "minor", "effective_from", "announced_at", "withdrawn_at")


def entries_of(versions: Iterable[PolicyVersion]) -> dict[int, Entry]:
    """Return for each version, by its id, how it stands today among all versions of its policy."""
    pages = {version.page_id for version in versions}
    found: dict[int, list[PolicyVersion]] = defaultdict(list)
    for version in PolicyVersion.objects.filter(page__in=pages).only(*NEEDED):
        found[version.page_id].append(version)
    today = timezone.localdate()
    return {entry.version.pk: entry for rows in found.values() for entry in History(rows, on=today)}
