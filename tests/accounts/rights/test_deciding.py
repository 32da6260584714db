"""Deciding a case in the CMS: what each outcome needs, what is done at once, and what the person reads."""

import datetime as dt
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.flows.consents import Purpose, Where, agree, wording_of
from accounts.models import ConsentRecord, DetailChange, SecurityEvent, User
from accounts.rights.models import Decision, Health, Kind, Outcome, RecipientTask, RightsRequest, State, Story, What
from tests.making.people import a_person, text_of
from tests.making.rights import a_request
from tests.making.rights_desk import DESK, decide, do, of_data_protection, read_by
from tests.making.staff import confirmed

pytestmark = pytest.mark.django_db

ANSWER = {
    "outcome": "granted",
    "searched": "The site, mail and paper.",
    "attach_download": "on",
    "account": "ann@example.org",
}
NEIGHBOUR = {"part": "A letter of a neighbour", "ground": "another_person", "explanation": "Page 3"}
WEIGHED = {
    "type_of_information": "Her opinion of you",
    "duty_of_confidentiality": "She wrote in confidence",
    "steps_to_seek_consent": "Asked on 1 May",
    "capability_to_consent": "Capable",
    "express_refusal": "Refused by letter",
}


@pytest.fixture
def desk(client, verified):
    return verified(client, of_data_protection())


@pytest.fixture
def ann(db) -> User:
    return a_person(first_name="Ann", last_name="Oak", phone="+441462000000")


def state_of(case: RightsRequest) -> tuple[str, str]:
    case.refresh_from_db()
    return case.state, case.outcome


def answer_to(case: RightsRequest) -> str:
    return " ".join(case.messages.last().words.split())


def three_routes(words: str) -> bool:
    places = [words.find(route) for route in ("1. Us:", "2. The regulator: the Information", "3. A court:")]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize(
    ("said", "why_not"),
    [
        ({}, "Say whether the answer holds data about health."),
        ({"health": "opinion"}, "Name the health professional whose opinion it is."),
        ({"health": "opinion", "opinion_by": "Dr Ash", "opinion_on": -184}, "older than six months"),
        ({"health": "opinion", "opinion_by": "Dr Ash", "opinion_on": 1}, "still to come"),
        ({"health": "none", "searched": ""}, "Say what was searched."),
        ({"health": "none", "attach_download": ""}, "An answer has something in it"),
    ],
)
def test_an_answer_cannot_leave_without_the_gate_for_health(desk, ann, said, why_not):
    case = a_request(Kind.ACCESS, person=ann, channel="account")
    if "opinion_on" in said:
        said = said | {"opinion_on": (timezone.localdate() + dt.timedelta(days=said["opinion_on"])).isoformat()}
    assert why_not in text_of(decide(desk, case, **(ANSWER | said)))
    assert state_of(case) == (State.RECEIVED, "")
    assert not (case.messages.exists() or case.files.exists() or Decision.objects.exists())


def test_an_access_answer_has_the_persons_own_download(desk, ann):
    case = a_request(Kind.ACCESS, person=ann, channel="account")
    month_ago = timezone.localdate() - dt.timedelta(days=30)
    page = decide(desk, case, **ANSWER, health="opinion", opinion_by="Dr Ash", opinion_on=month_ago.isoformat())
    assert "the answer is with the person" in page.text
    assert state_of(case) == (State.DECIDED, Outcome.GRANTED)
    decision = case.decisions.get()
    assert (decision.health, decision.opinion_by, decision.opinion_on) == (Health.OPINION, "Dr Ash", month_ago)
    assert three_routes(answer_to(case))
    file = case.files.get()
    assert file.message == case.messages.get()
    with zipfile.ZipFile(file.file.open("rb")) as archive:
        assert archive.testzip() is None
        assert b"ann@example.org" in archive.read("data.json")
    assert ann.security_events.filter(kind=SecurityEvent.Kind.DATA_COPIED_BY_STAFF).count() == 1
    taken = desk.get(f"{DESK}{case.pk}/files/{file.pk}/")
    assert taken["Content-Disposition"].startswith("attachment") and taken["X-Content-Type-Options"] == "nosniff"
    assert Story.objects.get(request=case, what=What.FILE_OPENED_BY_STAFF).words == file.name
    assert not case.due_on


