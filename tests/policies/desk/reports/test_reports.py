"""What the reports say: versions with their dates, notices, how many were told and what people did."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from policies.desk.reports import exporting
from policies.notices.models import Delivery, Engagement
from policies.notices.models.answers import Answer
from policies.notices.models.notices import DeliveryState, Reason
from policies.notices.sending.finishing import record_notified
from policies.notices.sending.staging import stage_recipients
from policies.notices.totals import recount
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyIndexPage
from tests.making.notices import a_notice
from tests.making.people import a_person, text_of
from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db


def url(name: str) -> str:
    return reverse(f"policies_reports:{name}")


def taken(client, name: str, **asked) -> list[dict[str, str]]:
    """The rows of a report's CSV file."""
    answer = client.get(url(name), asked | {"export": "csv"})
    assert answer.streaming
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_every_version_is_listed_with_its_dates_and_standing(history, cms):
    text = text_of(cms.get(url("versions")))
    for words in ("In force", "Upcoming", "Superseded", "Withdrawn", "1 August 2026", "First version"):
        assert words in text
    rows = {row["Version"]: row for row in taken(cms, "versions")}
    assert rows["1.0"]["Standing"] == "Superseded"
    assert (rows["1.0"]["In force from"], rows["1.0"]["Until"]) == ("2024-01-01", "2025-02-28")
    assert rows["3.0"]["Standing"] == "In force"
    assert rows["3.0"]["Until"] == "2026-07-31"
    assert rows["4.0"]["Why withdrawn"] == "It was a mistake."
    assert rows["4.0"]["Never in force for a whole day"] == "True"


@pytest.mark.parametrize(
    ("standing", "numbers"),
    [("in-force", {"3.0"}), ("upcoming", {"5.0"}), ("withdrawn", {"4.0"}), ("superseded", {"1.0", "2.0"})],
)
def test_versions_are_filtered_by_how_they_stand_today(history, cms, standing, numbers):
    assert {row["Version"] for row in taken(cms, "versions", standing=standing)} == numbers


def test_versions_are_filtered_by_policy_and_day(history, cms):
    other = a_draft(a_document("terms are these", title="Terms"), "terms")
    announce(other)
    assert {row["Policy"] for row in taken(cms, "versions", page=other.pk)} == {"terms"}
    assert {row["Version"] for row in taken(cms, "versions", begins="2026-07-01", page=history.pk)} == {"4.0", "5.0"}
    assert {row["Version"] for row in taken(cms, "versions", begins_by="2025-12-31", page=history.pk)} == {"1.0", "2.0"}


@pytest.mark.parametrize("number", ["9" * 40, str(2**63), "-" + "9" * 19, "²", ""])
@pytest.mark.parametrize("name", ["versions", "notices", "people", "engagement"])
def test_a_number_that_no_policy_can_have_finds_no_policy_and_no_error(history, cms, name, number):
    assert cms.get(url(name), {"page": number, "policy": number}).status_code == 200


@pytest.fixture
def notice(privacy):
    """A notice for four people: one sent, one failed, one without an address, one who chose none."""
    for name in ("ann", "bob", "cat"):
        a_person(f"{name}@example.org")
    a_person("dan@example.org", verified=False)
    notice = a_notice(privacy)
    stage_recipients(notice)
    now = timezone.now()
    ends = {
        "ann": (DeliveryState.SENT, ""),
        "bob": (DeliveryState.FAILED, Reason.REFUSED),
        "cat": (DeliveryState.SKIPPED, Reason.PREFERENCE),
    }
    for name, (state, reason) in ends.items():
        found = Delivery.objects.filter(notice=notice, person__email=f"{name}@example.org")
        assert found.update(state=state, reason=reason, settled_at=now) == 1
    recount(notice)
    record_notified(notice)
    return notice


def named(name: str):
    return Delivery.objects.get(person__email=f"{name}@example.org").person


def answers(version, *given):
    for name, kind in given:
        facts = {"digest": version.digest, "wording": "I agree.", "language": "en-GB", "where": "page"}
        Answer.objects.create(person=named(name), version=version, kind=kind, **facts)


def test_engagement_counts_who_was_told_and_why_others_were_not(notice, cms):
    for name in ("ann", "bob"):
        Engagement.objects.create(person=named(name), version=notice.version, kind="seen")
    answers(notice.version, ("ann", "declined"), ("ann", "acknowledged"), ("cat", "declined"))
    (row,) = taken(cms, "engagement", kind="seen")
    assert (row["Policy"], row["Version"], row["Told"], row["Seen"]) == ("privacy", "2.0", "1", "2")
    assert (row["Acknowledged"], row["Accepted"], row["Declined"]) == ("1", "0", "1")
    for reason in (Reason.REFUSED, Reason.PREFERENCE, Reason.NO_ADDRESS):
        assert f"{reason.label}: 1" in row["Not told, because"]
    assert f"{Reason.REFUSED.label}: 1" in text_of(cms.get(url("engagement")))


def test_engagement_leaves_out_versions_that_nobody_was_to_be_told_of(notice, cms):
    assert [row["Version"] for row in taken(cms, "engagement")] == ["2.0"]
    assert taken(cms, "engagement", kind="accepted") == []


