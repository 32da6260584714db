"""Where policies are listed and edited, their number, dates and draft are seen at a glance."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from policies.writing.models import PolicyIndexPage
from tests.making.editing import Editor
from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + dt.timedelta(days=30)


@pytest.fixture(params=["menu", "explorer"])
def address(request, db):
    return "/cms/policies/" if request.param == "menu" else f"/cms/pages/{PolicyIndexPage.objects.get().pk}/"


def test_the_lists_show_number_dates_and_draft(privacy, cms, address):
    announce(privacy, a_document("cookies are gone"), effective_from=SOON)
    a_draft(slug="terms")
    text = cms.get(address).text
    assert f"1.0 since {date_format(timezone.localdate(), 'j M Y')}" in text
    assert f"2.0 from {date_format(SOON, 'j M Y')}" in text
    assert "Same as announced" in text
    assert "Never announced" in text


def test_a_waiting_draft_is_seen(privacy, cms, address):
    Editor(cms, privacy).saves(a_document("cookies are gone"))
    assert "Differs" in cms.get(address).text


def test_an_alias_is_listed_too(privacy, cms, address):
    privacy.create_alias(update_slug="alias")
    assert cms.get(address).status_code == 200


def test_the_cost_does_not_grow_with_the_policies(cms, address, django_assert_max_num_queries):
    announce(a_draft())
    cms.get(address)
    with django_assert_max_num_queries(200) as few:
        cms.get(address)
    as_few = len(few)  # counted before another request empties the log
    for number in range(5):
        announce(a_draft(slug=f"policy-{number}"))
    cms.get(address)  # what is remembered of all policies is forgotten with each announcement
    with django_assert_max_num_queries(as_few):
        cms.get(address)


def test_searching_the_list_works(privacy, cms, address):
    call_command("update_index", verbosity=0)
    assert "Privacy policy" in cms.get(address, {"q": "privacy"}).text


def test_the_menu_has_an_entry(cms):
    assert "/cms/policies/" in cms.get("/cms/").text


class TestTheEditPage:
    def test_says_what_is_in_force_and_what_is_coming(self, edith):
        announce(edith.page, a_document("cookies are gone"), effective_from=SOON)
        text = edith.opens().text
        assert "Version 1.0</strong> in force since" in text
        assert f"in force from {date_format(SOON, 'j F Y')}" in text

    def test_compares_texts_and_not_flags(self, edith):
        assert "says the same as version 1.0" in edith.opens().text
        edith.saves(edith.page.versions.get().document)
        assert edith.row.has_unpublished_changes
        assert "says the same as version 1.0" in edith.opens().text
        edith.saves(a_document("cookies are gone"))
        assert "differs from version 1.0" in edith.opens().text

    def test_leads_to_the_versions(self, edith):
        assert f"/cms/policies/{edith.page.pk}/versions/" in edith.opens().text

    def test_says_that_a_policy_was_never_announced(self, cms):
        assert "Never announced" in Editor(cms, a_draft()).opens().text


@pytest.mark.parametrize("way", ["view_draft/", "view_draft/?mode=nonsense"])
def test_the_list_itself_has_nothing_to_preview(cms, way):
    index = PolicyIndexPage.objects.get()
    response = cms.get(f"/cms/pages/{index.pk}/{way}")
    assert response.status_code in (302, 403)
