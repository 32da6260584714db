"""Puts an imported text into a policy's draft."""

from dataclasses import replace

from accounts.models import User
from policies.texts.document import Document, Runs
from policies.versions.announcing import AnnouncementRefused
from policies.writing.drafting import preamble_data, sections_data
from policies.writing.models import PolicyIndexPage, PolicyPage


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
