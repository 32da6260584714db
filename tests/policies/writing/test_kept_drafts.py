"""A browser that saves by itself never writes over a draft that was announced, scheduled or submitted."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import Revision, Workflow

from accounts.models import User
from policies.texts.document import canonical_text
from policies.versions.announcing import AnnouncementRefused
from policies.versions.models import PolicyVersion
from policies.writing import newest_draft
from policies.writing.models import PolicyPage
from tests.making.editing import AMENDMENT, NEW, OTHER, Editor, a_waiting_draft, form_with, fresh, says
from tests.making.policies import a_document, a_draft, announce
from tests.making.simultaneous import at_once

THIRD = a_document("cookies are biscuits")
HOUR = dt.timedelta(hours=1)


def autosaves(editor, document, **fields):
    """What the browser sends by itself, over a revision where `overwrite_revision_id` is given."""
    return editor.client.post(
        editor.url, form_with(document, **(AMENDMENT | fields)), headers={"Accept": "application/json"}
    )


def a_tab(editor) -> int:
    """A browser that has saved NEW by itself; returns the revision that it goes on writing over."""
    answer = autosaves(editor, NEW).json()
    assert answer["success"]
    return answer["revision_id"]


def goes_on(editor, document, over: int) -> int:
    answer = autosaves(editor, document, overwrite_revision_id=over)
    assert (answer.status_code, answer.json()["success"]) == (200, True)
    return answer.json()["revision_id"]


def text_of(revision: int) -> str:
    return canonical_text(Revision.objects.get(pk=revision).as_object().document)


def stays(revision: int, document=NEW) -> bool:
    return text_of(revision) == canonical_text(document)


def test_not_over_one_that_was_announced_from_elsewhere(edith):
    tab = a_tab(edith)
    Revision.objects.get(pk=tab).publish()
    new = goes_on(edith, OTHER, tab)
    assert new != tab
    assert stays(tab)
    assert PolicyVersion.objects.get(revision=tab).text == text_of(tab)
    assert says(edith.page, OTHER)


def test_the_browser_goes_on_with_the_new_draft(edith):
    tab = a_tab(edith)
    Revision.objects.get(pk=tab).publish()
    new = goes_on(edith, OTHER, tab)
    assert goes_on(edith, THIRD, new) == new
    assert says(edith.page, THIRD)


def test_publishing_the_announced_draft_again_brings_no_other_text(edith):
    tab = a_tab(edith)
    Revision.objects.get(pk=tab).publish()
    goes_on(edith, OTHER, tab)
    Revision.objects.get(pk=tab).publish()
    assert edith.versions == ["1.0", "2.0"]
    assert canonical_text(edith.row.document) == canonical_text(NEW)


def test_not_over_one_on_which_the_live_page_stands_without_a_version(edith):
    Revision.objects.get(pk=a_tab(edith)).publish()
    again = autosaves(edith, NEW).json()["revision_id"]
    Revision.objects.get(pk=again).publish()
    assert not PolicyVersion.objects.filter(revision=again).exists()
    assert goes_on(edith, OTHER, again) != again
    assert stays(again)


def test_not_over_one_that_was_scheduled_meanwhile(edith, monkeypatch):
    """The lock of a scheduled page stops the form; here it was scheduled after the form had asked for it."""
    tab = a_tab(edith)
    Revision.objects.filter(pk=tab).update(approved_go_live_at=timezone.now() + HOUR)
    monkeypatch.setattr(PolicyPage, "get_lock", lambda page: None)
    assert goes_on(edith, OTHER, tab) != tab
    assert stays(tab)
    assert Revision.objects.get(pk=tab).approved_go_live_at


def test_a_scheduled_page_takes_no_autosave_at_all(edith):
    tab = a_tab(edith)
    Revision.objects.filter(pk=tab).update(approved_go_live_at=timezone.now() + HOUR)
    answer = autosaves(edith, OTHER, overwrite_revision_id=tab)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "locked")
    assert Revision.objects.get(pk=tab).approved_go_live_at


def test_not_over_one_that_was_submitted(edith, editor):
    tab = a_tab(edith)
    workflow = edith.row.get_workflow() or Workflow.objects.create(name="Approval", active=True)
    workflow.start(edith.row, editor)
    assert goes_on(edith, OTHER, tab) != tab
    assert stays(tab)


def test_not_over_one_that_a_room_above_wants_to_keep(edith, monkeypatch):
    tab = a_tab(edith)
    monkeypatch.setattr(newest_draft, "reasons_to_keep", [lambda revision: revision.pk == tab])
    assert goes_on(edith, OTHER, tab) != tab
    assert stays(tab)


def test_a_draft_about_which_nothing_was_decided_is_written_over_as_ever(edith):
    tab = a_tab(edith)
    assert goes_on(edith, OTHER, tab) == tab


def test_nobody_writes_over_the_draft_of_somebody_else(edith, verified):
    tab = a_tab(edith)
    Revision.objects.get(pk=tab).publish()
    otto = User.objects.create_superuser("otto@example.org", "a long enough password")
    other = Editor(verified(Client(), otto), edith.page)
    answer = autosaves(other, OTHER, overwrite_revision_id=tab)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")


def test_announcing_another_draft_does_not_drop_the_schedule_unsaid(privacy):
    a_waiting_draft(privacy, OTHER, go_live_at=timezone.now() + HOUR).publish()
    with pytest.raises(AnnouncementRefused, match="Cancel that schedule first"):
        a_waiting_draft(privacy).publish()
    assert fresh(privacy).scheduled_revision
    assert privacy.versions.count() == 1


def test_nor_does_scheduling_another_one(privacy):
    first = a_waiting_draft(privacy, OTHER, go_live_at=timezone.now() + HOUR)
    first.publish()
    with pytest.raises(AnnouncementRefused, match="is scheduled to be announced on"):
        a_waiting_draft(privacy, go_live_at=timezone.now() + 2 * HOUR).publish()
    assert fresh(privacy).scheduled_revision == first


def test_the_scheduled_draft_itself_is_announced_or_scheduled_anew(privacy):
    revision = a_waiting_draft(privacy, go_live_at=timezone.now() + HOUR)
    revision.publish()
    Revision.objects.get(pk=revision.pk).publish()
    assert fresh(privacy).scheduled_revision == revision


def test_a_draft_that_was_saved_anew_after_it_was_read_is_not_announced(edith):
    tab = a_tab(edith)
    read_before = Revision.objects.get(pk=tab)
    assert goes_on(edith, OTHER, tab) == tab
    with pytest.raises(AnnouncementRefused, match="saved anew in the same moment"):
        read_before.publish()
    assert edith.versions == ["1.0"]
    assert says(edith.page, OTHER)


def test_a_draft_saved_after_the_page_was_read_stays_the_newest(edith):
    read_before = Revision.objects.get(pk=a_tab(edith))
    assert read_before.content_object.latest_revision_id == read_before.pk
    edith.saves(OTHER)
    read_before.publish()
    assert edith.versions == ["1.0", "2.0"]
    assert edith.row.has_unpublished_changes
    assert says(edith.page, OTHER)


def test_nor_is_it_lost_when_the_announced_one_is_published_again(edith):
    Revision.objects.get(pk=a_tab(edith)).publish()
    read_before = edith.row.live_revision
    assert read_before.content_object.latest_revision_id == read_before.pk
    edith.saves(OTHER)
    read_before.publish()
    assert edith.row.has_unpublished_changes
    assert says(edith.page, OTHER)


def test_emptying_the_panel_touches_nothing_else_in_the_draft(edith):
    page = edith.row
    page.live_revision = Revision.objects.get(pk=a_tab(edith))
    newer = page.live_revision.content | {"title": "Newer words", "change_summary": "To be emptied."}
    Revision.objects.filter(pk=page.live_revision.pk).update(content=newer)
    page.clear_amendment()
    row = Revision.objects.get(pk=page.live_revision.pk).content
    assert (row["title"], row["change_summary"]) == ("Newer words", "")
    assert json.loads(json.dumps(page.live_revision.content)) == row


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_announced_while_the_browser_saves_is_what_its_draft_says():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite in memory knows one connection (DATABASE_URL=postgres://…)")
    page = a_draft()
    announce(page)
    user = User.objects.create_superuser("editor@example.org", "a long enough password")
    device = TOTPDevice.objects.create(user=user, confirmed=True, name="Phone", tolerance=0)
    client = Client()
    client.force_login(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    edith = Editor(client, page)
    tabs, said, refused = [a_tab(edith)], [NEW], []

    def saves():
        for number in range(12):
            document = a_document(f"cookies are {number} files")
            answer = autosaves(edith, document, amends="99", overwrite_revision_id=tabs[-1]).json()
            assert answer["success"], answer
            tabs.append(answer["revision_id"])
            said.append(document)

    def announces():
        for _ in range(8):
            try:
                PolicyPage.objects.get(pk=page.pk).get_latest_revision().publish()
            except AnnouncementRefused as refusal:
                refused.append(str(refusal))

    at_once(saves, announces)
    versions = list(PolicyVersion.objects.filter(page=page).order_by("sequence"))
    assert len(versions) > 1
    for version in versions:
        assert text_of(version.revision_id) == version.text
    assert says(page, said[-1])
    assert len(set(tabs)) > 1
