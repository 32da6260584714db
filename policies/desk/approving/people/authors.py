"""Who wrote a draft: by what each save changed since the last announcement, not by who saved."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from wagtail.models import PageLogEntry, Revision

from policies.versions.models import PolicyVersion
from policies.versions.proposals import digest_of_proposal
from policies.writing.models import PolicyPage

# Stands among the authors for somebody who is not known: an import, or an account that was erased.
UNKNOWN = None
SAVING = ("wagtail.create", "wagtail.edit", "wagtail.revert")
Authors = frozenset[int | None]


def authors_of_draft(page: PolicyPage) -> Authors:
    """Return the authors of the newest draft; see authors_of."""
    newest = page.get_latest_revision()
    return authors_of(page, newest) if newest else frozenset()


def authors_of(page: PolicyPage, revision: Revision) -> Authors:
    """Return the ids of everybody who changed text, words, dates or mail since the last announcement; None if unknown.

    Saves of one person that follow each other count as one, and a save that changes nothing makes nobody an author.
    Where drafts in between were purged, whoever saved them counts, since nobody can say any more what they changed.

    Args:
        page: the policy.
        revision: the draft; later ones are not looked at.
    """
    base = _last_announced(page, revision)
    before = digest_of_draft(base) if base else ""
    found: set[int | None] = set(_of_purged(page, base))
    runs = groupby(_savings(page, base, revision), key=itemgetter(1))
    ends = [(user, list(run)[-1][0]) for user, run in runs]
    saved = page.revisions.in_bulk([last for _, last in ends if last != revision.pk]) | {revision.pk: revision}
    for user, last in ends:
        after = digest_of_draft(saved[last])
        if after != before:
            found.add(user)
        before = after
    return frozenset(found)


def digest_of_draft(revision: Revision) -> str:
    """Return the digest of all that announcing this draft would say; the database is not asked."""
    draft = PolicyPage.from_serializable_data(revision.content, check_fks=False)
    return digest_of_proposal(draft.proposal(revision))


def _last_announced(page: PolicyPage, revision: Revision) -> Revision | None:
    """Return the newest announced draft up to this one. What was withdrawn was never taken back by its writer."""
    versions = PolicyVersion.objects.outline().kept().filter(page=page, revision__pk__lte=revision.pk)
    version = versions.order_by("-sequence").select_related("revision").first()
    return version.revision if version else None


def _savings(page: PolicyPage, base: Revision | None, last: Revision) -> list[tuple[int, int | None]]:
    """Return number and author of each draft after the announced one, without the texts."""
    after = {"pk__gt": base.pk} if base else {}
    return list(page.revisions.filter(pk__lte=last.pk, **after).order_by("pk").values_list("pk", "user_id"))


def _of_purged(page: PolicyPage, base: Revision | None) -> Iterable[int | None]:
    """Return who saved drafts that are gone, as the page's history has it."""
    after = {"revision_id__gt": base.pk} if base else {}
    saved = PageLogEntry.objects.filter(page=page.pk, action__in=SAVING, revision_id__isnull=False, **after)
    return saved.exclude(revision_id__in=page.revisions.values("pk")).values_list("user_id", flat=True)
