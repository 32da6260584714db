"""What code can do to a policy makes exactly one version, or is refused; two at one moment make one and one refusal."""

import datetime as dt
import json
import threading

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from wagtail.models import Page, Revision

from policies.texts.document import canonical_text
from policies.versions.announcing import AnnouncementRefused, Outdated
from policies.versions.models import PolicyVersion
from policies.writing.drafting import sections_data
from policies.writing.models import PolicyPage
from tests.making.editing import (
    NEW,
    OTHER,
    Editor,
    a_waiting_draft,
    fresh,
    numbers_of,
    says,
)
from tests.making.policies import a_document, a_draft, announce

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def edith(cms, privacy) -> Editor:
    return Editor(cms, privacy)


@pytest.mark.django_db
class TestCode:
    def test_publishing_a_revision(self, privacy):
        a_waiting_draft(privacy).publish()
        assert numbers_of(privacy) == ["1.0", "2.0"]

    def test_publishing_it_again_makes_nothing(self, privacy):
        revision = a_waiting_draft(privacy)
        revision.publish()
        Revision.objects.get(pk=revision.pk).publish()
        assert numbers_of(privacy) == ["1.0", "2.0"]

    def test_publishing_an_old_revision_is_refused_and_changes_nothing(self, privacy):
        first = privacy.live_revision
        announce(privacy, NEW)
        with pytest.raises(AnnouncementRefused, match="meaning"):
            Revision.objects.get(pk=first.pk).publish()
        assert numbers_of(privacy) == ["1.0", "2.0"]
        assert canonical_text(fresh(privacy).document) == canonical_text(NEW)

    def test_a_refused_publication_keeps_the_schedule(self, privacy):
        a_waiting_draft(privacy, go_live_at=timezone.now() + HOUR).publish()
        with pytest.raises(AnnouncementRefused):
            a_waiting_draft(privacy, OTHER, change_summary="").publish()
        assert fresh(privacy).scheduled_revision

    def test_switching_a_draft_on_is_refused(self):
        page = a_draft()
        page.live = True
        with pytest.raises(AnnouncementRefused, match="not by switching the page on"):
            page.save()
        assert not fresh(page).live

    def test_saving_a_live_page_with_another_text_is_refused(self, privacy):
        privacy.sections = sections_data(NEW)
        with pytest.raises(AnnouncementRefused, match="by announcing a draft"):
            privacy.save()
        assert not says(privacy, NEW)

    def test_saving_a_live_page_unchanged_makes_nothing(self, privacy):
        privacy.save()
        assert numbers_of(privacy) == ["1.0"]

    def test_taking_a_policy_offline_is_refused(self, privacy):
        for attempt in (privacy.unpublish, Page.objects.get(pk=privacy.pk).unpublish):
            with pytest.raises(AnnouncementRefused, match="stays online"):
                attempt()
        assert fresh(privacy).live

    def test_what_walks_past_the_door_makes_no_version(self, privacy, client):
        """The base class, a raw update and a fixture: the public reads versions, so it sees nothing of them."""
        base = Page.objects.get(pk=privacy.pk)
        base.title = "LEAK"
        base.save()
        PolicyPage.objects.filter(pk=privacy.pk).update(sections=json.dumps(sections_data(NEW)), title="LEAK")
        for row in serializers.deserialize("json", serializers.serialize("json", [fresh(privacy)])):
            row.object.title = "LEAK"
            row.save()
        assert numbers_of(privacy) == ["1.0"]
        for number in ("", "versions/1.0/text/", "versions/1.0/json/"):
            body = client.get(f"/policies/privacy/{number}").text
            assert "LEAK" not in body
            assert "large files" not in body

    def test_a_policy_that_was_switched_off_past_the_door_can_still_be_edited(self, edith):
        PolicyPage.objects.filter(pk=edith.page.pk).update(live=False)
        edith.saves(NEW)
        assert says(edith.page, NEW)
        edith.announces(NEW)
        assert edith.versions == ["1.0", "2.0"]
        assert edith.row.live


@pytest.mark.django_db
def test_moving_among_its_siblings_makes_nothing(privacy, cms):
    a_draft(slug="terms")
    cms.post(f"/cms/pages/{privacy.pk}/set_position/?position=1")
    assert numbers_of(privacy) == ["1.0"]
    assert [page.slug for page in privacy.get_parent().get_children()] == ["terms", "privacy"]


@pytest.mark.django_db
def test_purging_revisions_keeps_every_announced_one(privacy):
    for number in range(3):
        announce(privacy, a_document(f"cookies are {number} files"))
        a_waiting_draft(privacy, a_document(f"draft {number}"))
    call_command("purge_revisions")
    assert PolicyVersion.objects.filter(revision__isnull=False).count() == 4
    assert Revision.objects.filter(policy_version__isnull=False).count() == 4


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_editors_who_announce_at_once_make_one_version_and_one_refusal():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite in memory knows one connection (DATABASE_URL=postgres://…)")
    page = a_draft()
    announce(page)
    drafts = [a_waiting_draft(page, a_document(f"cookies of {n}"), amends=1) for n in range(6)]
    ready, outcomes = threading.Barrier(len(drafts)), []

    def press(revision):
        try:
            ready.wait()
            Revision.objects.get(pk=revision.pk).publish()
            outcomes.append("announced")
        except Outdated:
            outcomes.append("outdated")
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[draft]) for draft in drafts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == ["announced"] + ["outdated"] * 5
    assert numbers_of(page) == ["1.0", "2.0"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_announcements_at_once_that_take_each_other_in_leave_no_gap():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite in memory knows one connection (DATABASE_URL=postgres://…)")
    page = a_draft()
    announce(page)
    drafts = [a_waiting_draft(page, a_document(f"cookies of {n}"), amends=None) for n in range(6)]

    def press(revision):
        try:
            Revision.objects.get(pk=revision.pk).publish()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[draft]) for draft in drafts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert numbers_of(page) == [f"{n}.0" for n in range(1, 8)]
    newest = page.versions.order_by("-sequence").first()
    row = fresh(page)
    assert row.live_revision_id == newest.revision_id
    assert canonical_text(row.document) == newest.text
