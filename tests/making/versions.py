"""Versions put into the database as the door would put them, but with whatever dates a test needs, and many at once."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, Revision

from policies.texts.document import canonical_text, digest_of, to_json
from policies.versions.announcing import FIRST_CHAIN, chain_of
from policies.versions.freezing import keep_anchors
from policies.versions.models import PolicyVersion, Significance
from policies.writing.models import PolicyPage
from tests.making.policies import a_document

TODAY = dt.date(2026, 6, 15)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def row(sequence, effective_from, *, document=None, withdrawn=False, **facts):
    """A version not yet in the database, amending the one before."""
    document = document or a_document(f"cookies number {sequence}", "contact us by post")
    document = keep_anchors(document, document)
    text = canonical_text(document)
    noon = timezone.make_aware(dt.datetime.combine(effective_from, dt.time(12)))
    return PolicyVersion(
        **{
            "sequence": sequence,
            "major": sequence,
            "minor": 0,
            "significance": Significance.AMENDMENT,
            "change_summary": "" if sequence == 1 else f"Summary of {sequence}.",
            "effective_from": effective_from,
            "announced_at": noon - days(30),
            "title": document.title,
            "content": to_json(document),
            "text": text,
            "digest": digest_of(text),
            "withdrawn_at": noon - days(20) if withdrawn else None,
            "withdrawn_reason": "It was a mistake." if withdrawn else "",
        }
        | facts
    )


def put(page: PolicyPage, *rows: PolicyVersion) -> list[PolicyVersion]:
    """Put versions of a page into the database as the door would, but with any dates, and many at once."""
    types = ContentType.objects.get_for_model(PolicyPage), ContentType.objects.get_for_model(Page)
    revisions = [
        Revision(content_type=types[0], base_content_type=types[1], object_id=str(page.pk), content={}, object_str="")
        for _ in rows
    ]
    for revision in revisions:
        revision.created_at = timezone.now()
    chain = FIRST_CHAIN
    for version, revision in zip(rows, Revision.objects.bulk_create(revisions), strict=True):
        version.page, version.slug, version.revision = page, page.slug, revision
        version.chain = chain = chain_of(version, chain)
    return PolicyVersion.objects.bulk_create(rows)
