"""A bank holiday that is announced late: staff add it, open cases follow, and both sides are told."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from freezegun import freeze_time
from wagtail.models import ModelLogEntry

from accounts.models import User
from accounts.rights.holidays.recounting import how_many_to_recount, recount_if_changed
from accounts.rights.mails.sending import send_waiting
from accounts.rights.models import DueMail, ExtraHoliday, HolidaysCounted, Kind, Side, State, Story, What
from tests.making.people import text_of
from tests.making.rights import a_request
from tests.making.rights_desk import of_data_protection
from tests.making.staff import a_helper

HOLIDAYS = "/cms/data-protection/holidays/"
pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 10, 8)  # a Thursday
NEXT = dt.date(2026, 10, 9)


@pytest.fixture(autouse=True)
def _in_september():
    with freeze_time("2026-09-20 12:00"):
        yield


@pytest.fixture
def desk(client, verified):
    return verified(client, of_data_protection())


@pytest.fixture
def save(django_capture_on_commit_callbacks):
    """Do something, and what follows from it once it is there for good."""

    def saved(do):
        with django_capture_on_commit_callbacks(execute=True):
            return do()

    return saved


def a_case(**fields):
    return a_request(received_on=dt.date(2026, 9, 8), **fields)


def test_a_day_that_staff_add_moves_open_cases_and_both_sides_are_told(desk, save, mailoutbox):
    case, other = a_case(), a_request(received_on=dt.date(2026, 9, 10))
    answer = save(lambda: desk.post(f"{HOLIDAYS}new/", {"day": "2026-10-08", "reason": "A day of mourning"}))
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.due_on == NEXT
    line = Story.objects.get(request=case)
    assert (line.what, line.side, line.internal) == (What.COUNTED_ANEW, Side.MACHINE, False)
    assert "from Thursday 8 October 2026 to Friday 9 October 2026" in line.words
    send_waiting()
    assert {mail.to[0]: mail.subject for mail in mailoutbox} == {
        "olive@example.org": f"News about your request {case.reference}",
        "data.protection@example.org": f"{case.reference}: another due date, 9 October 2026",
    }
    assert not Story.objects.filter(request=other).exists()
    added = ExtraHoliday.objects.get()
    assert added.added_by == User.objects.get(groups__name="Data protection")
    assert ModelLogEntry.objects.filter(object_id=str(added.pk), action="wagtail.create", user=added.added_by).exists()


def test_taking_it_away_moves_them_back(save):
    case = a_case()
    day = save(lambda: ExtraHoliday.objects.create(day=DUE, reason="A mistake"))
    save(day.delete)
    case.refresh_from_db()
    assert case.due_on == DUE
    assert Story.objects.filter(request=case, what=What.COUNTED_ANEW).count() == 2


def test_the_housekeeping_finds_what_another_library_changed_and_does_it_once():
    case = a_case()
    type(case).objects.filter(pk=case.pk).update(due_on=dt.date(2026, 10, 7))
    assert how_many_to_recount() == {"requests to look at": 1}
    assert recount_if_changed() == {"due dates changed": 1, "failed": 0}
    assert recount_if_changed() == {}
    assert how_many_to_recount() == {}
    HolidaysCounted.objects.update(by="another version")
    assert recount_if_changed() == {"due dates changed": 0, "failed": 0}
    with freeze_time("2026-09-21 12:00"):
        assert recount_if_changed() == {"due dates changed": 0, "failed": 0}
        assert recount_if_changed() == {}
    assert Story.objects.filter(request=case).count() == 1


def test_a_case_that_cannot_be_counted_keeps_no_other_back_and_is_tried_again():
    broken = a_case()
    type(broken).objects.filter(pk=broken.pk).update(received_on=dt.date(1800, 1, 1))
    case = a_case()
    ExtraHoliday.objects.create(day=DUE, reason="A day of mourning")
    assert recount_if_changed() == {"due dates changed": 1, "failed": 1}
    case.refresh_from_db()
    assert case.due_on == NEXT
    assert recount_if_changed() == {"due dates changed": 0, "failed": 1}


def test_what_has_no_due_date_stays_without_and_nobody_is_told():
    a_case(state=State.WAITING_IDENTITY, identity_asked_on=dt.date(2026, 9, 9))
    a_case(state=State.CLOSED, closed_on=dt.date(2026, 9, 9))
    a_case(kind=Kind.COMPLAINT, acknowledged_on=dt.date(2026, 9, 8))
    ExtraHoliday.objects.create(day=DUE, reason="A day of mourning")
    assert recount_if_changed() == {"due dates changed": 0, "failed": 0}
    assert not DueMail.objects.exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-12-25", "Christmas Day already"), ("2026-10-10", "a Saturday already"), ("tomorrow", "tomorrow")],
)
def test_a_day_that_moves_nothing_is_refused_in_words(desk, day, said):
    assert said in text_of(desk.post(f"{HOLIDAYS}new/", {"day": day, "reason": "?"}))
    assert not ExtraHoliday.objects.exists()


def test_the_same_day_is_added_once(desk):
    ExtraHoliday.objects.create(day=DUE, reason="A day of mourning")
    assert "already exists" in text_of(desk.post(f"{HOLIDAYS}new/", {"day": DUE, "reason": "Again"}))
    page = text_of(desk.get(HOLIDAYS))
    assert "Thursday 8 October 2026" in page and "A day of mourning" in page


def test_only_who_handles_requests_may_add_days(client, verified):
    other = verified(client, a_helper("change_user"))
    assert other.get(HOLIDAYS).status_code == 302
    assert other.post(f"{HOLIDAYS}new/", {"day": DUE, "reason": "?"}).status_code == 302
    assert not ExtraHoliday.objects.exists()


def test_the_command_counts_them_and_names_the_reason():
    ExtraHoliday.objects.create(day=DUE, reason="A day of mourning")
    out = StringIO()
    call_command("due", "--received", "2026-09-08", "--kind", "access", stdout=out)
    assert "Due on Friday 9 October 2026" in out.getvalue()
    assert "8 October 2026 is passed over: A day of mourning." in out.getvalue()
