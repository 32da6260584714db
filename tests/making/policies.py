"""Policies: a document, a draft of it in the tree, and what an editor announces."""

from zlib import crc32

from accounts.models import User
from policies.texts.document import Clause, Clauses, Document, Paragraph, Section, inline
from policies.versions.models import PolicyVersion, Significance
from policies.writing.drafting import preamble_data, sections_data
from policies.writing.models import PolicyIndexPage, PolicyPage


def a_document(*sections: str, title: str = "Privacy policy", preamble: str = "We respect your privacy.") -> Document:
    """A document with one section for each text, the text's first word its heading and key."""
    return Document(
        title,
        (Paragraph(inline(preamble)),) if preamble else (),
        tuple(
            Section(
                inline(text.split()[0].title()),
                (Paragraph(inline(text)), Clauses((Clause(inline("a first point")), Clause(inline("a second point"))))),
                key=f"00000000-0000-4000-8000-{crc32(text.split()[0].encode()):012d}",
            )
            for text in sections
        ),
    )


def a_draft(document: Document | None = None, slug: str = "privacy") -> PolicyPage:
    """A policy in the tree that was never announced."""
    document = document or a_document("cookies are small files", "contact us by post")
    page = PolicyPage(title=document.title, slug=slug, language=document.lang)
    page.preamble, page.sections = preamble_data(document), sections_data(document)
    return PolicyIndexPage.objects.get().add_child(instance=page)


def announce(page: PolicyPage, document: Document | None = None, *, by: User | None = None, **words) -> PolicyVersion:
    """Publish the page as Wagtail's own code does, with a new text if one is given."""
    page = PolicyPage.objects.get(pk=page.pk)
    if document:
        page.title, page.language = document.title, document.lang
        page.preamble, page.sections = preamble_data(document), sections_data(document)
    if page.versions.exists():
        words = {"significance": Significance.AMENDMENT, "change_summary": "Clearer words."} | words
        if words["significance"] == Significance.AMENDMENT:
            words = {"kinds": ["other"]} | words
    for name, value in words.items():
        setattr(page, name, value)
    page.save_revision(user=by).publish(user=by)
    return page.versions.order_by("-sequence").first()
