"""What people are offered to agree to, what the register says and what the policies say, held together."""

import uuid

import pytest
from django.core.checks import run_checks
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import ConsentRecord
from home.cookies.register.agreement import differences
from tests.making.choices import the_site_chooses
from tests.making.people import a_person
from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db
PAGE, BUTTONS = "/account/preferences/", "/account/preferences/consents/"


@pytest.fixture
def person(client):
    person = a_person()
    client.force_login(person)
    return person


def test_no_third_parties_where_none_is_named_and_no_statistics_where_none_are_kept(client, person):
    page = client.get(PAGE)
    assertContains(page, "News and offers by e-mail")
    assertNotContains(page, "third parties")
    assertNotContains(page, "Statistics")


def test_third_parties_are_offered_by_name(client, person):
    the_site_chooses(third_parties="Partner Ltd\n\nFriends of Plum\n")
    assertContains(client.get(PAGE), "Now these are: Partner Ltd; Friends of Plum.")
    client.post(BUTTONS, {"agree": "passing_on", "version": 1})
    assert ConsentRecord.objects.get().recipient == "Partner Ltd; Friends of Plum"


def test_what_is_not_offered_is_not_agreed_to(client, person):
    client.post(BUTTONS, {"agree": "passing_on", "version": 1})
    assert not ConsentRecord.objects.exists()


def test_nothing_is_offered_where_the_site_does_nothing_of_it(client, person):
    the_site_chooses(offers_by_email=False, offers_by_post=False)
    assertContains(client.get(PAGE), "We ask you for no agreement at present.")


def test_what_was_agreed_to_can_be_taken_back_after_it_is_offered_no_longer(client, person):
    the_site_chooses(third_parties="Partner Ltd")
    client.post(BUTTONS, {"agree": "passing_on", "version": 1})
    the_site_chooses(third_parties="")
    assertContains(client.get(PAGE), "Withdraw")
    client.post(BUTTONS, {"take_back": "passing_on"})
    assertNotContains(client.get(PAGE), "third parties</h3>")


def test_statistics_by_another_company_are_chosen_for_each_browser(client, person):
    the_site_chooses(analytics_id="G-ABC123DEF4")
    assertContains(client.get(PAGE), "on the page about cookies")
    client.post(BUTTONS, {"agree": "analytics", "version": 1})
    assert not ConsentRecord.objects.exists()


def found() -> list[str]:
    return [one.msg for one in run_checks(databases=["default"]) if one.id == "home.W002"]


@pytest.mark.parametrize(
    ("chosen", "words", "says"),
    [
        ({"third_parties": "Partner Ltd"}, "whom no policy in force names", "sharing with Partner Ltd, if you agree"),
        ({"analytics_id": "G-ABC123DEF4"}, "Google Analytics", "statistics by Google Analytics, if you agree"),
        ({"counts_pages": True}, "counts how often", "statistics of how often pages are opened"),
    ],
)
def test_what_is_done_and_in_no_policy_is_said_until_it_is(cms, chosen, words, says):
    assert found() == []
    the_site_chooses(**chosen)
    (said,) = found()
    assert words in said
    assertContains(cms.get("/cms/"), "What we say is not what we do")
    announce(a_draft(a_document(says)))
    assert found() == []
    assertNotContains(cms.get("/cms/"), "What we say is not what we do")


def test_a_policys_table_of_cookies_that_is_no_longer_so_is_said_until_it_is_announced_anew():
    draft = a_draft()
    block = {"type": "cookies", "id": str(uuid.uuid4()), "value": {"introduction": "", "of_staff": False}}
    section = {"type": "section", "id": str(uuid.uuid4()), "value": {"heading": "Our cookies", "body": [block]}}
    draft.sections = [section]
    draft.save()
    announce(draft)
    assert list(differences()) == []
    the_site_chooses(counts_pages=True)
    assert any("version 1.0, is no longer what the site does" in words for words in differences())
    announce(draft, change_summary="We count how often pages are opened.")
    assert not any("is no longer" in words for words in differences())


def test_a_policy_that_speaks_of_accounts_does_not_speak_of_counting():
    announce(a_draft(a_document("accounts can be closed")))
    the_site_chooses(counts_pages=True)
    assert len(found()) == 1
