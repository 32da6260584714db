"""The redline of two versions."""

import datetime as dt
import re

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from policies.texts.document import Document, Paragraph, Section, inline
from policies.versions.models import Significance
from tests.making.policies import a_draft
from tests.making.versions import put, row


def a_policy(*texts):
    """A document of sections that have nothing in common: of equal ones a redline cannot say which went."""
    sections = (Section(inline(text.split()[0].title()), (Paragraph(inline(text)),), key=text[:3]) for text in texts)
    return Document("Privacy policy", (), tuple(sections))


OLD = a_policy("cookies are small files", "post reaches us slowly", "rights of yours stay", "security is kept")
NEW = a_policy("cookies are tiny text files", "rights of yours stay", "complaints get heard", "security is kept")


@pytest.fixture
def amended(today):
    put(a_draft(), row(1, dt.date(2025, 1, 1), document=OLD), row(2, dt.date(2026, 1, 1), document=NEW))


def test_words_that_came_and_went_are_marked_for_eyes_and_ears(client, amended):
    page = client.get("/policies/privacy/compare/1.0/2.0/").content.decode()
    assert re.search(r'<del><span class="spoken" dir="ltr">\[removed: </span>small<span', page)
    assert re.search(r'<ins><span class="spoken" dir="ltr">\[added: </span>tiny text<span', page)


def test_sections_are_named_as_added_removed_and_unchanged(client, amended):
    page = client.get("/policies/privacy/compare/1.0/2.0/")
    assertContains(page, "1 changed, 1 added, 1 removed, 0 moved")
    assertContains(page, '<span class="tag">Added</span>', html=True)
    assertContains(page, '<span class="tag">Removed</span>', html=True)
    assertContains(page, "Section 4, Security: no change")
    assertContains(page, "Section 2, Rights: no change")


def test_a_moved_section_is_named_and_its_words_are_not_marked(client, today):
    moved = Document(OLD.title, OLD.preamble, (*OLD.sections[1:], OLD.sections[0]))
    put(a_draft(), row(1, dt.date(2025, 1, 1), document=OLD), row(2, dt.date(2026, 1, 1), document=moved))
    page = client.get("/policies/privacy/compare/1.0/2.0/")
    assertContains(page, "Moved, was section 1")
    assertContains(page, "0 words", count=2)
    assertNotContains(page, "[added:")


def test_the_counts_and_the_summaries_between_are_shown(client, history):
    page = client.get("/policies/privacy/compare/1.0/5.0/").content.decode()
    summaries = re.findall(r"Summary of (\d)\.", page)
    assert summaries == ["2", "3", "5"]  # 4 was withdrawn
    assert re.search(r"<dt>Added</dt>\s*<dd>1 word</dd>", page)


def test_side_by_side_each_side_reads_alone(client, amended):
    page = client.get("/policies/privacy/compare/1.0/2.0/?view=side").content.decode()
    assert "redline--side" in page
    sides = (re.findall(rf'<div class="redline__{side}">(.*?)</div>', page, re.DOTALL) for side in ("old", "new"))
    old, new = map("".join, sides)
    assert "small" in old and "tiny" not in old
    assert "tiny" in new and "small" not in new


def test_an_unknown_view_is_the_plain_one(client, amended):
    assertNotContains(client.get("/policies/privacy/compare/1.0/2.0/?view=%00"), "redline--side")


def test_a_version_against_itself_is_said_to_be_the_same(client, history):
    page = client.get("/policies/privacy/compare/2.0/2.0/")
    assertContains(page, "This is the same version twice")
    assertNotContains(page, "Every change")


def test_the_form_asks_for_two_different_versions(client, history):
    page = client.get("/policies/privacy/compare/?from=2.0&to=2.0")
    assertContains(page, "You chose version 2.0 twice", status_code=400)
    assertContains(
        client.get("/policies/privacy/compare/2.0/2.0/"), "<h1>Version 2.0 compared with itself</h1>", html=True
    )


def test_backwards_works_and_says_so(client, amended):
    page = client.get("/policies/privacy/compare/2.0/1.0/")
    assertContains(page, "You are reading backwards")
    assertContains(page, 'href="/policies/privacy/compare/1.0/2.0/"')
    assertContains(page, "[added: </span>small")


def test_a_withdrawn_version_is_compared_and_marked(client, history):
    page = client.get("/policies/privacy/compare/3.0/4.0/")
    assertContains(page, "tag--withdrawn")
    assertContains(page, "Summary of 4.")


def test_a_correction_is_marked_as_one(client, today):
    corrected = row(2, dt.date(2026, 1, 1), significance=Significance.CORRECTION, major=1, minor=1)
    put(a_draft(), row(1, dt.date(2025, 1, 1)), corrected)
    assertContains(client.get("/policies/privacy/compare/1.0/1.1/"), "tag--correction")


@pytest.mark.parametrize("pair", ["1.0/9.0", "9.0/1.0", "01.0/2.0", "a/b", "%00/%00"])
def test_what_was_never_announced_is_not_compared(client, history, pair):
    page = client.get(f"/policies/privacy/compare/{pair}/")
    assertContains(page, "There is no version", status_code=404)


def test_the_form_leads_to_the_redline(client, history):
    assertRedirects(client.get("/policies/privacy/compare/?from=1.0&to=3.0"), "/policies/privacy/compare/1.0/3.0/")
    page = client.get("/policies/privacy/compare/")
    assertContains(page, '<label for="compare_from">From version</label>', html=True)


@pytest.mark.parametrize("query", ["from=1.0", "to=2.0", "from=&to=", "from=1.0&to=%00", "from=<script>&to=1.0"])
def test_a_form_with_what_is_no_version_asks_again(client, history, query):
    page = client.get(f"/policies/privacy/compare/?{query}")
    assertContains(page, "Choose both versions from the lists.", status_code=400)
    assertNotContains(page, "<script>", status_code=400)
