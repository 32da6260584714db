"""The desk in the CMS: who may open it, the queue, the case, and what staff do with it step by step."""

import datetime as dt
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from accounts.rights.mails.sending import send_waiting
from accounts.rights.models import Channel, DueMail, Kind, RightsRequest, State, Story, What
from accounts.values.wording import day_in_words
from tests.making.people import a_person, mails_to, text_of
from tests.making.rights import a_file, a_request
from tests.making.rights_desk import DESK, decide, do, of_data_protection, read_by, what_happened
from tests.making.staff import a_helper

pytestmark = pytest.mark.django_db

FEE = {"ground": "copies", "amount": "1012.5", "worked_out": "90 copies, and a day", "how_to_pay": "By transfer"}


@pytest.fixture
def desk(client, verified):
    """A browser of the role “Data protection”."""
    return verified(client, of_data_protection())


def letter(case: RightsRequest) -> str:
    return " ".join(case.messages.last().words.split())


def test_only_who_may_handle_requests_finds_the_desk(client, verified, desk):
    case = a_request()
    assert "Data protection" in desk.get("/cms/").text
    assert desk.get(f"{DESK}{case.pk}/").status_code == 200
    other = verified(type(client)(), a_helper("change_user"))
    assert "data-protection" not in other.get("/cms/").text
    for address in ("", f"{case.pk}/", f"{case.pk}/decide/", f"{case.pk}/export/", f"{case.pk}/close/", "new/"):
        assert other.get(DESK + address).status_code == 302, address
    assert Story.objects.filter(what=What.OPENED_BY_STAFF).count() == 1


def test_the_queue_has_the_late_first_and_what_has_ended_last(desk):
    day = timezone.localdate()
    ended = a_request(name="Ended", state=State.CLOSED, closed_on=day, received_on=day - dt.timedelta(days=90))
    fresh, late = a_request(name="Fresh"), a_request(name="Late", received_on=day - dt.timedelta(days=60))
    theirs = a_request(name="Theirs", state=State.WAITING_IDENTITY, identity_asked_on=day)
    a_request(name="Unconfirmed", state=State.UNCONFIRMED)
    page = desk.get(DESK).text
    places = [page.index(case.reference) for case in (late, fresh, theirs, ended)]
    assert places == sorted(places)
    assert page.count('<strong class="w-text-text-error">') == page.count("late by") == 1
    assert "Paused: it is the person&#x27;s turn" in page
    assert "Unconfirmed" not in page
    for standing, seen in (("late", {late}), ("theirs", {theirs}), ("ours", {fresh, late}), ("ended", {ended})):
        found = desk.get(f"{DESK}?standing={standing}").text
        assert {case for case in (late, fresh, theirs, ended) if case.reference in found} == seen


def test_opening_a_case_is_told_to_the_person_once_for_each_visit(desk):
    case = a_request(person=a_person())
    for _ in range(3):
        desk.get(f"{DESK}{case.pk}/")
    line = Story.objects.get(request=case, what=What.OPENED_BY_STAFF)
    assert not line.internal
    desk.get(f"{DESK}{a_request(state=State.UNCONFIRMED).pk}/")
    assert Story.objects.filter(what=What.OPENED_BY_STAFF).count() == 1


def test_an_access_request_with_identity_clarification_and_an_extension(desk):
    case = a_request(Kind.ACCESS)
    do(desk, case, "start")
    page = text_of(do(desk, case, "identity", words="Send us a bill with your name."))
    assert "They are asked, and the month begins when it comes." in page
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.WAITING_IDENTITY, None)
    assert "Send us a bill with your name." in letter(case)
    assert "The month in which we must answer begins on the day on which we have it" in letter(case)
    do(desk, case, "identity-came", on=timezone.localdate().isoformat())
    do(desk, case, "clarify", words="Which years?")
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.WAITING_CLARIFICATION, None)
    assert "do not count towards the time" in letter(case)
    do(desk, case, "clarified", on=timezone.localdate().isoformat())
    case.refresh_from_db()
    first = case.due_on
    shown = text_of(desk.get(f"{DESK}{case.pk}/extend/"))
    do(desk, case, "extend", words="There are four requests.")
    case.refresh_from_db()
    assert case.due_on > first
    assert f"We answer by {day_in_words(case.due_on)} at the latest" in shown
    assert f"We answer by {day_in_words(case.due_on)} at the latest" in letter(case)
    assert "There are four requests." in letter(case)
    assert "1. Us:" in letter(case) and "2. The regulator:" in letter(case) and "3. A court:" in letter(case)
    kinds = list(DueMail.objects.filter(request=case, side="person").values_list("kind", flat=True))
    assert kinds == ["question", "question", "news"]


