"""Who may open which report, and take it away: by address, whatever the menu shows."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from policies.desk.reports.urls import REPORTS
from tests.making.people import a_person

pytestmark = pytest.mark.django_db
EVERYBODY = ("nobody", "person", "staff", "editor", "approver", "data protection", "exporter", "superuser")
MAY_OPEN = {
    "hand": {"editor", "approver", "data protection", "exporter", "superuser"},
    "versions": {"editor", "approver", "data protection", "exporter", "superuser"},
    "notices": {"approver", "data protection", "exporter", "superuser"},
    "engagement": {"approver", "data protection", "exporter", "superuser"},
    "people": {"data protection", "exporter", "superuser"},
    "answers": {"data protection", "exporter", "superuser"},
}
MAY_EXPORT = MAY_OPEN | {name: {"exporter", "superuser"} for name in ("people", "answers")}


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_report_opens_only_for_those_it_is_for(privacy, browser_of, who):
    browser = browser_of(who)
    for name in REPORTS:
        for address in (f"policies_reports:{name}", f"policies_reports:{name}_results"):
            answer = browser.get(reverse(address))
            opened = answer.status_code == 200
            assert opened == (who in MAY_OPEN[name]), (name, answer.status_code)


def read_to_the_end(answer) -> None:
    """Leave no cursor open."""
    if answer.streaming:
        list(answer.streaming_content)


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_report_is_exported_only_by_those_who_may(privacy, browser_of, who):
    browser = browser_of(who)
    for name in REPORTS:
        for kind in ("csv", "xlsx"):
            answer = browser.get(reverse(f"policies_reports:{name}"), {"export": kind})
            taken = answer.status_code == 200
            read_to_the_end(answer)
            assert taken == (who in MAY_EXPORT[name]), (name, kind, answer.status_code)


@pytest.mark.parametrize("who", ["staff", "editor", "approver", "data protection", "superuser"])
def test_the_menu_shows_the_reports_somebody_may_open(privacy, browser_of, who):
    html = browser_of(who).get("/cms/").text
    for name in REPORTS:
        assert (f'"{reverse(f"policies_reports:{name}")}"' in html) == (who in MAY_OPEN[name]), name


def test_who_may_not_export_is_shown_no_button_for_it(privacy, browser_of):
    address = reverse("policies_reports:people")
    assert "export=csv" not in browser_of("data protection").get(address).text
    assert "export=csv" in browser_of("exporter").get(address).text


def test_the_ready_made_roles_open_what_is_theirs(privacy, verified):
    """As a fresh site has them, by migration."""
    theirs = {
        "Policy editors": {"hand", "versions", "notices", "engagement"},
        "Policy approvers": {"hand", "versions", "notices", "engagement"},
        "Data protection": {"hand", "versions", "notices", "engagement", "people", "answers"},
    }
    for number, (role, names) in enumerate(theirs.items()):
        person = a_person(f"role{number}@example.org")
        person.groups.add(Group.objects.get(name=role))
        browser = verified(Client(), person)
        opened = {name for name in REPORTS if browser.get(reverse(f"policies_reports:{name}")).status_code == 200}
        assert opened == names, role
        answer = browser.get(reverse("policies_reports:people"), {"export": "csv"})
        read_to_the_end(answer)
        taken = answer.status_code == 200
        assert taken == (role == "Data protection")
