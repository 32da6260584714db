"""Every way in which Wagtail can publish makes exactly one version, or is refused with a reason and keeps the draft."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page

from policies.writing.drafting import sections_data
from policies.writing.models import PolicyIndexPage, PolicyPage
from tests.making.editing import (
    NEW,
    OTHER,
    PUBLISH,
    Editor,
    a_waiting_draft,
    confirms,
    form_with,
    messages_of,
    numbers_of,
    says,
)
from tests.making.policies import a_draft, announce

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def edith(cms, privacy) -> Editor:
    return Editor(cms, privacy)


@pytest.fixture
def elsewhere(db) -> PolicyIndexPage:
    """Another parent, where slugs of policies are free in the tree."""
    return Page.objects.get(depth=2).add_child(instance=PolicyIndexPage(title="Old", slug="old"))


def a_draft_under(parent, slug) -> PolicyPage:
    return parent.add_child(instance=PolicyPage(title="Other", slug=slug, sections=sections_data(OTHER)))


@pytest.mark.django_db
class TestTheEditForm:
    def test_publish_announces_once(self, edith, editor):
        edith.announces(NEW)
        assert edith.versions == ["1.0", "2.0"]
        assert edith.page.versions.get(sequence=2).announced_by == editor
        assert edith.row.live
        assert not edith.row.has_unpublished_changes

    def test_publishing_what_is_announced_already_makes_nothing(self, edith):
        edith.announces(NEW)
        response = edith.announces(NEW)
        assert edith.versions == ["1.0", "2.0"]
        assert "Nothing was announced: the text is the same as version 2.0." in messages_of(response)

    def test_a_new_policy_published_at_once_is_version_1(self, cms):
        response = confirms(cms, cms.post(self.add_url(), form_with(NEW, slug="new", **PUBLISH), follow=True))
        assert numbers_of(PolicyPage.objects.get(slug="new")) == ["1.0"]
        assert "version 1.0 announced, in force from today" in messages_of(response)

    def test_a_new_policy_with_the_address_of_another_is_refused_at_the_field(self, cms, elsewhere):
        announce(a_draft_under(elsewhere, "taken"))
        response = cms.post(self.add_url(), form_with(NEW, slug="taken", **PUBLISH))
        assert "has the address" in str(response.context["form"].errors["slug"])

    def test_a_new_policy_whose_address_is_taken_after_the_form_was_checked_stays_as_a_draft(self, cms, elsewhere):
        other = a_draft_under(elsewhere, "taken")
        with hooks.register_temporarily(
            "before_publish_page", lambda request, page: announce(other) and None, order=-1
        ):
            response = cms.post(self.add_url(), form_with(NEW, slug="taken", **PUBLISH), follow=True)
        page = PolicyPage.objects.exclude(pk=other.pk).get()
        assert response.redirect_chain == [(f"/cms/policies/{page.pk}/look/", 302)]
        assert "has the address" in response.text
        assert not response.context["may_confirm"]
        assert not page.live
        assert says(page, NEW)

    def test_a_new_policy_whose_address_is_taken_while_somebody_looks_stays_as_a_draft(self, cms, elsewhere):
        other = a_draft_under(elsewhere, "taken")
        looked = cms.post(self.add_url(), form_with(NEW, slug="taken", **PUBLISH), follow=True)
        announce(other)
        response = confirms(cms, looked)
        page = PolicyPage.objects.exclude(pk=other.pk).get()
        assert response.redirect_chain == [(f"/cms/policies/{page.pk}/look/", 302)]
        assert "has the address" in messages_of(response)
        assert not page.live
        assert says(page, NEW)

    def add_url(self):
        return f"/cms/pages/add/policies/policypage/{PolicyIndexPage.objects.get(slug='policies').pk}/"

    def test_going_back_to_an_old_revision_and_publishing_announces_it_anew(self, edith):
        first = edith.row.live_revision
        edith.announces(NEW)
        text = edith.page.versions.get(sequence=1).document
        edith.announces(text, revision=str(first.pk))
        assert edith.versions == ["1.0", "2.0", "3.0"]

    def test_going_back_without_saying_why_is_refused_at_the_field(self, edith):
        first = edith.row.live_revision
        edith.announces(NEW)
        text = edith.page.versions.get(sequence=1).document
        form = edith.saves(text, revision=str(first.pk), **PUBLISH).context["form"]
        assert "significance" in form.errors

    def test_what_somebody_scheduled_is_not_lost_to_another_editor(self, edith):
        """A scheduled page is locked. So Publish in an old tab goes no further than the form, which clears nothing."""
        edith.announces(NEW, go_live_at=(timezone.now() + HOUR).isoformat())
        response = edith.announces(OTHER)
        assert "locked" in messages_of(response)
        assert edith.row.scheduled_revision
        assert edith.versions == ["1.0"]

    def test_a_busy_database_is_a_message_and_not_an_error(self, edith):
        def busy(execute, sql, params, many, context):
            if sql.startswith('INSERT INTO "policies_policyversion"'):
                raise OperationalError("database is locked")
            return execute(sql, params, many, context)

        with connection.execute_wrapper(busy):
            response = edith.announces(NEW)
        assert "The database is busy" in messages_of(response)
        assert says(edith.page, NEW)
        edith.announces(NEW)
        assert edith.versions == ["1.0", "2.0"]


@pytest.mark.django_db
class TestInBulk:
    def publishes(self, cms, *pages):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        ids = "&".join(f"id={page.pk}" for page in pages)
        return cms.post(f"{url}?{ids}&next=/cms/", {"include_descendants": ""}, follow=True)

    def test_policies_are_announced_one_at_a_time(self, edith, cms):
        other = a_draft(slug="terms")
        a_waiting_draft(edith.page)
        response = self.publishes(cms, edith.page, other)
        assert response.status_code == 409
        assert "Announce policies one at a time" in response.text
        assert (edith.versions, numbers_of(other)) == (["1.0"], [])
        assert says(edith.page, NEW)

    def test_that_is_said_before_anybody_is_asked_whether_they_are_sure(self, edith, cms):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        response = cms.get(f"{url}?id={edith.page.pk}")
        assert (response.status_code, edith.page.title in response.text) == (409, True)

    def test_nor_are_they_announced_with_the_page_they_stand_under(self, cms):
        draft = a_draft(slug="terms")
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        response = cms.post(f"{url}?id={draft.get_parent().pk}", {"include_descendants": "on"})
        assert response.status_code == 409
        assert numbers_of(draft) == []

    def test_other_pages_are_published_in_bulk_as_ever(self, cms, privacy):
        home = Page.objects.get(depth=2)
        response = self.publishes(cms, home)
        assert response.status_code == 200
        assert "published" in messages_of(response)


@pytest.mark.django_db
class TestTheSchedule:
    def test_scheduling_from_the_form_announces_nothing_until_then(self, edith):
        response = edith.announces(NEW, go_live_at=(timezone.now() + HOUR).isoformat())
        assert "will be announced on" in messages_of(response)
        assert edith.versions == ["1.0"]
        assert edith.draft.change_summary == "Clearer words."

    def test_scheduling_asks_as_announcing_does(self, edith):
        response = edith.saves(NEW, go_live_at=(timezone.now() + HOUR).isoformat(), **PUBLISH)
        assert "significance" in response.context["form"].errors

    def test_a_date_before_the_scheduled_day_is_refused_at_its_field(self, edith):
        later, today = timezone.now() + dt.timedelta(days=2), timezone.localdate()
        response = edith.announces(NEW, go_live_at=later.isoformat(), effective_from=today.isoformat())
        assert "effective_from" in response.context["form"].errors

    def test_the_words_do_not_linger_after_the_scheduled_announcement(self, edith):
        edith.announces(NEW, go_live_at=(timezone.now() + HOUR).isoformat())
        revision = edith.row.scheduled_revision
        past = timezone.now() - HOUR
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
        call_command("housekeeping")
        assert edith.versions == ["1.0", "2.0"]
        assert edith.form().instance.change_summary == ""
