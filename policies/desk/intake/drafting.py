"""Puts an imported text into a policy's draft."""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import Revision

from accounts.models import User
from policies.texts.document import Document, Runs, digest
from policies.versions.announcing import AnnouncementRefused
from policies.versions.models import PolicyVersion
from policies.writing.drafting import preamble_data, sections_data
from policies.writing.models import PolicyIndexPage, PolicyPage
from policies.writing.newest_draft import draft_of_somebody_else

IMPORTED = "policies.import"


class NewerDraft(Exception):
    """Somebody else saved a draft that the person who imports has not seen. Nothing was saved."""

    def __init__(self, draft: Revision) -> None:
        super().__init__(gettext("Somebody else saved a draft of this policy meanwhile. Nothing was saved."))
        self.draft = draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the person who imports has seen of the policy.

    `draft`: when the newest draft was saved, as `said_when` writes it. `newest`: the sequence of the newest version.
    """

    draft: str = ""
    newest: int | None = None


def put_into_draft(
    document: Document, slug: str, *, by: User | None = None, kind: str = "", seen: Seen | None = None
) -> PolicyPage:
    """Save a document as the draft of the policy with this slug. Create the policy if there is none.

    What the newest draft says beside its text is kept: the words of the amendment, and which version it amends.
    Sections whose heading already exists count as the same section.

    Args:
        document: the text.
        slug: of the policy.
        by: who imports it; a policy that is made becomes theirs.
        kind: of the file, for the log.
        seen: what they had seen of the policy; None where nobody looked.

    Raises:
        AnnouncementRefused: the site has no list of policies, or another page under it has this slug.
        NewerDraft: somebody else saved one that was not seen. Nothing was saved.
    """
    with transaction.atomic():
        row = PolicyPage.objects.select_for_update(of=("self",)).filter(slug=slug, alias_of=None).first()
        if row is None:
            draft = _begun(document, slug, by)
        else:
            draft = row.get_latest_revision_as_object()
            _refuse_to_replace(row, by, seen)
            document = keep_keys(document, draft.document)
            take_over(draft, document)
        _remember_what_it_amends(draft, seen)
        revision = draft.save_revision(user=by)
        facts = {"kind": kind, "digest": digest(draft.document)}
        log(instance=draft, action=IMPORTED, user=by, revision=revision, data=facts, content_changed=True)
    return draft


def _refuse_to_replace(page: PolicyPage, by: User | None, seen: Seen | None) -> None:
    if seen and (newer := draft_of_somebody_else(page, seen.draft, by)):
        raise NewerDraft(newer)


def _begun(document: Document, slug: str, by: User | None) -> PolicyPage:
    page = PolicyPage(slug=slug, owner=by)
    take_over(page, document)
    try:
        _index().add_child(instance=page)
    except ValidationError as error:
        raise AnnouncementRefused(" ".join(error.messages), "slug") from error
    return page


def take_over(page: PolicyPage, document: Document) -> None:
    """Write a text over that of a page in memory."""
    page.title, page.language = document.title, document.lang
    page.preamble, page.sections = preamble_data(document), sections_data(document)


def _remember_what_it_amends(draft: PolicyPage, seen: Seen | None) -> None:
    """Note which version the text takes into account: as the draft says already, else the newest that was seen.

    Where nobody looked, the text is from outside as a whole, and so meant to follow the newest version there is.
    """
    if seen and seen.newest is not None:
        draft.amends = seen.newest if draft.amends is None else draft.amends
        return
    newest = PolicyVersion.objects.filter(page=draft.pk).order_by("-sequence").values_list("sequence", flat=True)
    draft.amends = newest.first() or 0


def _index() -> PolicyIndexPage:
    index = PolicyIndexPage.objects.first()
    if index is None:
        raise AnnouncementRefused(
            gettext("The site has no list of policies. Make one in the CMS, under the home page.")
        )
    return index


def keep_keys(document: Document, earlier: Document) -> Document:
    """Return the document with section keys taken from an earlier one, matched by heading."""
    keys = {_words(section.heading): section.key for section in reversed(earlier.sections)}
    sections = (replace(section, key=keys.pop(_words(section.heading), section.key)) for section in document.sections)
    return replace(document, sections=tuple(sections))


def _words(heading: Runs) -> str:
    return "".join(run.text for run in heading).casefold()