def test_answers_are_listed_with_their_words_and_taking_them_away_is_logged(notice, cms):
    answers(notice.version, ("ann", "accepted"), ("bob", "declined"))
    text = text_of(cms.get(url("answers"), {"kind": "accepted"}))
    assert "I agree." in text
    assert "bob@example.org" not in text
    (row,) = taken(cms, "answers", q="ann@")
    assert (row["Answer"], row["In these words"], row["Digest of the text"]) == (
        "Accepted",
        "I agree.",
        notice.version.digest,
    )
    assert PageLogEntry.objects.get(action="policies.export").data["what"] == "Answers to versions"


def test_notices_are_listed_with_state_and_figures_and_filtered(notice, cms):
    (row,) = taken(cms, "notices")
    assert (row["Policy"], row["Version"]) == ("privacy", "2.0")
    assert (row["Sent"], row["Failed"], row["Not sent"]) == ("1", "1", "1")
    assert taken(cms, "notices", state="paused") == []
    assert "Privacy policy 2.0" in text_of(cms.get(url("notices"), {"policy": notice.version.page_id}))


def test_people_are_found_by_the_beginning_of_their_address(notice, cms):
    assert [row["Address"] for row in taken(cms, "people", q="ANN@")] == ["ann@example.org"]
    assert taken(cms, "people", q="nn@example") == []
    assert "ann@example.org" in text_of(cms.get(url("people"), {"policy": notice.version.page_id, "number": "2.0"}))
    assert taken(cms, "people", number="1.0") == taken(cms, "people", number="two") == []


def test_taking_personal_data_away_is_logged_without_what_was_searched(notice, cms, editor):
    taken(cms, "people", q="ann@", kind="notified")
    entry = PageLogEntry.objects.get(action="policies.export")
    assert (entry.user, entry.page_id) == (editor, PolicyIndexPage.objects.get().pk)
    assert "ann" not in str(entry.data)
    assert entry.message == "“People and versions” exported as CSV, narrowed by kind, search"


def test_looking_is_not_logged_nor_is_taking_numbers(notice, cms):
    cms.get(url("people"))
    taken(cms, "engagement")
    assert not PageLogEntry.objects.filter(action="policies.export").exists()


def test_a_name_that_looks_like_a_formula_is_made_harmless(notice, cms):
    person = Delivery.objects.get(person__email="ann@example.org").person
    person.first_name, person.last_name = "=HYPERLINK(1)", ""
    person.save()
    assert taken(cms, "people")[0]["Name"] == "'=HYPERLINK(1)"
    sheet = load_workbook(io.BytesIO(b"".join(cms.get(url("people"), {"export": "xlsx"}).streaming_content))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=HYPERLINK(1)", "s")


def test_too_many_rows_for_a_sheet_are_refused_in_words_and_the_filters_stay(history, cms, monkeypatch):
    monkeypatch.setattr(exporting, "XLSX_ROWS", 3)
    answer = cms.get(url("versions"), {"export": "xlsx", "page": history.pk}, follow=True)
    assert "5 rows are too many for an XLSX file, which holds 3 here." in text_of(answer)
    assert answer.request["QUERY_STRING"] == f"page={history.pk}"
    assert len(taken(cms, "versions")) == 5


def test_a_file_is_written_as_it_is_read(history, cms, django_assert_num_queries, monkeypatch):
    """Nothing is asked of the rows before the first line has left, and they come two at a time."""
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    answer = cms.get(url("versions"), {"export": "csv"})
    lines = iter(answer.streaming_content)
    with django_assert_num_queries(0):
        assert next(lines).startswith(b"Policy,Title,Version")
    with django_assert_num_queries(3):  # the rows, and how the first two stand
        next(lines), next(lines)
    with django_assert_num_queries(2):
        next(lines), next(lines)


def _more(notice, number):
    for count in range(number):
        version = announce(notice.version.page, a_document(f"cookies are {count} files"))
        person = a_person(f"more{count}@example.org")
        Engagement.objects.create(person=person, version=version, kind="seen")
        facts = {"digest": version.digest, "wording": "I agree.", "language": "en-GB", "where": "page"}
        Answer.objects.create(person=person, version=version, kind="accepted", **facts)


@pytest.mark.parametrize(
    ("name", "most"),
    [("versions", 13), ("notices", 12), ("engagement", 16), ("people", 11), ("answers", 11), ("hand", 16)],
)
def test_a_report_costs_the_same_however_long_it_is(notice, cms, name, most, django_assert_max_num_queries):
    _more(notice, 8)
    cms.get(url(name))
    with django_assert_max_num_queries(most):
        assert "privacy" in cms.get(url(name)).text.lower()


def test_a_day_of_a_version_is_that_of_london(privacy, cms):
    version = PolicyVersion.objects.get()
    written = taken(cms, "versions")[0]["Announced"]
    assert dt.datetime.fromisoformat(written) == version.announced_at
    assert written.endswith(f"{timezone.localtime(version.announced_at):%z}"[:3] + ":00")
