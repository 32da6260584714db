"""What an enquiry can be about: the policies as they stand, and the version that somebody comes from."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext

from policies.versions.models import PolicyVersion


def versions_to_choose(asked: PolicyVersion | None = None) -> Iterator[tuple[str, str]]:
    """Yield the value and the words of each version in force or upcoming, and of the one that is asked about."""
    today = timezone.localdate()
    versions = PolicyVersion.objects.outline()
    now_or_later = versions.in_force(on=today) | versions.upcoming(on=today).order_by()
    found = {version.pk: version for version in now_or_later}
    if asked:
        found.setdefault(asked.pk, asked)
    for version in sorted(found.values(), key=lambda version: (version.title, version.slug, version.sequence)):
        yield (
            f"{version.slug} {version.number}",
            gettext("%(title)s, version %(number)s") % {"title": version.title, "number": version.number},
        )


def version_of(value: str) -> PolicyVersion | None:
    """Return the version that a value such as “privacy 3.0” names; None where there is none."""
    slug, _, number = value.rpartition(" ")
    major, _, minor = number.partition(".")
    if not (slug and all(part.isascii() and part.isdigit() and len(part) < 6 for part in (major, minor))):
        return None
    return PolicyVersion.objects.outline().of(slug).filter(major=int(major), minor=int(minor)).first()