def test_of_another_persons_information_all_five_things_are_weighed(desk, ann):
    case = a_request(Kind.ACCESS, person=ann, channel="account")
    partly = ANSWER | {"outcome": "partly", "health": "none"}
    for missing in WEIGHED:
        page = text_of(decide(desk, case, NEIGHBOUR | WEIGHED | {missing: " "}, **partly))
        assert "Part 1 is about another person; still to be weighed" in page
    assert "Name the parts that are not given" in text_of(decide(desk, case, **partly))
    assert "What is granted withholds nothing" in text_of(
        decide(desk, case, NEIGHBOUR | WEIGHED, **(ANSWER | {"health": "none"}))
    )
    assert state_of(case) == (State.RECEIVED, "")
    more = desk.post(
        f"{DESK}{case.pk}/decide/", read_by(case) | {"parts-TOTAL_FORMS": 1, "more": 1, "words": "My words"}
    )
    assert "Part 2" in text_of(more) and "My words" in more.text
    assert "This field is required" not in text_of(more)  # nothing was decided yet
    decide(desk, case, NEIGHBOUR | WEIGHED, **partly)
    assert state_of(case) == (State.DECIDED, Outcome.PARTLY)
    item = case.decisions.get().withheld.get()
    assert item.express_refusal == "Refused by letter"
    words = answer_to(case)
    assert "A letter of a neighbour: It is about another person" in words and three_routes(words)
    assert "Her opinion of you" not in words and "Page 3" not in words
    assert "Refused by letter" in text_of(desk.get(f"{DESK}{case.pk}/"))


def test_a_refusal_needs_reasons_and_names_three_routes(desk):
    case = a_request(Kind.RESTRICTION)
    assert "Say why it is refused" in text_of(decide(desk, case, outcome="refused", words=" "))
    decide(desk, case, outcome="refused", words="We need it for a claim.")
    assert state_of(case) == (State.DECIDED, Outcome.REFUSED)
    words = answer_to(case)
    assert "We do not do what you ask for" in words and "We need it for a claim." in words
    assert three_routes(words)


def test_a_restriction_that_is_granted_is_carried_out_and_ends_only_after_the_person_was_told(desk, ann):
    case = a_request(Kind.RESTRICTION, person=ann, channel="account", details="I dispute what you hold.")
    decide(desk, case, outcome="granted", account=ann.email)
    ann.refresh_from_db()
    assert ann.is_restricted and "From today on we only keep" in answer_to(case)
    page = text_of(desk.get(f"{DESK}{case.pk}/"))
    assert "restricted since" in page and "End the restriction" in page
    today = timezone.localdate()
    given = {"account": ann.email, "words": "The dispute is settled."}
    refused = do(desk, case, "restriction-ends", on=today.isoformat(), **given)
    assert "choose a day from tomorrow on" in text_of(refused)
    tomorrow = today + dt.timedelta(days=1)
    assert "They are told" in text_of(do(desk, case, "restriction-ends", on=tomorrow.isoformat(), **given))
    ann.refresh_from_db()
    assert ann.is_restricted and ann.restricted_until == tomorrow
    assert "Article 18(3)" in answer_to(case) and "The dispute is settled." in answer_to(case)
    assert three_routes(answer_to(case))
    assert "End the restriction" not in text_of(desk.get(f"{DESK}{case.pk}/"))
    assert {What.RESTRICTED, What.RESTRICTION_ENDS} <= {*case.story.values_list("what", flat=True)}


def test_a_refused_restriction_and_one_without_an_account_restrict_nobody(desk, ann):
    decide(desk, a_request(Kind.RESTRICTION, person=ann, channel="account"), outcome="refused", words="No ground.")
    decide(desk, a_request(Kind.RESTRICTION), outcome="granted", words="We have put your letter aside.")
    assert not User.objects.restricted().exists()


def test_a_complaint_has_its_own_words_for_the_outcome(desk):
    case = a_request(Kind.COMPLAINT)
    assert "Upheld in part" in desk.get(f"{DESK}{case.pk}/decide/").text
    decide(desk, case, outcome="refused", words="We did as we said.")
    assert "do not uphold it" in answer_to(case) and three_routes(answer_to(case))


def test_a_correction_is_made_and_recorded_in_one_step_and_recipients_are_to_be_told(desk, ann):
    case = a_request(Kind.CORRECTION, person=ann, channel="account", details="My name is Anne.")
    page = desk.get(f"{DESK}{case.pk}/decide/").text
    assert 'value="Ann"' in page and 'name="initial-first_name"' in page
    assert "Say what is corrected" in text_of(decide(desk, case, outcome="granted", account=ann.email))
    given = {"account": ann.email, "with_details": "on", "first_name": "Anne", "initial-first_name": "Ann"}
    given |= {"last_name": "Oak", "initial-last_name": "Oak"}  # the rest was empty when the page was made
    decide(desk, case, outcome="granted", **given)
    ann.refresh_from_db()
    assert (ann.first_name, ann.phone) == ("Anne", "+441462000000")
    change = DetailChange.objects.get(person=ann)
    assert (change.field, change.old, change.new) == ("first_name", "Ann", "Anne")
    assert change.by.email == "data.protection@example.org"
    assert "Put right in your account: first name." in answer_to(case)
    assert Story.objects.filter(request=case, what=What.CORRECTED).count() == 1
    task = RecipientTask.objects.filter(request=case).first()
    assert task and task.recipient in answer_to(case)
    assert "staff" not in task.recipient
    desk.post(f"{DESK}{case.pk}/recipients/{task.pk}/", {"told": "no", "note": "It keeps nothing."})
    task.refresh_from_db()
    assert (task.done_on, task.note) == (timezone.localdate(), "Not told: It keeps nothing.")
    again = desk.post(f"{DESK}{case.pk}/recipients/{task.pk}/", {"told": "yes", "note": "Yes."}, follow=True)
    assert "settled this already" in text_of(again)


