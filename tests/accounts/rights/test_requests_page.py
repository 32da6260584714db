"""The page of a request: how it stands, messages and files both ways, answering, withdrawing, opening again."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.flows.closing import ask_to_close
from accounts.personal_data.erasing import erase
from accounts.personal_data.register import subject_of
from accounts.rights.models import DueMail, File, Message, Outcome, RightsRequest, State
from accounts.rights.moves import By, ask_clarification, ask_identity, decide, extend, write_down
from accounts.rights.person import writing
from tests.making.people import a_person, an_editor, mails_to, sign_in, text_of
from tests.making.rights import (
    a_file,
    a_request,
    archive_of,
    confirmed_stranger,
    post_goes_out,
    rights_link_in,
    staff_member,
)
from tests.making.rights_desk import of_data_protection

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return staff_member()


@pytest.fixture
def case(ann):
    return a_request(person=ann, channel="account", details="All of it")


def page_of(case, *more):
    return "/".join((f"/account/requests/{case.reference}", *more, ""))


def send(client, case, words="Here it is", **fields):
    return client.post(page_of(case, "write"), {"words": words, "once": uuid4(), **fields}, follow=True)


def test_the_page_says_how_it_stands_and_how_that_was_worked_out(signed_in, ann, desk, today):
    today(dt.date(2026, 6, 3))
    case = a_request(person=ann, channel="form")
    assert "(first date) is due on 3 July 2026: 30 days left" in text_of(signed_in.get(page_of(case)))
    extend(case, desk, "Many papers")
    shown = text_of(signed_in.get(page_of(case)))
    assert "(extended date) is due on 3 September 2026: 92 days left" in shown and "Many papers" in shown
    ask_clarification(case, desk, "Which year?")
    assert "Paused since 3 June 2026: we asked you a question. When you answer" in text_of(signed_in.get(page_of(case)))
    today(dt.date(2026, 9, 10))
    late = a_request(person=ann, channel="form", received_on=dt.date(2026, 6, 3))
    shown = text_of(signed_in.get(page_of(late)))
    assert "Late: our answer (first date) was due on 3 July 2026, 69 days ago. We are sorry." in shown
    assert "How this was worked out" in shown and "Article 12A" in shown


def test_the_due_date_goes_into_a_calendar_while_there_is_one(signed_in, case, desk):
    answer = signed_in.get(page_of(case) + "due.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;VALUE=DATE:{case.due_on:%Y%m%d}".encode() in answer.content
    ask_clarification(case, desk, "Which?")
    assert signed_in.get(page_of(case) + "due.ics").status_code == 404


def test_an_answer_ends_the_pause_by_itself_and_a_mere_message_does_not(signed_in, case, desk):
    told = of_data_protection()
    ask_clarification(case, desk, "Which year?")
    said = text_of(send(signed_in, case, "I am still looking", **{"as": "message"}))
    assert "Your message is sent" in said and "It is your turn" in said
    said = text_of(send(signed_in, case, "The last one", **{"as": "answer"}))
    case.refresh_from_db()
    assert "Your answer is here. The time runs on." in said
    assert (case.state, case.pauses.get().answered_on) == (State.WORKING, case.received_on)
    assert DueMail.objects.filter(side="staff", kind="person_wrote", to=told).count() == 2


def test_a_stranger_shows_who_they_are_and_the_month_begins(client, desk):
    page = confirmed_stranger(client)
    case = RightsRequest.objects.get()
    ask_identity(case, desk, "A copy of a letter to you")
    assert "It is your turn: show us who you are." in text_of(client.get(page))
    client.post(f"{page}write/", {"words": "", "attachments": [a_file()], "as": "answer", "once": uuid4()})
    case.refresh_from_db()
    assert (case.state, case.identity_on) == (State.WORKING, case.received_on)
    assert Message.objects.last().files.get().name == "paper.pdf"


def test_what_is_written_while_staff_decide_is_kept(case, desk, ann):
    ask_clarification(case, desk, "Which?")
    hers = RightsRequest.objects.get()
    decide(case, desk, Outcome.GRANTED)
    assert writing.write(hers, By.person(ann), "The last one")
    assert not writing.answer(hers, By.person(ann))
    case.refresh_from_db()
    assert (case.state, Message.objects.get().words) == (State.DECIDED, "The last one")


def test_a_message_sent_twice_is_there_once(signed_in, case):
    same = {"words": "Hello", "once": uuid4()}
    for _ in range(2):
        answer = signed_in.post(page_of(case, "write"), same, follow=True)
    assert "Your message was sent already" in text_of(answer)
    assert Message.objects.count() == 1
    assert "Write something, or choose a file." in text_of(send(signed_in, case, " "))


def test_withdrawing_asks_first_and_it_can_be_opened_again(signed_in, case):
    assert "You can open it again" in text_of(signed_in.get(page_of(case, "withdraw")))
    assert RightsRequest.objects.get().state == State.RECEIVED
    gone = signed_in.post(page_of(case, "withdraw"), {"words": "Settled"}, follow=True)
    assert "Your request is withdrawn" in text_of(gone) and "Settled" in text_of(gone)
    again = signed_in.post(page_of(case, "withdraw"), follow=True)
    assert (again.status_code, "Nobody can withdraw it now" in text_of(again)) == (409, True)
    back = signed_in.post(page_of(case, "reopen"), follow=True)
    assert "Your request is open again." in text_of(back)
    assert RightsRequest.objects.get().state == State.RECEIVED


def test_what_staff_looked_at_is_shown_and_their_notes_are_not(signed_in, case, desk):
    assert "No member of our staff has opened it yet." in text_of(signed_in.get(page_of(case)))
    write_down(case, desk, "opened_by_staff")
    write_down(case, desk, "note", "Ask the lawyer", internal=True)
    shown = text_of(signed_in.get(page_of(case)))
    assert "A member of our staff opened the case" in shown
    assert "lawyer" not in shown and "desk@example.org" not in shown


FILES = {
    "paper.pdf": (b"%PDF-1.7 a paper", "paper.pdf"),
    "photo.pdf": (b"\xff\xd8\xff\xe0 a picture", "photo.pdf.jpg"),
    "C:\\temp\\note": ("Grüße\n".encode(), "note.txt"),
    "scan.jpeg": (b"\xff\xd8\xff\xe0 another", "scan.jpeg"),
    "letter.docx": (archive_of("[Content_Types].xml", "word/document.xml"), "letter.docx"),
    "evil\u202efdp.exe": (b"%PDF-1.7 another", "evilfdp.exe.pdf"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_what_is_in_it_and_is_only_given_out_as_a_download(signed_in, case, name):
    content, called = FILES[name]
    send(signed_in, case, attachments=[a_file(content, name)])
    kept = File.objects.get()
    assert kept.name == called
    answer = signed_in.get(page_of(case, "files", str(kept.pk)))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


NOT_TAKEN = {
    "executable.pdf": b"MZ\x90\x00\x03 a program",
    "elf.png": b"\x7fELF a program",
    "script.txt": b"#!/bin/sh\nrm -rf /\n",
    "macros.docx": archive_of("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "things.zip": archive_of("a.txt"),
    "broken.docx": b"PK\x03\x04 broken",
    "latin.txt": b"caf\xe9",
    "empty.pdf": b"",
}


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_is_of_no_kind_that_we_take_is_refused_and_the_words_stay(signed_in, case, name):
    answer = send(signed_in, case, "My words", attachments=[a_file(), a_file(NOT_TAKEN[name], name)])
    assert answer.status_code == 422
    assert f"“{name}” is" in text_of(answer) and "My words" in answer.content.decode()
    assert not File.objects.exists() and not Message.objects.exists()


def test_files_of_30_mb_and_200_files_are_refused_in_words_and_nothing_is_kept(signed_in, case):
    large = SimpleUploadedFile("film.pdf", b"%PDF-" + b"x" * (30 * 1024 * 1024))
    answer = send(signed_in, case, "My words", attachments=[large])
    assert (answer.status_code, "“film.pdf” has 30 MB" in text_of(answer)) == (422, True)
    many = [a_file(b"%%PDF-%d" % number, f"{number}.pdf") for number in range(200)]
    answer = send(signed_in, case, "My words", attachments=many)
    assert (answer.status_code, "You chose 200 files" in text_of(answer)) == (422, True)
    assert not File.objects.exists()
    for start_at in range(0, 30, 10):
        send(signed_in, case, attachments=[a_file(b"%%PDF-%d" % number) for number in range(start_at, start_at + 10)])
    answer = send(signed_in, case, attachments=[a_file(b"%PDF-31")])
    assert (answer.status_code, "up to 30 files" in text_of(answer)) == (422, True)
    assert (File.objects.count(), Message.objects.count()) == (30, 3)


def test_a_file_of_another_request_is_not_found(signed_in, case, ann):
    other = a_request(person=a_person("bob@example.org"))
    client = Client()
    sign_in(client, "bob@example.org")
    client.post(page_of(other, "write"), {"attachments": [a_file()], "once": uuid4()})
    assert signed_in.get(page_of(case, "files", str(File.objects.get().pk))).status_code == 404
    kept = File.objects.get().file
    kept.storage.delete(kept.name)
    assert client.get(page_of(other, "files", str(File.objects.get().pk))).status_code == 404


def test_a_request_outlives_its_account_with_the_address_to_answer_it(client, ann, desk):
    an_editor()
    case = a_request(person=ann, channel="account", details="Who has my address?")
    ended = a_request(person=ann, channel="account", state="withdrawn", closed_on=dt.date(2026, 1, 1))
    erase(subject_of(ann))
    case.refresh_from_db()
    ended.refresh_from_db()
    assert (case.person, case.address, case.state) == (None, "ann@example.org", State.RECEIVED)
    assert (ended.person, ended.address) == (None, "")
    extend(case, desk, "Complex")
    decide(case, desk, Outcome.GRANTED)
    DueMail.objects.create(request=case, side="person", kind="news")
    post_goes_out()
    link = rights_link_in(mails_to("ann@example.org")[-1])
    assert "Who has my address?" in text_of(client.get(link))


def test_while_an_account_is_being_closed_its_requests_are_followed_by_a_link(client, ann, case):
    ask_to_close(ann)
    DueMail.objects.create(request=case, side="person", kind="news")
    post_goes_out()
    link = rights_link_in(mails_to("ann@example.org")[-1])
    assert link.startswith("/data-rights/follow/")
    assert "All of it" in text_of(client.get(link))
