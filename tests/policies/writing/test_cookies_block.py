"""The block “Cookies that this website uses”: a table of the register, fixed when the policy is announced."""

import datetime as dt
import uuid

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from policies.desk.proof import verify
from policies.texts.document import Table, canonical_text
from policies.writing.models import PolicyPage
from tests.making.policies import a_draft, announce

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> PolicyPage:
    """A draft with a section that holds nothing but the block."""
    page = a_draft()
    block = {"type": "cookies", "id": str(uuid.uuid4()), "value": {"introduction": "<p>All:</p>", "of_staff": False}}
    section = {"type": "section", "id": str(uuid.uuid4()), "value": {"heading": "Our cookies", "body": [block]}}
    page.sections = [section]
    page.save()
    return page


def names(document) -> set[str]:
    table = next(block for block in document.sections[0].blocks if isinstance(block, Table))
    return {"".join(run.text for run in row[0]) for row in table.rows}


def test_the_block_becomes_a_table_of_the_register(draft):
    version = announce(draft)
    assert names(version.document) == {"__Host-sessionid", "__Host-csrftoken", "messages", "theme"}
    assert "12 hours at most" in version.text


def test_the_staffs_table_is_another(draft):
    draft.sections[0].value["body"][0].value["of_staff"] = True
    assert "wagtail:side-panel-open (local storage)" in names(draft.document)
    assert "theme" not in names(draft.document)


def test_an_announced_table_stays_and_the_draft_differs_when_the_software_says_otherwise(client, draft, settings):
    version = announce(draft)
    settings.SESSION_ABSOLUTE_LIMIT = dt.timedelta(hours=3)
    assertContains(client.get(version.get_absolute_url()), "12 hours at most")
    assertNotContains(client.get(version.get_absolute_url()), "3 hours at most")
    page = PolicyPage.objects.get(pk=draft.pk)
    assert "3 hours at most" in canonical_text(page.document)
    again = announce(page, change_summary="You are signed out sooner.")
    assert again.number == "2.0" and "3 hours at most" in again.text


def test_an_editor_can_add_the_block(cms, draft):
    assertContains(cms.get(f"/cms/pages/{draft.pk}/edit/"), "Cookies that this website uses")


def test_the_proof_holds_when_the_software_says_otherwise(draft, settings):
    announce(draft)
    settings.SESSION_ABSOLUTE_LIMIT = dt.timedelta(hours=3)
    assert list(verify()) == []


def test_a_table_that_an_editor_wrote_is_not_taken_for_the_sites(draft, settings):
    """Though it has the same caption: a word changed in it past the door is found."""
    own = {"columns": [{"type": "words", "heading": "Name"}], "rows": [{"values": ["theme"]}]}
    block = {"type": "table", "id": str(uuid.uuid4()), "value": own | {"caption": "Cookies that this website uses"}}
    section = {"type": "section", "id": str(uuid.uuid4()), "value": {"heading": "Ours", "body": [block]}}
    draft.sections = [section]
    draft.save()
    announce(draft)
    assert list(verify()) == []
    block["value"]["rows"] = [{"values": ["tracker"]}]
    draft.sections = [section]
    PolicyPage.objects.filter(pk=draft.pk).update(sections=draft.sections)
    assert "that of no announced version" in str(next(verify()))