def test_of_two_who_decide_at_once_the_second_is_told(desk, ann):
    case = a_request(Kind.CORRECTION, person=ann, channel="account")
    as_read = read_by(case)
    decide(desk, case, outcome="refused", words="It is accurate.")
    second = {"parts-TOTAL_FORMS": 0, "parts-INITIAL_FORMS": 0, "outcome": "granted", "words": "Of course.",
              "account": ann.email, "with_details": "on", "first_name": "Anne"}  # fmt: skip
    page = desk.post(f"{DESK}{case.pk}/decide/", as_read | second)
    assert "The case has changed" in text_of(page) and "It was decided" in text_of(page)
    ann.refresh_from_db()
    assert (ann.first_name, case.decisions.count(), case.messages.count()) == ("Ann", 1, 1)


def test_who_acts_for_another_is_never_answered_with_their_own_account(desk, ann):
    case = a_request(Kind.CORRECTION, person=ann, channel="account", acting_for="My mother")
    assert "ann@example.org" not in desk.get(f"{DESK}{case.pk}/decide/").text.split("<form")[-1]
    given = {"with_details": "on", "first_name": "Anne", "account": ""}
    assert "Name the account" in text_of(decide(desk, case, outcome="granted", **given))
    assert "Nobody with an account has confirmed" in text_of(
        decide(desk, case, outcome="granted", **(given | {"account": "nobody@example.org"}))
    )


def test_a_copy_of_the_data_is_taken_only_by_who_has_just_confirmed_and_the_person_sees_it(desk, ann, client, verified):
    case = a_request(Kind.ACCESS, person=ann, channel="account")
    refused = desk.post(f"{DESK}{case.pk}/export/")
    assert refused.status_code == 302 and "reauthenticate" in refused["Location"]
    assert not Story.objects.filter(request=case, what=What.EXPORTED_BY_STAFF).exists()
    confirmed(desk, User.objects.get(email="data.protection@example.org"))
    taken = desk.post(f"{DESK}{case.pk}/export/")
    assert b"".join(taken.streaming_content).startswith(b"PK")
    assert not Story.objects.get(request=case, what=What.EXPORTED_BY_STAFF).internal
    assert ann.security_events.filter(kind=SecurityEvent.Kind.DATA_COPIED_BY_STAFF).exists()


def test_a_letter_can_be_printed_for_the_post(desk):
    case = a_request(Kind.ACCESS, postal_address="1 High Street\nHitchin")
    do(desk, case, "message", words="Good morning.")
    page = desk.get(f"{DESK}{case.pk}/letters/{case.messages.get().pk}/").text
    assert "1 High Street<br>Hitchin" in page and "Good morning." in page
    assert desk.get(f"{DESK}{a_request().pk}/letters/{case.messages.get().pk}/").status_code == 404


def test_files_that_staff_add_go_with_the_answer_and_none_that_could_be_run(desk):
    case = a_request(Kind.ACCESS, name="Pat")
    answer = {"outcome": "granted", "searched": "Paper.", "health": "known"}
    program = SimpleUploadedFile("report.pdf", b"MZ" + bytes(200))
    assert "is not of a kind that we take" in text_of(decide(desk, case, **answer, attached=program))
    assert state_of(case) == (State.RECEIVED, "")
    two = [SimpleUploadedFile("a.txt", b"All of it."), SimpleUploadedFile("b.pdf", b"%PDF-1.7 all")]
    decide(desk, case, **answer, attached=two)
    assert [file.name for file in case.messages.last().files.all()] == ["a.txt", "b.pdf"]
    assert state_of(case) == (State.DECIDED, Outcome.GRANTED)


def test_an_objection_that_came_by_letter_stops_news_and_offers(desk, ann):
    agree(ann, Purpose.MARKETING_BY_EMAIL, wording_of(Purpose.MARKETING_BY_EMAIL).version, Where.PREFERENCES)
    case = a_request(Kind.OBJECTION, channel="letter", postal_address="1 High Street")
    nobody = decide(desk, case, outcome="granted", stop_marketing="on")
    assert "Name the account" in text_of(nobody)
    decide(desk, case, outcome="granted", stop_marketing="on", account=ann.email)
    assert not ConsentRecord.objects.in_force().filter(person=ann).exists()
    assert "We send no more news or offers" in answer_to(case)
