"""The due date in a calendar, for either side: the day, how it was worked out, the page, and no address."""

import datetime as dt

import pytest
from freezegun import freeze_time

from accounts.rights.calendars import NothingIsDue, due_in_calendar
from accounts.rights.models import Kind, Side, State
from accounts.rights.moves import extend
from tests.making.people import a_person
from tests.making.rights import a_request, staff_member
from tests.making.rights_desk import of_data_protection

pytestmark = pytest.mark.django_db
URL = "https://plum.example/account/requests/x/"


@pytest.fixture(autouse=True)
def _in_september():
    with freeze_time("2026-09-20 12:00"):
        yield


def unfolded(request, side=Side.PERSON) -> str:
    return due_in_calendar(request, side, URL).decode().replace("\r\n ", "")


def test_both_sides_get_the_day_the_reasons_and_their_page_and_no_address():
    request = a_request(received_on=dt.date(2026, 9, 8), person=a_person(), details="Everything about my knee.")
    for side, said in ((Side.PERSON, "We owe you an answer"), (Side.STAFF, "An answer is owed")):
        file = unfolded(request, side)
        assert "DTSTART;VALUE=DATE:20261008" in file
        assert f"SUMMARY:{said}: request {request.reference}" in file
        assert "One month ends on 8 October 2026" in file
        assert URL in file
        assert "@" not in file and "knee" not in file


def test_a_day_that_moves_replaces_the_entry():
    request = a_request(received_on=dt.date(2026, 9, 8))
    before = unfolded(request)
    extend(request, staff_member(), "There is very much of it.")
    after = unfolded(request)
    names = [line for line in before.splitlines() if line.startswith("UID:")]
    assert names[0] in after.splitlines()
    assert "SEQUENCE:0" in before and "SEQUENCE:1" in after
    assert "DTSTART;VALUE=DATE:20261208" in after
    assert names[0] not in unfolded(request, Side.STAFF)


def test_a_complaint_that_was_acknowledged_has_its_next_progress():
    file = unfolded(a_request(Kind.COMPLAINT, acknowledged_on=dt.date(2026, 9, 20)))
    assert "DTSTART;VALUE=DATE:20261020" in file
    assert "How the complaint stands is told by this day" in file


def test_the_desk_takes_it_from_the_case(client, verified):
    desk, request = verified(client, of_data_protection()), a_request(received_on=dt.date(2026, 9, 8))
    address = f"/cms/data-protection/{request.pk}/due.ics"
    assert f'href="{address}"' in desk.get(f"/cms/data-protection/{request.pk}/").text
    answer = desk.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"/cms/data-protection/{request.pk}/" in answer.text.replace("\r\n ", "")
    waiting = a_request(state=State.WAITING_IDENTITY, identity_asked_on=dt.date(2026, 9, 20))
    assert desk.get(f"/cms/data-protection/{waiting.pk}/due.ics").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.WAITING_IDENTITY, "identity_asked_on": dt.date(2026, 9, 20)},
        {"state": State.CLOSED, "closed_on": dt.date(2026, 9, 20)},
    ],
)
def test_where_nothing_is_due_there_is_no_entry(fields):
    with pytest.raises(NothingIsDue):
        due_in_calendar(a_request(**fields), Side.PERSON, URL)
