"""Checks everything that was announced: the versions, the CMS pages behind them, and who was told."""

from collections.abc import Iterator

from policies.notices.proof import discrepancies
from policies.texts.document import Document, canonical_text, digest_of
from policies.versions.freezing import without_what_the_site_writes
from policies.versions.models import PolicyVersion
from policies.versions.proof import Problem, verify_versions
from policies.writing.models import PolicyPage


def verify(slug: str | None = None) -> Iterator[Problem]:
    """Yield everything that is not as it was announced.

    Args:
        slug: only this policy; None for all.
    """
    yield from verify_versions(slug)
    yield from _verify_pages(slug)
    yield from (Problem(version.slug, version.number, what) for version, what in discrepancies(slug))


def _verify_pages(slug: str | None) -> Iterator[Problem]:
    """Look for pages that are live without a version, moved to another address or changed past the door."""
    newest = {version.page_id: version for version in PolicyVersion.objects.outline().order_by("sequence")}
    # Of a row only what can be read for certain: somebody may have written into the text.
    for page in PolicyPage.objects.filter(alias_of=None).only("slug", "live"):
        version = newest.get(page.pk)
        if slug and slug not in {page.slug, version and version.slug}:
            continue
        if version is None:
            if page.live:
                yield Problem(page.slug, "-", "the page is live, but no version was ever announced")
        elif page.slug != version.slug:
            yield Problem(version.slug, version.number, f"the page in the CMS has the slug “{page.slug}”")
        elif not page.live:
            yield Problem(version.slug, version.number, "the page in the CMS is offline")
        elif not _row_was_announced(page.pk):
            yield Problem(version.slug, version.number, "the page's text in the CMS is that of no announced version")


def _row_was_announced(page: int) -> bool:
    """Whether the row says what some version says, but for the tables that the site writes anew from its registers."""
    versions = PolicyVersion.objects.filter(page=page)
    try:
        document = PolicyPage.objects.get(pk=page).document
        if versions.filter(digest=digest_of(canonical_text(document))).exists():
            return True
        written = _by_hand(document)
        return any(_by_hand(version.document) == written for version in versions)
    except Exception:  # whatever stands in the row: it is no announced text
        return False


def _by_hand(document: Document) -> str:
    return canonical_text(without_what_the_site_writes(document))
