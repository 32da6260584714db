"""Announced policies, and what they stand under, stay: refused with a page that says why, one by one and in bulk."""

import pytest
from django.core.checks import run_checks
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from home.models import StandardPage
from policies.versions.announcing import AnnouncementRefused
from policies.writing.models import PolicyIndexPage, PolicyPage
from tests.making.editing import PUBLISH, messages_of
from tests.making.policies import a_draft

pytestmark = pytest.mark.django_db
DEPTHS = pytest.mark.parametrize("depth", [2, 3, 4], ids=["home", "list of policies", "policy"])


def at(depth) -> Page:
    return Page.objects.filter(depth=depth).order_by("path").first()


def stays(privacy) -> bool:
    page = PolicyPage.objects.get(pk=privacy.pk)
    return page.live and page.url_path == "/home/policies/privacy/"


def says_why(response) -> bool:
    return response.status_code == 409 and "kept for ever" in response.text and "Privacy policy" in response.text


@DEPTHS
@pytest.mark.parametrize("method", ["get", "post"])
def test_deleting_is_refused(privacy, cms, depth, method):
    assert says_why(getattr(cms, method)(f"/cms/pages/{at(depth).pk}/delete/"))
    assert stays(privacy)


@DEPTHS
@pytest.mark.parametrize("below", [{}, {"include_descendants": "on"}])
def test_unpublishing_is_refused(privacy, cms, depth, below):
    Page.objects.filter(depth=depth).update(live=True)
    assert says_why(cms.post(f"/cms/pages/{at(depth).pk}/unpublish/", below))
    assert stays(privacy)
    assert at(depth).live


@DEPTHS
@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_the_same_in_bulk_and_nothing_is_done_with_the_others(privacy, cms, depth, action):
    Page.objects.filter(depth=depth).update(live=True)
    about = Page.objects.get(depth=2).add_child(instance=StandardPage(title="About us", slug="about"))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    assert says_why(cms.post(f"{url}?id={about.pk}&id={at(depth).pk}"))
    assert stays(privacy)
    assert Page.objects.get(pk=about.pk).live


@DEPTHS
@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_it_is_said_before_anybody_is_asked_whether_they_are_sure(privacy, cms, depth, action):
    Page.objects.filter(depth=depth).update(live=True)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    assert says_why(cms.get(f"{url}?id={at(depth).pk}"))


def test_pages_that_hold_no_policy_are_asked_about_as_ever(privacy, cms):
    about = Page.objects.get(depth=2).add_child(instance=StandardPage(title="About us", slug="about"))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    assert "Are you sure" in cms.get(f"{url}?id={about.pk}").text


@pytest.mark.parametrize("depth", [3, 4], ids=["list of policies", "policy"])
def test_moving_in_bulk_is_refused(privacy, cms, depth):
    parent = at(depth).get_parent()
    elsewhere = parent.add_sibling(instance=parent.specific_class(title="Elsewhere", slug="elsewhere"))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    assert says_why(cms.post(f"{url}?id={at(depth).pk}", {"chooser": elsewhere.pk, "move_applicable": "on"}))
    assert stays(privacy)


def test_moving_is_refused(privacy, cms):
    elsewhere = Page.objects.get(depth=2).add_child(instance=PolicyIndexPage(title="Old", slug="old"))
    assert says_why(cms.get(f"/cms/pages/{privacy.pk}/move/{elsewhere.pk}/confirm/"))
    assert says_why(cms.post(f"/cms/pages/{privacy.pk}/move/{elsewhere.pk}/confirm/"))
    with pytest.raises(AnnouncementRefused, match="stays where it is"):
        privacy.move(elsewhere, "last-child")
    assert stays(privacy)


@DEPTHS
def test_another_slug_is_refused_by_the_door(privacy, depth):
    page = at(depth).specific
    page.slug = "other"
    with pytest.raises(AnnouncementRefused, match="keeps the slug"):
        page.save()
    assert stays(privacy)


def test_another_slug_of_the_home_page_is_a_message_in_the_cms(privacy, cms):
    home = at(2)
    fields = {"title": "Home", "slug": "other", "introduction": "", "body": "null", "go_live_at": "", "expire_at": ""}
    fields |= {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    response = cms.post(f"/cms/pages/{home.pk}/edit/", fields | PUBLISH, follow=True)
    assert "keeps the slug “home”" in messages_of(response)
    assert stays(privacy)


def test_the_list_of_policies_shows_its_slug_but_does_not_ask_for_it(privacy, cms):
    form = cms.get(f"/cms/pages/{at(3).pk}/edit/").context["form"]
    assert "slug" not in form.fields


def test_neither_a_policy_nor_its_list_asks_for_an_end(privacy, cms):
    for depth in (3, 4):
        assert "expire_at" not in cms.get(f"/cms/pages/{at(depth).pk}/edit/").context["form"].fields


def test_a_policy_never_announced_can_be_deleted(cms):
    page = a_draft()
    cms.post(f"/cms/pages/{page.pk}/delete/")
    assert not PolicyPage.objects.filter(pk=page.pk).exists()


def test_the_page_that_says_no_shows_what_can_be_done_instead(privacy, cms):
    text = cms.get(f"/cms/pages/{privacy.pk}/delete/").text
    assert f"/cms/pages/{privacy.pk}/edit/" in text
    assert "announce an amendment" in text


def test_a_policy_has_no_privacy_setting(privacy, cms):
    response = cms.get(f"/cms/pages/{privacy.pk}/privacy/")
    assert "set_privacy" not in response.text


@DEPTHS
def test_a_private_page_above_policies_is_reported_by_the_checks(privacy, depth):
    PageViewRestriction.objects.create(page=at(depth), restriction_type=PageViewRestriction.LOGIN)
    found = [message.id for message in run_checks(databases=["default"])]
    assert found == ["policies.W002"]


def test_a_private_page_beside_the_policies_is_not(privacy):
    about = Page.objects.get(depth=2).add_child(instance=StandardPage(title="About us", slug="about"))
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    assert run_checks(databases=["default"]) == []
