"""The reports in the CMS: the register with its file, the numbers with their plot, and the panel of what is due."""

import csv
import datetime as dt
import re

import pytest
from django.utils import timezone

from accounts.rights.models import Kind, Outcome, Pause, State
from tests.making.people import a_person, text_of
from tests.making.rights import a_request
from tests.making.rights_desk import of_data_protection
from tests.making.staff import a_helper

pytestmark = pytest.mark.django_db
REGISTER, NUMBERS = "/cms/data-protection/reports/register/", "/cms/data-protection/reports/numbers/"


@pytest.fixture
def desk(client, verified):
    return verified(client, of_data_protection())


def ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def ended(days_ago: int, took: int, outcome: Outcome = Outcome.GRANTED, kind: Kind = Kind.ACCESS, **fields):
    closed = ago(days_ago - took)
    known = {"state": State.CLOSED, "decided_on": closed, "closed_on": closed, "outcome": outcome}
    return a_request(kind, received_on=ago(days_ago), **(known | fields))


def table_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(response.getvalue().decode().splitlines()))


def test_only_who_handles_requests_sees_them(client, verified):
    other = verified(client, a_helper("change_user"))
    for address in (REGISTER, NUMBERS, f"{REGISTER}?export=csv", f"{NUMBERS}?export=csv"):
        assert other.get(address).status_code == 302
    assert "Requests in numbers" not in other.get("/cms/").text


class TestTheRegister:
    def test_it_names_cases_with_their_days_and_no_person(self, desk):
        request = ended(50, 40, person=a_person(), details="My files, please.", acknowledged_on=ago(50))
        Pause.objects.create(request=request, question="Which?", asked_on=ago(45), answered_on=ago(40))
        page = text_of(desk.get(REGISTER))
        assert f'href="/cms/data-protection/{request.pk}/"' in desk.get(REGISTER).text
        for said in (request.reference, "A copy of my data", "Closed", "Granted", "40"):
            assert said in page
        (line,) = table_of(desk.get(f"{REGISTER}?export=csv"))
        assert (line["Case"], line["Days to the answer"], line["Received"]) == (
            request.reference,
            "40",
            ago(50).isoformat(),
        )
        assert "ann@example.org" not in page + str(line)
        assert "My files" not in str(line)

    def test_it_counts_a_pause_and_says_what_was_late(self, desk):
        paused, late = ended(80, 37), ended(80, 37, kind=Kind.ERASURE)
        Pause.objects.create(request=paused, question="Which?", asked_on=ago(70), answered_on=ago(55))
        found = {line["Case"]: line["Late"] for line in table_of(desk.get(f"{REGISTER}?export=csv"))}
        assert found == {paused.reference: "no", late.reference: "yes"}

    def test_what_ended_without_a_reply_to_what_we_asked_is_not_late(self, desk):
        ended(90, 80, Outcome.NO_ANSWER, identity_asked_on=ago(89))
        ended(90, 80, Outcome.REFUSED, identity_asked_on=ago(89))
        ended(90, 80, Outcome.REFUSED, identity_asked_on=ago(89), identity_on=ago(89), fee_asked_on=ago(89))
        ended(90, 80, outcome="", state=State.WITHDRAWN)
        assert {line["Late"] for line in table_of(desk.get(f"{REGISTER}?export=csv"))} == {"no"}

    def test_a_complaint_is_late_by_its_acknowledgement(self, desk):
        by_day = {
            days: a_request(Kind.COMPLAINT, received_on=ago(40), acknowledged_on=ago(40 - days)) for days in (29, 30)
        }
        found = {line["Case"]: line["Late"] for line in table_of(desk.get(f"{REGISTER}?export=csv"))}
        assert (found[by_day[29].reference], found[by_day[30].reference]) == ("no", "yes")

    def test_it_can_be_narrowed_and_the_file_too(self, desk):
        late, fresh, done = (
            a_request(received_on=ago(60)),
            a_request(Kind.COMPLAINT),
            ended(50, 10, escalated_on=ago(5)),
        )
        a_request(state=State.UNCONFIRMED)
        for query, seen in {
            "": {late, fresh, done},
            "standing=late": {late},
            "standing=open": {late, fresh},
            "standing=ended": {done},
            "kind=complaint": {fresh},
            "escalated=true": {done},
            f"received_on_from={ago(55)}&received_on_to={ago(1)}": {done},
        }.items():
            lines = table_of(desk.get(f"{REGISTER}?export=csv&{query}"))
            assert {line["Case"] for line in lines} == {request.reference for request in seen}, query

    def test_no_cell_is_a_formula(self, desk):
        a_request(extended_on=ago(0), extension_reasons="=HYPERLINK(1)")
        (line,) = table_of(desk.get(f"{REGISTER}?export=csv"))
        assert line["Reasons of the extension"] == "'=HYPERLINK(1)"

    def test_more_cases_ask_for_no_more_queries(self, desk, django_assert_max_num_queries):
        for days in range(12):
            Pause.objects.create(request=ended(90 + days, 20), question="?", asked_on=ago(85), answered_on=ago(84))
        with django_assert_max_num_queries(16):
            assert len(table_of(desk.get(f"{REGISTER}?export=csv"))) == 12


class TestTheNumbers:
    def test_each_period_has_a_line_on_the_page_and_in_the_file(self, desk):
        ended(20, 10), a_request(Kind.COMPLAINT, received_on=ago(2))
        lines = table_of(desk.get(f"{NUMBERS}?export=csv&by=year"))
        assert sum(int(line["Access"]) for line in lines) == 1
        assert sum(int(line["Complaints"]) for line in lines) == 1
        assert sum(int(line["Received"]) for line in lines) == 2
        assert [line["Median days"] for line in lines if line["Median days"]] == ["10"]
        assert lines[0]["Until"] == f"{timezone.localdate().year}-12-31"
        assert f"{timezone.localdate():%B %Y}" in text_of(desk.get(f"{NUMBERS}?by=month"))

    def test_the_plot_is_drawn_without_a_style_or_script_and_said_as_a_table(self, desk):
        a_request(received_on=ago(60))
        page = desk.get(NUMBERS).text
        figure = re.search(r'<figure class="rights-plot">.*?</figure>', page, re.DOTALL)[0]
        assert figure.count("<svg viewBox") == 5
        assert 'role="img"' in figure and "<title" in figure
        assert "<script" not in figure and "style=" not in figure
        assert figure.count('<th scope="row">') == 12
        assert '<th scope="col">Late at the end</th>' in figure

    def test_what_was_asked_for_by_nonsense_is_by_quarter(self, desk):
        assert 'aria-current="true">By quarter' in desk.get(f"{NUMBERS}?by=moon").text


class TestThePanel:
    def test_it_shows_the_late_first_with_whose_they_are(self, desk):
        soon, late = a_request(received_on=ago(25)), a_request(received_on=ago(60))
        fresh = a_request()
        page = desk.get("/cms/").text
        assert page.index(late.reference) < page.index(soon.reference)
        assert fresh.reference not in page
        assert re.search(r"\d+ days late", page) and re.search(r"\d+ days? left", page)
        assert "nobody's yet" in page

    def test_who_may_not_see_cases_sees_no_panel(self, client, verified):
        late = a_request(received_on=ago(60))
        assert late.reference not in verified(client, a_helper("change_user")).get("/cms/").text
