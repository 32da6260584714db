"""The regulator is one dated setting: the entry in force on a day is used everywhere."""

import datetime as dt

import pytest

from accounts.personal_data.archive.controller import controller
from accounts.rights.letters import LetterKind, write_letter
from accounts.rights.models import Kind, RegulatorEntry
from accounts.values.regulator import FIRST, regulator_on
from policies.desk.checking.checking import draft_of
from policies.notices.letter.identity import sender
from tests.making.policies import a_draft
from tests.making.rights import a_request
from tests.making.rights_desk import of_data_protection

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 2, 1)
NEXT = {
    "since": DAY.isoformat(),
    "name": "Information Commission",
    "short": "IC",
    "url": "https://regulator.example/complain/",
    "postal_address": "1 Regulator Row\nWilmslow",
    "phone": "0300 000 0000",
}


def form(*entries: dict[str, object]) -> dict[str, object]:
    known = list(RegulatorEntry.objects.values("id", "since", "name", "short", "url", "postal_address", "phone"))
    data: dict[str, object] = {"entries-TOTAL_FORMS": len(known) + len(entries), "entries-INITIAL_FORMS": len(known)}
    for number, entry in enumerate([*known, *entries]):
        data |= {f"entries-{number}-{name}": value for name, value in entry.items()}
    return data


@pytest.fixture
def announced(client, verified):
    """What the role writes into the setting: from DAY on the regulator is another."""
    desk = verified(client, of_data_protection())
    address = desk.get("/cms/settings/rights/regulatorsetting/", follow=True).redirect_chain[-1][0]
    answer = desk.post(address, form(NEXT), follow=True)
    assert answer.status_code == 200
    assert RegulatorEntry.objects.count() == 2, answer.text[-3000:]


def test_the_first_entry_is_there_from_the_start_and_is_what_stands_without_any():
    assert RegulatorEntry.objects.get().as_value() == FIRST
    RegulatorEntry.objects.all().delete()
    assert regulator_on(DAY) == FIRST


def test_letters_mails_downloads_and_checks_name_the_new_one_from_its_day_on(announced, today):
    case, page = a_request(Kind.RESTRICTION), a_draft()
    for day, name, url in (
        (DAY - dt.timedelta(days=1), "Information Commissioner’s Office", "https://ico.org.uk/make-a-complaint/"),
        (DAY, "Information Commission", "https://regulator.example/complain/"),
    ):
        today(day)
        assert regulator_on(day).name == name
        words = write_letter(LetterKind.REFUSAL, case, "No.").text
        assert f"the {name} (" in words and url in words
        assert controller().regulator.url == url
        assert sender().regulator.name == name
        page.effective_from = None
        assert draft_of(page).regulator.name == name


def test_before_the_first_entry_the_first_counts():
    assert regulator_on(dt.date(2010, 1, 1)) == FIRST


def test_a_letter_names_all_that_the_setting_says(announced, today):
    today(DAY)
    words = write_letter(LetterKind.OUTCOME, a_request(Kind.COMPLAINT), "Yes.").text
    for said in ("(IC)", "telephone 0300 000 0000", "1 Regulator Row, Wilmslow"):
        assert said in words
