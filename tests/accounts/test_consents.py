"""Consent: off at the start, each in its own words, provable, and as easy to take back as to give."""

import csv
import hashlib
import io

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.flows.consents import WORDINGS, Wording, agree, choices_of, take_back, wording_of
from accounts.models import ConsentRecord, MailChoice
from accounts.models.append_only import AppendOnly
from tests.making.choices import the_site_chooses
from tests.making.people import a_person, an_editor, sign_in, text_of

Purpose = ConsentRecord.Purpose
Where = ConsentRecord.Where
PAGE, BUTTONS = "/account/preferences/", "/account/preferences/consents/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.fixture(autouse=True)
def _a_third_party_is_named(db):
    the_site_chooses(third_parties="Partner Ltd")


def press_agree(client, purpose, version=1, **extra):
    return client.post(BUTTONS, {"agree": purpose, "version": version}, follow=True, **extra)


def press_take_back(client, *purposes):
    return client.post(BUTTONS, {"take_back": purposes}, follow=True)


def given(person):
    return {choice.purpose for choice in choices_of(person) if choice.given}


def agreed(person, *purposes):
    for purpose in purposes:
        assert agree(person, purpose, wording_of(purpose).version, Where.PREFERENCES)


def test_everything_is_off_at_the_start_and_looking_changes_nothing(signed_in, ann):
    page = signed_in.get(PAGE)
    assert text_of(page).count("Not agreed") == len(WORDINGS)
    assert "Withdraw" not in text_of(page)
    for purpose in WORDINGS:
        assert str(wording_of(purpose).text) in text_of(page)
    assert not ConsentRecord.objects.exists()


def test_each_purpose_is_agreed_to_alone_and_proved(signed_in, ann):
    page = press_agree(signed_in, Purpose.PASSING_ON, headers={"user-agent": FIREFOX}, REMOTE_ADDR="192.0.2.77")
    assert "You agreed: Passing on to selected third parties." in text_of(page)
    record = ann.consent_records.get()
    assert (record.purpose, record.given, record.version) == (Purpose.PASSING_ON, True, 1)
    assert record.wording == wording_of(Purpose.PASSING_ON).text
    assert (record.where, record.device, record.network) == (
        Where.PREFERENCES,
        "Firefox on Linux",
        "192.0.2.0/24",
    )
    assert given(ann) == {Purpose.PASSING_ON}


def test_taking_back_is_one_click_on_the_same_page(signed_in, ann):
    press_agree(signed_in, Purpose.MARKETING_BY_POST)
    page = press_take_back(signed_in, Purpose.MARKETING_BY_POST)
    assert "Withdrawn: News and offers by post." in text_of(page)
    assert given(ann) == set()
    assert list(ann.consent_records.values_list("given", flat=True)) == [False, True]
    assert "Withdrawn “" not in text_of(page)
    assert "News and offers by post Withdrawn" in text_of(page)


def test_all_are_taken_back_at_once(signed_in, ann):
    agreed(ann, *WORDINGS)
    page = signed_in.get(PAGE)
    assert "Withdraw all" in text_of(page)
    press_take_back(signed_in, *WORDINGS)
    assert given(ann) == set()
    assert ann.consent_records.count() == 2 * len(WORDINGS)


def test_agreeing_twice_and_taking_back_twice_leave_one_record_each(signed_in, ann):
    for _ in range(2):
        press_agree(signed_in, Purpose.PASSING_ON)
    assert ann.consent_records.count() == 1
    for _ in range(2):
        press_take_back(signed_in, Purpose.PASSING_ON)
    assert ann.consent_records.count() == 2


def test_what_was_never_given_leaves_no_record_when_taken_back(signed_in, ann):
    press_take_back(signed_in, *WORDINGS)
    assert not ann.consent_records.exists()


def test_an_old_tab_changes_only_what_its_button_says(signed_in, ann):
    agreed(ann, Purpose.MARKETING_BY_EMAIL)
    press_take_back(signed_in, Purpose.MARKETING_BY_EMAIL)
    press_agree(signed_in, Purpose.PASSING_ON)
    assert given(ann) == {Purpose.PASSING_ON}
    assert ann.consent_records.count() == 3