def test_what_has_no_basis_is_not_offered_and_not_done(desk):
    case = a_request(Kind.ERASURE)
    page = desk.get(f"{DESK}{case.pk}/").text
    assert "Ask what is meant" not in page
    assert "cannot be done with this case" in desk.get(f"{DESK}{case.pk}/clarify/").text
    do(desk, case, "clarify", words="Which?")
    case.refresh_from_db()
    assert (case.state, case.messages.count()) == (State.RECEIVED, 0)
    assert desk.get(f"{DESK}{case.pk}/nonsense/").status_code == 404


def test_of_two_at_once_the_second_is_told_what_changed_and_loses_no_word(desk):
    case = a_request(Kind.CORRECTION)
    as_read = read_by(case)
    do(desk, case, "fee", **FEE)
    answer = desk.post(f"{DESK}{case.pk}/extend/", as_read | {"words": "It is complex, I think."})
    page = text_of(answer)
    assert "The case has changed since you opened this page" in page and "We asked for a fee" in page
    assert "It is complex, I think." in answer.text
    case.refresh_from_db()
    assert case.extended_on is None
    desk.post(f"{DESK}{case.pk}/extend/", read_by(case) | {"words": "It is complex, I think."})
    case.refresh_from_db()
    assert case.extended_on == timezone.localdate()


def test_a_fee_is_asked_for_on_a_ground_with_its_amount_and_how_it_was_worked_out(desk):
    case = a_request(Kind.ACCESS)
    for missing in FEE:
        page = text_of(do(desk, case, "fee", **(FEE | {missing: ""})))
        assert "This field is required." in page, missing
    assert "greater than or equal to 0.01" in text_of(do(desk, case, "fee", **(FEE | {"amount": "0"})))
    assert "Select a valid choice" in text_of(do(desk, case, "fee", **(FEE | {"ground": "we are busy"})))
    case.refresh_from_db()
    assert (case.state, case.messages.count()) == (State.RECEIVED, 0)
    do(desk, case, "fee", **FEE)
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.WAITING_FEE, None)
    for words in (
        "You ask for further copies (UK GDPR, Article 15(3)). The fee is £1,012.50.",
        "How it was worked out: 90 copies, and a day",
        "How to pay: By transfer",
        "1. Us:", "2. The regulator:", "3. A court:",
    ):  # fmt: skip
        assert words in letter(case)


def test_a_message_goes_with_its_files_and_none_that_could_be_run(desk):
    case = a_request(Kind.ACCESS)
    program = SimpleUploadedFile("form.pdf", b"MZ" + bytes(200))
    refused = do(desk, case, "message", words="Please sign this.", attached=program)
    assert "is not of a kind that we take" in text_of(refused) and "Please sign this." in refused.text
    assert not case.messages.exists()
    do(desk, case, "message", words="Please sign this.", attached=a_file(name="form.pdf"))
    assert [file.name for file in case.messages.get().files.all()] == ["form.pdf"]
    assert "file_added" in what_happened(case)
    assert "form.pdf" in text_of(desk.get(f"{DESK}{case.pk}/"))


def test_a_complaint_is_acknowledged_and_told_how_it_stands(desk):
    case = a_request(Kind.COMPLAINT, received_on=timezone.localdate() - dt.timedelta(days=3))
    do(desk, case, "acknowledge")
    assert "tell you at least every 30 days how it stands" in letter(case)
    do(desk, case, "progress", words="We asked the clinic.")
    case.refresh_from_db()
    assert "We asked the clinic." in letter(case)
    assert case.due_on == timezone.localdate() + dt.timedelta(days=30)
    page = desk.get(f"{DESK}{case.pk}/").text
    assert "Take two months more" not in page and "Ask for a fee" not in page


def test_what_is_decided_needs_no_acknowledgement_any_more(desk):
    case = a_request(Kind.COMPLAINT)
    assert "Acknowledge receipt" in desk.get(f"{DESK}{case.pk}/").text
    decide(desk, case, outcome="granted", words="You are right.")
    assert "Acknowledge receipt" not in desk.get(f"{DESK}{case.pk}/").text


