"""Copies and aliases of policies never show a text that was not announced."""

import pytest
from wagtail.models import Page

from policies.texts.document import canonical_text
from policies.versions.announcing import AnnouncementRefused
from policies.writing.models import PolicyPage
from tests.making.editing import NEW, fresh, numbers_of
from tests.making.policies import a_draft, announce

pytestmark = pytest.mark.django_db


def test_a_copy_in_code_is_a_draft_even_when_told_to_stay_live(privacy):
    copy = privacy.copy(keep_live=True, update_attrs={"slug": "copy"})
    assert (fresh(copy).live, numbers_of(copy)) == (False, [])


def test_a_copy_made_in_the_cms_with_its_publication_is_a_draft(privacy, cms):
    fields = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": privacy.get_parent().pk}
    cms.post(f"/cms/pages/{privacy.pk}/copy/", fields | {"publish_copies": "on"})
    copy = PolicyPage.objects.get(slug="copy")
    assert (copy.live, numbers_of(copy)) == (False, [])


def test_a_copy_of_what_the_policies_stand_under_copies_drafts_only(privacy, client):
    home = Page.objects.get(depth=2)
    home.copy(recursive=True, to=Page.objects.get(depth=1), update_attrs={"slug": "home-2"}, keep_live=True)
    copies = PolicyPage.objects.exclude(pk=privacy.pk)
    assert [(page.live, numbers_of(page)) for page in copies] == [(False, [])]


def test_a_copy_becomes_a_policy_of_its_own_under_another_slug_only(privacy, elsewhere):
    copy = privacy.copy(keep_live=True, update_attrs={"slug": "copy"})
    announce(copy)
    assert numbers_of(copy) == ["1.0"]
    # Under another parent the slug is free in the tree, but it is the address of another policy.
    with pytest.raises(AnnouncementRefused, match="has the address"):
        announce(privacy.copy(to=elsewhere))


@pytest.mark.parametrize("announced", [True, False])
def test_an_alias_shows_only_what_its_source_announced(cms, client, announced):
    page = a_draft()
    if announced:
        announce(page)
    fields = {"new_title": "Alias", "new_slug": "alias", "new_parent_page": page.get_parent().pk, "alias": "on"}
    cms.post(f"/cms/pages/{page.pk}/copy/", fields | {"publish_copies": "on"})
    alias = PolicyPage.objects.get(slug="alias")
    assert alias.alias_of_id == page.pk
    page = client.get("/policies/alias/", follow=True)
    assert page.status_code == (200 if announced else 404)
    assert page.redirect_chain == ([("/policies/privacy/", 302)] if announced else [])
    assert numbers_of(alias) == []


def test_an_alias_follows_without_versions_of_its_own(privacy):
    alias = privacy.create_alias(update_slug="alias")
    announce(privacy, NEW)
    assert canonical_text(fresh(alias).document) == canonical_text(NEW)
    assert numbers_of(alias) == []
    assert fresh(alias).change_summary == ""


@pytest.mark.parametrize("announced", [True, False])
def test_an_alias_made_a_page_of_its_own_begins_as_a_draft(cms, announced):
    page = a_draft()
    if announced:
        announce(page)
    page = fresh(page)
    page.change_summary = "Words of another page."
    PolicyPage.objects.filter(pk=page.pk).update(change_summary=page.change_summary)
    alias = page.create_alias(update_slug="alias")
    cms.post(f"/cms/pages/{alias.pk}/convert_alias/", follow=True)
    row = fresh(alias)
    assert (row.alias_of_id, row.live, row.live_revision, row.change_summary) == (None, False, None, "")
    assert row.get_latest_revision_as_object().change_summary == ""
    announce(row)
    assert numbers_of(row) == ["1.0"]
