"""The record of processing: staff who look after people read it in the CMS and take it away as CSV."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission

from accounts.personal_data.register import kinds
from tests.making.people import a_person

pytestmark = pytest.mark.django_db
URL = "/cms/accounts/processing/"


def who_may(*codenames: str):
    """Somebody who may enter the CMS, and do this besides."""
    person = a_person()
    person.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *codenames)))
    return person


@pytest.fixture
def staff(client, verified):
    return verified(client, who_may("change_user"))


def test_the_record_is_in_the_reports_menu_and_lists_every_kind(staff):
    page = staff.get(URL).content.decode()
    assert all(str(kind.title) in page.replace("&#x27;", "'") for kind in kinds())
    assert URL in staff.get("/cms/").content.decode()


def test_the_record_is_a_csv_with_a_line_for_each_kind(staff):
    answer = staff.get(URL, {"export": "csv"})
    assert answer["Content-Type"] == "text/csv"
    assert "record-of-processing-" in answer["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert len(lines) == len(kinds())
    log = next(line for line in lines if line["Kind"] == "Security log")
    assert log["Lawful basis"] == "Our legitimate interests"
    assert log["Kept"] == "one year after it happened"
    assert log["Deleted by"] == "housekeeping"
    assert log["How a person is found"] == "person"
    assert all(line["Purpose"] and line["When the account is closed"] for line in lines)


def test_no_line_is_taken_for_a_formula(staff):
    answer = staff.get(URL, {"export": "csv"})
    rows = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode()))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_record_is_not_for_editors_who_do_not_look_after_people(client, verified):
    editor = verified(client, who_may())
    assert editor.get(URL).status_code == 302
    assert URL not in editor.get("/cms/").content.decode()