def test_saving_which_mail_one_wants_agrees_to_nothing(signed_in, ann):
    every = {"policy_mail": "every"} | dict.fromkeys(Purpose.values, "on") | {"agree": Purpose.PASSING_ON}
    signed_in.post(PAGE, every)
    assert given(ann) == set()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"agree": ""},
        {"agree": "everything", "version": 1},
        {"agree": "passing_on", "version": "\0"},
        {"take_back": "x"},
    ],
)
def test_nonsense_changes_nothing(signed_in, ann, data):
    agreed(ann, Purpose.PASSING_ON)
    assert signed_in.post(BUTTONS, data).url == PAGE
    assert given(ann) == {Purpose.PASSING_ON}
    assert ann.consent_records.count() == 1


def test_looking_at_the_buttons_address_leads_back_to_the_page(signed_in):
    assert signed_in.get(BUTTONS, {"agree": Purpose.PASSING_ON}).url == PAGE
    assert not ConsentRecord.objects.exists()


def test_the_buttons_are_for_who_is_signed_in_and_pressed_them(client, ann):
    assert press_agree(client, Purpose.PASSING_ON).redirect_chain[0][0].startswith("/account/login/")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ann)
    assert strict.post(BUTTONS, {"agree": Purpose.PASSING_ON, "version": 1}).status_code == 403
    assert not ConsentRecord.objects.exists()


@pytest.fixture
def new_words(monkeypatch):
    words = (*WORDINGS[Purpose.PASSING_ON], Wording(2, "Other words."))
    return lambda: monkeypatch.setitem(WORDINGS, Purpose.PASSING_ON, words)


@pytest.mark.parametrize("version", [1, "", 3])
def test_words_that_changed_while_the_page_was_open_are_shown_again(signed_in, ann, new_words, version):
    new_words()
    page = press_agree(signed_in, Purpose.PASSING_ON, version=version)
    assert "The words were changed while the page was open" in text_of(page)
    assert "Other words." in text_of(page)
    assert given(ann) == set()


def test_who_agreed_to_older_words_agreed_to_those_and_takes_those_back(signed_in, ann, new_words):
    agreed(ann, Purpose.PASSING_ON)
    new_words()
    assert "Other words." not in text_of(signed_in.get(PAGE))
    press_take_back(signed_in, Purpose.PASSING_ON)
    assert set(ann.consent_records.values_list("wording", "version")) == {(WORDINGS[Purpose.PASSING_ON][0].text, 1)}
    assert "Other words." in text_of(signed_in.get(PAGE))


def test_words_that_were_shown_once_stay_as_they_are():
    """Whoever wants other words adds a version with the next number, and its digest here."""
    shown = {
        (purpose.value, words.version): hashlib.sha256(words.text.encode()).hexdigest()[:12]
        for purpose in WORDINGS
        for words in WORDINGS[purpose]
    }
    assert shown == {
        ("marketing_by_email", 1): "0f6eee08f91d",
        ("marketing_by_post", 1): "c6faa95d7554",
        ("passing_on", 1): "1dc2e13527ac",
    }
    for versions in WORDINGS.values():
        assert [words.version for words in versions] == list(range(1, len(versions) + 1))


def test_records_are_only_added_to(ann):
    agreed(ann, Purpose.PASSING_ON)
    record = ann.consent_records.get()
    for change in (
        record.save,
        record.delete,
        ann.consent_records.all().delete,
        lambda: ConsentRecord.objects.update(given=False),
        lambda: ConsentRecord.objects.bulk_update([record], ["given"]),
        MailChoice.objects.all().delete,
        lambda: MailChoice.objects.update(policy_mail="every"),
    ):
        with pytest.raises(AppendOnly):
            change()
    assert ann.consent_records.get().given


def test_a_record_without_words_is_no_proof_and_is_refused(ann):
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentRecord.objects.create(person=ann, purpose=Purpose.PASSING_ON, given=True, wording="", version=1)


def test_records_go_with_the_person(ann):
    agreed(ann, Purpose.PASSING_ON)
    ann.delete()
    assert not ConsentRecord.objects.exists()


def test_the_page_costs_the_same_however_much_was_chosen(freezer, signed_in, ann, django_assert_num_queries):
    signed_in.get(PAGE)  # the site remembers what is the same for everybody
    with CaptureQueriesContext(connection) as few:
        signed_in.get(PAGE)
    assert len(few) < 16
    for _ in range(30):
        agreed(ann, Purpose.PASSING_ON)
        take_back(ann, [Purpose.PASSING_ON], Where.PREFERENCES)
    with django_assert_num_queries(len(few)):
        page = signed_in.get(PAGE)
    assert text_of(page).count("On the preferences page") == 51


