"""Puts imported texts into drafts, and records versions that were announced elsewhere."""

import datetime as dt
from dataclasses import replace
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from accounts.models import User
from policies.texts.document import Document, Runs
from policies.versions.announcing import AnnouncementRefused, announce
from policies.versions.models import PolicyVersion
from policies.writing.drafting import preamble_data, sections_data
from policies.writing.models import PolicyIndexPage, PolicyPage, log_announcement


class Words(TypedDict, total=False):
    """What the panel of the CMS asks about an amendment."""

    significance: str
    change_summary: str
    effective_from: dt.date | None


def put_into_draft(document: Document, slug: str, *, by: User | None = None) -> PolicyPage:
    """Save a document as the draft of the policy with this slug. Create the policy if there is none.

    Sections whose heading already exists count as the same section.

    Raises:
        AnnouncementRefused: the site has no list of policies.
    """
    page = PolicyPage.objects.filter(slug=slug, alias_of=None).first()
    if page is None:
        page = PolicyPage(slug=slug)
    else:
        document = keep_keys(document, page.document)
    page.title = document.title
    page.preamble, page.sections = preamble_data(document), sections_data(document)
    page.language = document.lang
    if page.pk is None:
        _index().add_child(instance=page)
    page.save_revision(user=by)
    return page


def _index() -> PolicyIndexPage:
    index = PolicyIndexPage.objects.first()
    if index is None:
        raise AnnouncementRefused("The site has no list of policies. Make one in the CMS, under the home page.")
    return index


def keep_keys(document: Document, earlier: Document) -> Document:
    """Return the document with section keys taken from an earlier one, matched by heading."""
    keys = {_words(section.heading): section.key for section in reversed(earlier.sections)}
    sections = (replace(section, key=keys.pop(_words(section.heading), section.key)) for section in document.sections)
    return replace(document, sections=tuple(sections))


def _words(heading: Runs) -> str:
    return "".join(run.text for run in heading).casefold()


def announce_draft(page: PolicyPage, *, by: User | None = None, **words: Unpack[Words]) -> PolicyVersion | None:
    """Announce a policy's draft.

    Args:
        page: the policy.
        by: the user who announces.
        words: significance, change_summary and effective_from, as in the panel of the CMS.

    Returns:
        The new version, or None if the text equals that of the newest version.

    Raises:
        AnnouncementRefused: a rule forbids it. The draft is kept.
    """
    draft = page.get_latest_revision_as_object()
    for name, value in words.items():
        setattr(draft, name, value)
    revision = draft.save_revision(user=by)
    revision.publish(user=by)
    return PolicyVersion.objects.filter(revision=revision).first()


def record_announced_elsewhere(
    page: PolicyPage, *, announced_on: dt.date, by: User | None = None, **words: Unpack[Words]
) -> PolicyVersion:
    """Record a version that was announced elsewhere before, with its true dates. Nobody is mailed about it.

    Args:
        page: the policy. Its draft is the text that was announced.
        announced_on: the day, in Europe/London. The time is set to noon.
        by: the user who records the version.
        words: significance, change_summary and effective_from.

    Raises:
        AnnouncementRefused: an earlier recorded version is newer, the day is in the future, or another rule forbids it.
    """
    with transaction.atomic():
        PolicyPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        draft = page.get_latest_revision_as_object()
        for name, value in words.items():
            setattr(draft, name, value)
        revision = draft.save_revision(user=by)
        noon = timezone.make_aware(dt.datetime.combine(announced_on, dt.time(12)))
        version, made = announce(draft.proposal(revision, by=by, announced_elsewhere=noon))
        if not made:
            raise AnnouncementRefused(f"The text is that of version {version.number}: there is nothing to record.")
        _show_as_announced(draft, revision, version)
    return version


def _show_as_announced(draft: PolicyPage, revision: Revision, version: PolicyVersion) -> None:
    draft.live, draft.live_revision, draft.has_unpublished_changes = True, revision, False
    draft.first_published_at = draft.first_published_at or version.announced_at  # type: ignore[assignment]
    draft.last_published_at = version.announced_at
    draft.save()
    log_announcement(draft, version)
