"""The version on a day: by the form or by a shareable address."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2024-01-01", "1.0"),
        ("2025-02-28", "1.0"),
        ("2025-03-01", "2.0"),
        ("2026-06-15", "3.0"),
        ("2026-07-15", "3.0"),
        ("2026-08-01", "5.0"),
        ("9999-12-31", "5.0"),
    ],
)
def test_a_day_leads_to_the_version_in_force_on_it(client, history, day, number):
    for address in (f"/policies/privacy/on/{day}/", f"/policies/privacy/on/?date={day}"):
        assertRedirects(client.get(address), f"/policies/privacy/versions/{number}/", fetch_redirect_response=False)


def test_a_day_before_the_first_version_says_when_that_began(client, history):
    for address in ("/policies/privacy/on/2023-12-31/", "/policies/privacy/on/?date=0001-01-01"):
        page = client.get(address)
        assertContains(page, "No version was in force on", status_code=404)
        assertContains(page, '<time datetime="2024-01-01">1 January 2024</time>', status_code=404, html=True)


BAD = [
    "2026-02-30",
    "0000-01-01",
    "99999-01-01",
    "2026-1-1",
    "20260101",
    "2026-W01-1",
    "today",
    "١٩٩٩-٠١-٠١",
    "%00",
    "-1",
]


@pytest.mark.parametrize("day", BAD)
def test_an_address_of_no_day_asks_for_one(client, history, day):
    assertContains(client.get(f"/policies/privacy/on/{day}/"), "is not a day in the calendar", status_code=404)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("2026-02-30", "There is no 30 February 2026"),
        ("31/4/2026", "There is no 31 April 2026"),
        ("12/31/2025", "There is no month 31"),
        ("0000-01-01", "There is no year 0"),
        ("today", "“today” is not understood as a day"),
        ("5 May", "is not understood as a day"),
        ("%00", "is not understood as a day"),
    ],
)
def test_what_is_no_day_is_asked_for_again_with_the_reason_and_what_was_written(client, history, written, problem):
    page = client.get("/policies/privacy/on/", {"date": written})
    assertContains(page, problem, status_code=400)
    assertContains(page, 'aria-invalid="true"', status_code=400)
    assertContains(page, f'value="{written}"', status_code=400)


@pytest.mark.parametrize("written", ["05/05/2025", "5 May 2025", "5.5.25", "Monday 5 May 2025", "2025-5-5"])
def test_a_day_as_people_write_it_is_read_and_they_are_told_how(client, history, written):
    page = client.get("/policies/privacy/on/", {"date": written})
    words = 'On Monday <time datetime="2025-05-05">5 May 2025</time>, version 2.0 was in force'
    assertContains(page, words)
    assertContains(page, '<a href="/policies/privacy/versions/2.0/">Read version 2.0</a>', html=True)


@pytest.mark.parametrize(("days", "words"), [(-1, "was in force"), (0, "is in force"), (1, "will be in force")])
def test_of_a_day_to_come_it_is_said_that_the_version_will_be_in_force(client, history, days, words):
    day = timezone.localdate() + dt.timedelta(days=days)
    assertContains(client.get("/policies/privacy/on/", {"date": f"{day:%d/%m/%Y}"}), words)


def test_the_hint_and_the_field_agree(client, history):
    page = client.get("/policies/privacy/on/")
    assertContains(page, "For example 31 December 2026 or 31/12/2026.")
    assertContains(page, 'type="text" id="date"')


def test_an_empty_field_is_asked_for_again(client, history):
    assertContains(client.get("/policies/privacy/on/?date="), "Give a day", status_code=400)


def test_the_form_is_there_without_a_day(client, history):
    assertContains(client.get("/policies/privacy/on/"), '<label for="date">Day</label>', html=True)
