"""Whoever asked us to restrict the use of their data: everything is kept, and what can wait is not done."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.flows.closing import ask_to_close, close_what_is_due
from accounts.flows.consents import Purpose, Where, agree, wording_of
from accounts.flows.recipients import people, wants
from accounts.flows.restricting import TooSoon, end_restriction, restrict
from accounts.models import ClosingRequest, SecurityEvent, User
from accounts.personal_data.retention import enforce_retention, past_their_time
from policies.notices.models import AmendmentNotice
from policies.notices.sending.staging import stage_recipients
from tests.making.contact import a_stamp, an_enquiry, an_organisation
from tests.making.notices import a_notice, states
from tests.making.people import a_person, text_of
from tests.making.staff import a_member_of_staff

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def rita(db) -> User:
    person = a_person("rita@example.org", first_name="Rita", phone="+441462000000")
    restrict(person)
    return person


def test_it_stands_until_the_day_that_the_person_was_told(rita, freezer):
    today = timezone.localdate()
    with pytest.raises(TooSoon):
        end_restriction(rita, today)
    end_restriction(rita, today + 2 * DAY)
    for day, stands in ((0, True), (1, True), (2, False)):
        freezer.move_to(dt.datetime.combine(today + day * DAY, dt.time(12), dt.UTC))
        assert (rita.is_restricted, User.objects.restricted().exists()) == (stands, stands)


def test_asked_for_again_it_stands_from_the_first_day(rita):
    first = rita.restricted_on = timezone.localdate() - 9 * DAY
    rita.restricted_until = timezone.localdate() + DAY
    restrict(rita)
    rita.refresh_from_db()
    assert (rita.restricted_on, rita.restricted_until) == (first, None)


def test_mail_that_can_be_left_out_is_left_out_and_the_report_says_why(rita, privacy):
    a_person("ann@example.org")
    assert [person.first_name for person in people().filter(~wants(amendment=True))] == ["Rita"]
    notice = a_notice(privacy)
    stage_recipients(notice)
    found = states(notice)
    assert (found["rita@example.org"], found["ann@example.org"]) == ("skipped restricted", "pending")


def test_what_everybody_must_get_she_gets_too(rita, privacy):
    notice = a_notice(privacy)
    AmendmentNotice.objects.update(always_because="The law asks us to tell everybody.")
    stage_recipients(notice)
    assert states(notice)["rita@example.org"] == "pending"


def test_she_is_not_in_the_list_of_those_who_agreed_to_news(rita, client, verified):
    for person in (rita, a_person("ann@example.org", first_name="Ann")):
        agree(person, Purpose.MARKETING_BY_EMAIL, wording_of(Purpose.MARKETING_BY_EMAIL).version, Where.PREFERENCES)
    report = text_of(verified(client, a_member_of_staff("superuser")).get("/cms/accounts/consents/"))
    assert "Ann" in report and "Rita" not in report


def test_nothing_of_hers_goes_because_its_time_is_over(rita, settings, client):
    settings.SECURITY_EVENTS_KEPT = 30 * DAY
    an_organisation()
    enquiry = an_enquiry(client, email="RITA@example.org")  # found by her confirmed address alone
    other = an_enquiry(client, email="ann@example.org", stamp=a_stamp("1" * 16))
    old = timezone.now() - 4 * 365 * DAY
    type(enquiry).objects.update(received_at=old, last_message_at=old)
    for person in (rita, a_person("ann@example.org")):
        SecurityEvent.objects.create(person=person, kind="signed_in", at=old)
    assert past_their_time() == {"security-events": 1, "enquiries": 1}
    assert enforce_retention() == ({"security-events": 1, "enquiries": 1}, [])
    assert list(type(enquiry).objects.values_list("pk", flat=True)) == [enquiry.pk] != [other.pk]
    assert [event.person for event in SecurityEvent.objects.filter(at=old)] == [rita]
    User.objects.update(restricted_on=None)
    assert enforce_retention()[0] == {"security-events": 1, "enquiries": 1}


@pytest.mark.parametrize(("reason", "erased"), [("misuse", 0), ("asked_staff", 1), ("own_wish", 1)])
def test_an_account_that_staff_closed_waits_and_one_closed_at_her_wish_does_not(
    rita, settings, tmp_path, reason, erased
):
    settings.ERASURE_LEDGER = tmp_path / "ledger.jsonl"
    by = None if reason == "own_wish" else a_member_of_staff("superuser")
    closing = ask_to_close(rita, by=by, reason=ClosingRequest.Reason(reason))
    assert close_what_is_due(closing.due_at + DAY) == (erased, 0)
    assert User.objects.filter(pk=rita.pk).exists() == (not erased)


def test_staff_change_none_of_her_details_and_still_manage_the_account(rita, client, verified):
    staff = verified(client, a_member_of_staff("superuser"))
    address = f"/cms/users/edit/{rita.pk}/"
    form = {"email": rita.email, "first_name": "Rita", "last_name": "", "preferred_name": "", "postal_address": "",
            "phone": "+441462000000", "is_active": "on"}  # fmt: skip
    assert "Their data is restricted since" in text_of(staff.get(address))
    refused = staff.post(address, form | {"first_name": "Reta"})
    assert "our staff change none of it" in text_of(refused)
    rita.refresh_from_db()
    assert rita.first_name == "Rita"


def test_she_is_told_in_her_account_and_changes_her_own_details(rita, client):
    client.force_login(rita)
    assert "Your data is restricted" in text_of(client.get("/account/"))
    given = {"first_name": "Reta", "last_name": "", "preferred_name": "", "phone": "", "postal_address": ""}
    client.post("/account/details/", given)
    rita.refresh_from_db()
    assert rita.first_name == "Reta"
