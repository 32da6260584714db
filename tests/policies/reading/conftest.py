"""Policies to read: announced as editors do it, or many versions at once with whatever dates a test needs."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, Revision

from home.context import forget_facts
from policies.texts.document import canonical_text, digest_of, to_json
from policies.versions.announcing import FIRST_CHAIN, chain_of
from policies.versions.freezing import keep_anchors
from policies.versions.models import PolicyVersion, Significance
from policies.writing.models import PolicyPage
from tests.policies.conftest import a_document, a_draft

TODAY = dt.date(2026, 6, 15)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


@pytest.fixture(autouse=True)
def _a_settled_site(db):
    """What every page knows of the site is not carried from one test's database to the next."""
    forget_facts()
    yield
    forget_facts()


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


@pytest.fixture
def today(monkeypatch):
    """Let the site believe that it is noon in London on TODAY; called with a day, on that one from then on."""
    moments = [dt.datetime.combine(TODAY, dt.time(12), tzinfo=timezone.get_default_timezone())]
    monkeypatch.setattr(timezone, "now", lambda: moments[-1].astimezone(dt.UTC))

    def be(day: dt.date | None = None, at: dt.time = dt.time(12)) -> dt.date:
        if day:
            moments.append(dt.datetime.combine(day, at, tzinfo=timezone.get_default_timezone()))
        return moments[-1].date()

    return be


@pytest.fixture
def history(db, today):
    """A policy with two superseded versions, one in force, one withdrawn and one upcoming."""
    page = a_draft()
    put(
        page,
        row(1, dt.date(2024, 1, 1)),
        row(2, dt.date(2025, 3, 1)),
        row(3, dt.date(2026, 1, 1)),
        row(4, dt.date(2026, 7, 1), withdrawn=True),
        row(5, dt.date(2026, 8, 1), announced_at=dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)),
    )
    return page
