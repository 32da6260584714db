"""The block “What we collect, why and for how long”: a table of the register, fixed when the policy is announced."""

import datetime as dt
import uuid

import pytest
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.rich_text import RichText

from policies.desk.proof import verify
from policies.texts.document import Table, canonical_text
from policies.versions.announcing import AnnouncementRefused
from policies.writing.models import PolicyPage
from tests.making.policies import a_draft, announce

pytestmark = pytest.mark.django_db


def a_block(**value) -> dict:
    return {"type": "personal_data", "id": str(uuid.uuid4()), "value": value}


@pytest.fixture
def draft() -> PolicyPage:
    """A draft with a section that holds nothing but the block."""
    page = a_draft()
    body = [a_block(introduction="<p>This is <b>all</b> of it.</p>", about="people")]
    section = {"type": "section", "id": str(uuid.uuid4()), "value": {"heading": "Your data", "body": body}}
    page.sections = [section]
    page.save()
    return page


def plain(cell) -> str:
    return "".join(run.text for run in cell)


def the_table(document) -> Table:
    return next(block for block in document.sections[0].blocks if isinstance(block, Table))


def test_the_block_becomes_a_table_of_the_register(draft):
    version = announce(draft)
    table = the_table(version.document)
    assert [plain(cell) for cell in table.header][:2] == ["What", "Why"]
    log = next(row for row in table.rows if plain(row[0]).startswith("Security log: "))
    assert plain(log[1]).endswith(" Our legitimate interests.")
    assert plain(log[2]).lower().startswith("one year after it happened. when the account is closed: ")
    assert "This is **all** of it." in version.text


def test_the_table_is_about_whom_the_editor_says(draft):
    titles = {about: set() for about in ("people", "staff", "all")}
    for about in titles:
        draft.sections[0].value["body"][0].value["about"] = about
        titles[about] = {plain(row[0]).partition(":")[0] for row in the_table(draft.document).rows}
    assert "Security log" in titles["people"] - titles["staff"]
    assert "Comments" in titles["staff"] - titles["people"]
    assert titles["all"] == titles["people"] | titles["staff"]


def test_the_public_reads_the_table_and_the_preview_shows_it(client, draft, rf):
    preview = draft.serve_preview(rf.get("/"), "")
    assertContains(preview, "one year after it happened")
    announce(draft)
    assertContains(client.get("/policies/privacy/"), "one year after it happened")


def test_an_announced_table_stays_as_it_was_when_the_software_says_otherwise(client, draft, settings):
    version = announce(draft)
    settings.SECURITY_EVENTS_KEPT = dt.timedelta(days=14)
    assertContains(client.get(version.get_absolute_url()), "one year after it happened")
    assertNotContains(client.get(version.get_absolute_url()), "2 weeks after it happened")
    assert "2 weeks after it happened" in canonical_text(PolicyPage.objects.get(pk=draft.pk).document)


def test_what_the_software_says_now_is_announced_as_a_new_version(draft, settings):
    announce(draft)
    settings.SECURITY_EVENTS_KEPT = dt.timedelta(days=14)
    version = announce(draft, change_summary="We keep the security log for two weeks.")
    assert version.number == "2.0"
    assert "2 weeks after it happened" in version.text


def test_an_editor_can_add_the_block(cms, draft):
    page = cms.get(f"/cms/pages/{draft.pk}/edit/")
    assertContains(page, "What we collect, why and for how long")


def test_a_live_page_can_still_be_saved_when_the_software_says_otherwise(draft, settings):
    version = announce(draft)
    settings.SECURITY_EVENTS_KEPT = dt.timedelta(days=14)
    page = PolicyPage.objects.get(pk=draft.pk)
    page.search_description = "What we do with your data."
    page.save()
    assert page.versions.get() == version


def test_a_live_pages_own_words_can_still_not_be_changed_by_saving_it(draft):
    announce(draft)
    page = PolicyPage.objects.get(pk=draft.pk)
    page.sections[0].value["body"][0].value["introduction"] = RichText("<p>Other words.</p>")
    with pytest.raises(AnnouncementRefused):
        page.save()


def test_the_proof_holds_when_the_software_says_otherwise_and_still_sees_what_somebody_wrote(draft, settings):
    announce(draft)
    settings.SECURITY_EVENTS_KEPT = dt.timedelta(days=14)
    assert list(verify()) == []
    row = PolicyPage.objects.get(pk=draft.pk)
    row.sections[0].value["body"][0].value["introduction"] = RichText("<p>This is none of it.</p>")
    PolicyPage.objects.filter(pk=draft.pk).update(sections=row.sections)
    assert [str(problem) for problem in verify()] == [
        "privacy 1.0: the page's text in the CMS is that of no announced version"
    ]