def test_what_came_otherwise_is_written_down_with_its_true_day_and_never_a_future_one(desk):
    day = timezone.localdate()
    form = {"kind": "access", "channel": Channel.LETTER, "name": "Pat Plum", "postal_address": "1 High Street",
            "details": "All you have.", "received_on": day + dt.timedelta(days=1)}  # fmt: skip
    assert "That day is still to come" in desk.post(f"{DESK}new/", form).text
    assert not RightsRequest.objects.exists()
    nowhere = desk.post(f"{DESK}new/", form | {"received_on": day, "postal_address": ""})
    assert "Say where we can answer" in nowhere.text
    late = form | {"received_on": day - dt.timedelta(days=50), "once": str(uuid4())}
    page = desk.post(f"{DESK}new/", late, follow=True)
    desk.post(f"{DESK}new/", late)
    case = RightsRequest.objects.get()
    assert (case.state, case.received_on, case.entered_by.first_name) == (
        State.RECEIVED,
        day - dt.timedelta(days=50),
        "Data Protection",
    )
    assert "late by" in text_of(page) and "Written down by our staff" in text_of(page)
    assert case.due_on < day


def test_the_acknowledgement_of_what_is_late_promises_no_day_that_has_passed(desk):
    form = {"kind": "access", "channel": Channel.EMAIL, "name": "Pat Plum", "address": "pat@example.org",
            "details": "All you have.", "received_on": timezone.localdate() - dt.timedelta(days=50)}  # fmt: skip
    desk.post(f"{DESK}new/", form)
    case = RightsRequest.objects.get()
    assert f"has passed: {day_in_words(case.due_on)}. We are sorry" in letter(case)
    assert "at the latest" not in letter(case)


def test_a_letter_of_somebody_who_acts_for_another_is_kept_with_its_scan_and_their_authority(desk):
    form = {"kind": "access", "channel": Channel.LETTER, "name": "Pat Plum", "postal_address": "1 High Street",
            "details": "All you have.", "received_on": timezone.localdate(), "acting_for": "May Plum"}  # fmt: skip
    assert "Say what shows that they may ask for them" in text_of(desk.post(f"{DESK}new/", form))
    program = form | {
        "authority": "Power of attorney",
        "attachments": SimpleUploadedFile("scan.pdf", b"MZ" + bytes(99)),
    }
    assert "is not of a kind that we take" in text_of(desk.post(f"{DESK}new/", program))
    assert not RightsRequest.objects.exists()
    page = desk.post(f"{DESK}new/", program | {"attachments": [a_file(name="scan.pdf")]}, follow=True)
    assert "Power of attorney" in text_of(page) and "scan.pdf" in text_of(page)
    assert RightsRequest.objects.get().files.get().side == "staff"
    decide_page = text_of(desk.get(f"{DESK}{RightsRequest.objects.get().pk}/decide/"))
    assert "Pat Plum for May Plum" in decide_page and "Authority: Power of attorney" in decide_page


def test_what_staff_write_down_with_another_address_of_an_account_is_told_to_the_account(desk):
    ann = a_person("ann@example.org")
    EmailAddress.objects.create(user=ann, email="ann@work.example", verified=True)
    form = {"kind": "erasure", "channel": Channel.TELEPHONE, "name": "Ann", "details": "All of it.",
            "received_on": timezone.localdate()}  # fmt: skip
    for address, told in (("ann@example.org", 0), ("nobody@example.org", 0), ("Ann@work.example", 1)):
        desk.post(f"{DESK}new/", form | {"address": address, "once": str(uuid4())})
        assert DueMail.objects.filter(kind="somebody_asked", to=ann).count() == told
    send_waiting()
    (mail,) = [one for one in mails_to("ann@example.org") if one.subject.startswith("A request was made")]
    assert "our staff wrote it down" in " ".join(mail.body.split()) and "/data-rights/follow/" not in mail.body


def test_a_case_is_given_noted_escalated_closed_and_opened_again(desk):
    case = a_request(Kind.OBJECTION)
    staff = User.objects.get(email="data.protection@example.org")
    assert "Data Protection" in text_of(do(desk, case, "assign", to=staff.pk))
    do(desk, case, "note", words="Between us.")
    future = timezone.localdate() + dt.timedelta(days=1)
    assert "still to come" in do(desk, case, "escalated", on=future).text
    do(desk, case, "escalated", on=timezone.localdate(), words="Their reference is 7.")
    do(desk, case, "withdraw")
    do(desk, case, "reopen")
    case.refresh_from_db()
    assert (case.state, case.assigned_to, case.escalated_on) == (State.RECEIVED, staff, timezone.localdate())
    happened = what_happened(case)
    assert [what for what in happened if what != "opened_by_staff"] == [
        "assigned", "note", "escalated", "withdrawn", "reopened"
    ]  # fmt: skip
    hidden = Story.objects.filter(request=case, internal=True).values_list("what", flat=True)
    assert set(hidden) == {"assigned", "note"}
