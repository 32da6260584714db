"""What everybody may read: coarse numbers that point at nobody, only where they are switched on."""

import datetime as dt

import pytest
from freezegun import freeze_time

from accounts.rights.models import Kind, PublicNumbers
from accounts.rights.reports.public import public_rows
from tests.making.cases import a_case
from tests.making.rights import a_request

TODAY = dt.date(2026, 11, 26)
KEPT = dt.timedelta(days=6 * 365)


def rows(*cases, today=TODAY):
    return {row.label: row for row in public_rows(cases, today, KEPT)}


@pytest.mark.parametrize(("number", "shown"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_small_numbers_are_not_shown_and_others_are_coarse(number, shown):
    found = rows(*[a_case("2025-03-01", 20)] * number, *[a_case("2025-03-01", 20, kind="complaint")] * number)["2025"]
    assert (found.requests, found.complaints) == (shown, shown)


@pytest.mark.parametrize(
    ("number", "late", "share"), [(9, 0, None), (10, 0, 100), (12, 1, 90), (40, 1, 100), (20, 4, 80)]
)
def test_shares_and_medians_are_of_ten_answers_or_more(number, late, share):
    found = rows(*[a_case("2025-03-01", 20)] * (number - late), *[a_case("2025-03-01", 40)] * late)["2025"]
    assert found.in_time == share
    assert found.median_days == (20 if share else None)


def test_of_this_year_only_quarters_that_are_over_count():
    cases = [a_case("2026-09-30")] * 5 + [a_case("2026-10-01")] * 5
    assert rows(*cases)["2026, January to September"].requests == 5
    assert rows(*cases, today=dt.date(2027, 1, 1))["2026"].requests == 10
    assert "2026" not in " ".join(rows(*cases, today=dt.date(2026, 3, 31)))


def test_years_of_which_some_may_be_forgotten_are_not_shown():
    assert list(rows()) == ["2026, January to September", "2025", "2024", "2023", "2022"]
    found = public_rows([], TODAY, dt.timedelta(days=2 * 365))
    assert [row.label for row in found] == ["2026, January to September", "2025"]


@pytest.mark.django_db
class TestThePage:
    def test_it_is_not_there_until_it_is_switched_on(self, client):
        assert client.get("/data-rights/numbers/").status_code == 404
        assert "/data-rights/numbers/" not in client.get("/data-rights/").text
        PublicNumbers.objects.create(shown=True)
        assert client.get("/data-rights/numbers/").status_code == 200
        assert 'href="/data-rights/numbers/"' in client.get("/data-rights/").text

    @freeze_time("2026-11-26 12:00")
    def test_it_says_coarse_numbers_and_names_nobody(self, client):
        PublicNumbers.objects.create(shown=True)
        for number in range(7):
            a_request(name=f"Somebody {number}", received_on=dt.date(2026, 3, 3), opened_on=TODAY)
        a_request(Kind.COMPLAINT, received_on=dt.date(2026, 3, 3), opened_on=TODAY)
        page = " ".join(client.get("/data-rights/numbers/").text.split())
        assert "2026, January to September" in page
        assert ">about 5<" in page
        assert "fewer than 5" in page
        assert "too few to say" in page
        assert "Somebody" not in page
