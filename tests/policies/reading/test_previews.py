"""A draft in the CMS's preview looks like the public page, and says that it is a draft."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from policies.writing.models import PolicyPage
from policies.writing.previews import render_policy_preview, render_redline_preview
from tests.making.policies import a_document


@pytest.fixture
def draft():
    return a_document("cookies are new", "rights are yours")


def test_a_draft_reads_as_the_policy_will(rf, db, draft):
    page = PolicyPage(title="Draft", change_summary="We <say> more.")
    preview = render_policy_preview(rf.get("/"), draft, page)
    assertContains(preview, "Draft: not announced, not in force")
    assertContains(preview, "cookies are new")
    assertContains(preview, "We &lt;say&gt; more.")
    assertContains(preview, 'name="robots" content="noindex"')


def test_a_redline_of_a_draft_names_what_it_is_compared_with(rf, privacy, draft):
    preview = render_redline_preview(rf.get("/"), privacy.versions.get(), draft)
    assertContains(preview, "Changes from version 1.0 to the draft")
    assertContains(preview, "[added: </span>new")


def test_a_first_draft_has_nothing_to_be_compared_with(rf, db, draft):
    preview = render_redline_preview(rf.get("/"), None, draft)
    assertContains(preview, "There is nothing to compare with.")


def test_an_unchanged_draft_says_so(rf, privacy):
    version = privacy.versions.get()
    preview = render_redline_preview(rf.get("/"), version, version.document)
    assertContains(preview, "The draft changes nothing.")
    assertNotContains(preview, "<ins")