def test_the_overview_says_what_one_agreed_to(signed_in, ann):
    assert "You agreed to Nothing" in text_of(signed_in.get("/account/"))
    agreed(ann, Purpose.PASSING_ON, Purpose.MARKETING_BY_POST)
    assert "You agreed to News and offers by post; Passing on to selected third parties" in text_of(
        signed_in.get("/account/")
    )


@pytest.fixture
def some_agreed(ann):
    """Ann changed her mind, Bob agreed to two, and Carl's account is not in use."""
    agreed(ann, Purpose.PASSING_ON)
    take_back(ann, [Purpose.PASSING_ON], Where.UNSUBSCRIBING)
    bob = a_person("bob@example.org", first_name="=1+1", last_name="Bobson", postal_address="+1 High Street\nHitchin")
    agreed(bob, Purpose.PASSING_ON, Purpose.MARKETING_BY_POST)
    agreed(a_person("carl@example.org", is_active=False), Purpose.PASSING_ON)
    agreed(a_person("dora@example.org", verified=False, first_name="Dora"), Purpose.MARKETING_BY_EMAIL)


@pytest.fixture
def staff(client, verified):
    return verified(client, an_editor())


def rows(response):
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_staff_see_who_agrees_now_with_the_proof(staff, some_agreed):
    page = staff.get("/cms/accounts/consents/")
    text = text_of(page)
    assert "Bobson" in text
    assert str(wording_of(Purpose.PASSING_ON).text) in text
    assert "On the preferences page" in text
    assert date_format(localtime(ConsentRecord.objects.first().at), "j F Y, H:i") in text
    assert "No confirmed address" in text
    assert "ann@example.org" not in text
    assert "carl@example.org" not in text
    assert len(page.context["object_list"]) == 3


def test_staff_list_one_purpose(staff, some_agreed):
    page = staff.get("/cms/accounts/consents/", {"purpose": "marketing_by_post"})
    assert [record.purpose for record in page.context["object_list"]] == [Purpose.MARKETING_BY_POST]
    page = staff.get("/cms/accounts/consents/results/", {"q": "dora"})
    assert [record.person.first_name for record in page.context["object_list"]] == ["Dora"]


def test_the_list_is_taken_along_as_csv_and_nothing_in_it_runs(staff, some_agreed):
    found = rows(staff.get("/cms/accounts/consents/", {"export": "csv", "purpose": "marketing_by_post"}))
    assert len(found) == 1
    assert found[0]["Name"] == "'=1+1 Bobson"
    assert found[0]["Address"] == "'+1 High Street\nHitchin"
    assert found[0]["In these words"] == wording_of(Purpose.MARKETING_BY_POST).text
    addresses = [row["Address"] for row in rows(staff.get("/cms/accounts/consents/", {"export": "csv"}))]
    assert addresses == ["No confirmed address", "'+1 High Street\nHitchin", "bob@example.org"]


def test_the_list_is_taken_along_as_a_spreadsheet(staff, some_agreed):
    assert staff.get("/cms/accounts/consents/", {"export": "xlsx"}).status_code == 200


def test_the_list_needs_its_own_permission(client, verified, some_agreed):
    clerk = a_person("clerk@example.org")
    clerk.user_permissions.add(Permission.objects.get(codename="access_admin"))
    verified(client, clerk)
    assert 'href="/cms/accounts/consents/"' not in client.get("/cms/").content.decode()
    refused = client.get("/cms/accounts/consents/", {"export": "csv"})
    assert (refused.status_code, refused.headers.get("Location")) == (302, "/cms/")
    clerk.user_permissions.add(Permission.objects.get(codename="list_consentrecord"))
    assert client.get("/cms/accounts/consents/").status_code == 200


def test_the_permission_can_be_given_in_the_cms(staff):
    assert "Can see and export who agreed to what" in staff.get("/cms/groups/new/").content.decode()


def test_the_list_costs_the_same_however_long_it_is(staff, some_agreed, django_assert_num_queries):
    staff.get("/cms/accounts/consents/results/")  # the site remembers what the policies ask
    with CaptureQueriesContext(connection) as few:
        staff.get("/cms/accounts/consents/results/")
    for number in range(10):
        agreed(a_person(f"p{number}@example.org"), Purpose.PASSING_ON)
    with django_assert_num_queries(len(few)):
        staff.get("/cms/accounts/consents/results/")


def test_somebody_else_signs_in_and_sees_only_their_own(client, some_agreed):
    sign_in(client, "bob@example.org")
    page = text_of(client.get(PAGE))
    assert page.count("Agreed ") == 2 + 2
    assert page.count("Not agreed") == 1
