"""Bringing a document in is for who may edit the policy, or add one; nobody else finds a way by address or by post."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from policies.writing.models import PolicyPage
from tests.making.editing import a_waiting_draft, fresh, messages_of
from tests.making.intake import OLD, Importer, address
from tests.making.policies import a_draft
from tests.making.staff import with_rights

pytestmark = pytest.mark.django_db
BUTTON, REPLACE = "Import a document", "Replace the draft by a document"


@pytest.fixture
def someone(verified):
    def sign_in(*codenames: str) -> Client:
        return verified(Client(), with_rights("someone@example.org", *codenames))

    return sign_in


def saved(client: Client, page=None) -> bool:
    importer = Importer(client, page)
    importer.uploads()
    if importer.answer.status_code != 200:
        return False
    importer.saves(slug="new")
    return fresh(page).revisions.count() > 1 if page else PolicyPage.objects.filter(slug="new").exists()


def test_nobody_signed_in_is_sent_to_the_sign_in(client, privacy):
    for at in (address(), address(privacy), address(None, "past"), address(privacy, "past")):
        assert client.get(at)["Location"].startswith("/account/login/")
        assert client.post(at, {"step": "read"})["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("rights", "replaces", "adds"),
    [
        ((), False, False),
        (("change",), True, False),
        (("add",), False, True),
        (("add", "change"), True, True),
        (("publish",), False, False),
    ],
)
def test_who_may_bring_a_document_in(privacy, someone, rights, replaces, adds):
    client = someone(*rights)
    assert (client.get(address(privacy)).status_code == 200) is replaces
    assert saved(client, privacy) is replaces
    assert (client.get(address()).status_code == 200) is adds
    assert saved(client) is adds


def test_data_protection_that_sees_no_pages_brings_nothing_in(privacy, verified):
    user = User.objects.create_user("dpo@example.org", "a long enough password")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = verified(Client(), user)
    for at in (address(), address(privacy)):
        assert client.get(at).status_code == 302
        assert client.post(at, {"step": "read"}).status_code == 302
    assert privacy.revisions.count() == 1


def test_what_somebody_with_only_add_brought_in_is_theirs_to_edit(someone):
    client = someone("add")
    importer = Importer(client)
    importer.uploads()
    assert client.get(importer.saves(slug="boats")["Location"]).status_code == 200


def test_the_buttons_are_where_policies_are_and_only_for_those_who_may(privacy, cms, someone):
    index = privacy.get_parent()
    places = ("/cms/policies/", f"/cms/pages/{index.pk}/")
    for place in places:
        assert address() in cms.get(place).text
        assert BUTTON in cms.get(place).text
    edit = cms.get(f"/cms/pages/{privacy.pk}/edit/").text
    assert REPLACE in edit and address(privacy) in edit
    reader = someone("change")
    for place in places:
        assert address() not in reader.get(place).text
    assert address(privacy) in reader.get(f"/cms/pages/{privacy.pk}/edit/").text


def test_the_list_of_policies_is_there_without_a_page_that_holds_them(cms):
    Page.objects.get(slug="policies").delete()
    assert BUTTON not in cms.get("/cms/policies/").text
    assert cms.get(address()).status_code == 302


def test_a_locked_policy_is_not_written_into(privacy, cms, someone):
    PolicyPage.objects.filter(pk=privacy.pk).update(locked=True, locked_by=with_rights("ann@example.org").pk)
    answer = cms.get(address(privacy), follow=True)
    assert "is locked" in messages_of(answer)
    assert not saved(cms, privacy)


def test_a_policy_locked_after_the_upload_is_not_written_into(importer, privacy):
    importer.uploads()
    PolicyPage.objects.filter(pk=privacy.pk).update(locked=True, locked_by=with_rights("ann@example.org").pk)
    importer.saves()
    assert privacy.revisions.count() == 1


def test_a_scheduled_policy_is_not_written_into(privacy, cms):
    revision = a_waiting_draft(privacy)
    privacy.revisions.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() + dt.timedelta(days=2))
    answer = cms.get(address(privacy), follow=True)
    assert "locked" in messages_of(answer)
    Importer(cms, privacy).uploads()
    assert privacy.revisions.count() == 2


def test_an_alias_has_no_text_to_replace(privacy, cms, elsewhere):
    alias = privacy.create_alias(parent=elsewhere)
    assert cms.get(address(alias)).status_code == 404


def test_the_pages_cost_the_same_with_many_policies_and_versions(cms, django_assert_max_num_queries):
    for number in range(5):
        a_draft(slug=f"policy-{number}")
    importer = Importer(cms)
    cms.get(importer.url)
    with django_assert_max_num_queries(30):
        importer.uploads(OLD)


@pytest.mark.parametrize("step", ["decide", "look", "save", "nonsense", ""])
def test_a_step_without_what_was_carried_leads_back_to_the_first(cms, step):
    answer = cms.post(address(), {"step": step})
    assert answer.status_code == 200
    assert "form" in answer.context
