"""Mails about requests: both sides are reminded, once each; none is lost, and staff see which do not arrive."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command

from accounts.models import DeadAddress
from accounts.rights.mails.coming_back import on_tracking_event
from accounts.rights.mails.reminding import remind
from accounts.rights.mails.sending import GIVE_UP_AFTER
from accounts.rights.mails.writing import tell_person
from accounts.rights.models import DueMail, Kind, MailKind, Outcome, RightsRequest, What
from accounts.rights.moves import acknowledge, ask_clarification, ask_fee, ask_identity, assign, clarify, close, decide
from tests.making.mail_trouble import back
from tests.making.people import mails_to, text_of
from tests.making.rights import a_request, post_goes_out, staff_member
from tests.making.rights_desk import of_data_protection

pytestmark = pytest.mark.django_db


def subjects(address):
    return [one.subject for one in mails_to(address)]


def test_both_sides_are_reminded_at_14_7_and_2_days_and_when_it_is_late_each_once(freezer):
    desk = of_data_protection()
    freezer.move_to(dt.datetime(2026, 6, 3, 12, tzinfo=dt.UTC))
    case = a_request()
    for day in (3, 18, 19, 20, 26, 27):
        freezer.move_to(dt.datetime(2026, 6, day, 12, tzinfo=dt.UTC))
        remind()
        remind()
        post_goes_out()
    for day in (1, 3, 4, 5):
        freezer.move_to(dt.datetime(2026, 7, day, 12, tzinfo=dt.UTC))
        remind()
        post_goes_out()
    ref = case.reference
    assert subjects("olive@example.org") == [
        f"Your request {ref}: 14 days left",
        f"Your request {ref}: 7 days left",
        f"Your request {ref}: 2 days left",
        f"We are late with your request {ref}",
    ]
    assert subjects(desk.email) == [
        f"{ref}: 14 days left",
        f"{ref}: 7 days left",
        f"{ref}: 2 days left",
        f"Late: {ref}",
    ]
    assert [line.words for line in case.story.filter(what__in=[What.REMINDED, What.LATE])] == [
        "14 days left, until 3 July 2026",
        "7 days left, until 3 July 2026",
        "2 days left, until 3 July 2026",
        "It was due on 3 July 2026",
    ]


def test_whoever_was_away_is_reminded_once_and_of_no_date_while_it_is_paused_or_over(freezer):
    freezer.move_to(dt.datetime(2026, 6, 3, 12, tzinfo=dt.UTC))
    staff = staff_member()
    case, paused, over = a_request(), a_request(), a_request()
    ask_clarification(paused, staff, "Which?")
    decide(over, staff, Outcome.GRANTED)
    close(over, staff)
    freezer.move_to(dt.datetime(2026, 7, 2, 12, tzinfo=dt.UTC))
    assert remind() == {"reminded": 2}
    assert set(DueMail.objects.values_list("request", "kind")) == {(case.pk, "due_in_2"), (paused.pk, "asked_again")}


@pytest.mark.parametrize("what", ["clarification", "identity", "fee"])
def test_whoever_does_not_answer_is_reminded_after_two_weeks_and_staff_after_a_month_each_once(freezer, what):
    desk = of_data_protection()
    freezer.move_to(dt.datetime(2026, 6, 3, 12, tzinfo=dt.UTC))
    case, staff = a_request(), staff_member()
    {"clarification": ask_clarification, "identity": ask_identity, "fee": ask_fee}[what](case, staff, "Which?")
    for month, day in ((6, 16), (6, 17), (6, 18), (7, 2), (7, 3), (7, 4), (7, 20)):
        freezer.move_to(dt.datetime(2026, month, day, 12, tzinfo=dt.UTC))
        before = len(mail.outbox)
        remind()
        post_goes_out()
        assert len(mail.outbox) - before == ((month, day) in {(6, 17), (7, 3)}), (month, day)
    assert subjects("olive@example.org") == [f"We still wait for your answer: {case.reference}"]
    assert subjects(desk.email) == [f"Not answered for a month: {case.reference}"]
    (line,) = case.story.filter(what=What.ASKED_AGAIN)
    assert line.words == "We asked on 3 June 2026" and not line.internal


def test_whoever_answered_is_not_reminded_and_a_second_question_has_a_reminder_of_its_own(freezer):
    freezer.move_to(dt.datetime(2026, 6, 3, 12, tzinfo=dt.UTC))
    case, staff = a_request(), staff_member()
    for month, day in ((6, 3), (6, 20)):
        freezer.move_to(dt.datetime(2026, month, day, 12, tzinfo=dt.UTC))
        ask_clarification(case, staff, "Which?")
        freezer.tick(dt.timedelta(days=14))
        remind()
        clarify(case, staff)
        remind()
    assert list(case.mails.filter(kind="asked_again").values_list("about", flat=True)) == [
        dt.date(2026, 6, 3), dt.date(2026, 6, 20)
    ]  # fmt: skip


def test_progress_of_a_complaint_is_reminded_of_by_its_own_date(freezer):
    freezer.move_to(dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC))
    complaint = a_request(Kind.COMPLAINT)
    acknowledge(complaint, staff_member())
    freezer.move_to(dt.datetime(2026, 7, 17, 12, tzinfo=dt.UTC))
    remind()
    assert set(complaint.mails.values_list("kind", "about")) == {("due_in_14", dt.date(2026, 7, 31))}


def test_whoever_has_the_case_is_told_and_otherwise_all_who_answer_requests(freezer):
    desk = of_data_protection()
    case = a_request(received_on=dt.date(2026, 1, 1), opened_on=dt.date(2026, 1, 1))
    remind()
    assert DueMail.objects.get(side="staff").to == desk
    DueMail.objects.all().delete()
    nobody = staff_member("nobody@example.org")  # may not answer requests
    assign(case, nobody, nobody.user)
    remind()
    assert DueMail.objects.get(side="staff").to == desk


def test_a_mail_server_that_is_gone_loses_nothing(settings, freezer):
    case = a_request()
    settings.EMAIL_BACKEND = "tests.making.mail_trouble.Unreachable"
    tell_person(case, MailKind.NEWS)
    assert post_goes_out() == {"failed": 1}
    assert post_goes_out() == {}
    row = DueMail.objects.get()
    assert (row.settled_at, row.problem) == (None, "ConnectionRefusedError")
    back(settings)
    freezer.tick(dt.timedelta(minutes=5))
    call_command("housekeeping", verbosity=0)
    (sent,) = mails_to("olive@example.org")
    assert sent.subject == f"News about your request {case.reference}"
    case.refresh_from_db()
    assert case.mail_problem == ""


def test_it_is_given_up_after_a_week_and_staff_see_that(settings, freezer):
    case = a_request()
    tell_person(case, MailKind.NEWS)
    settings.EMAIL_BACKEND = "tests.making.mail_trouble.Unreachable"
    freezer.tick(GIVE_UP_AFTER + dt.timedelta(minutes=1))
    assert post_goes_out() == {"given up": 1}
    case.refresh_from_db()
    assert case.mail_problem == "ConnectionRefusedError"


def test_a_mailbox_that_refuses_is_not_tried_again_and_both_sides_see_it(client, settings, signed_in, ann):
    case = a_request(person=ann)
    settings.EMAIL_BACKEND = "tests.making.mail_trouble.Refusing"
    tell_person(case, MailKind.NEWS)
    assert post_goes_out() == {"refused": 1}
    case.refresh_from_db()
    assert case.mail_problem == "The mail server does not take the address"
    assert [line.what for line in case.story.all()] == ["mail_came_back"]
    assert "Our e-mail does not reach you" in text_of(signed_in.get(f"/account/requests/{case.reference}/"))
    back(settings)
    tell_person(case, MailKind.NEWS)
    post_goes_out()
    case.refresh_from_db()
    assert case.mail_problem == ""


def test_nothing_is_sent_to_an_address_from_which_mail_came_back(ann):
    case = a_request(person=ann)
    DeadAddress.objects.create(address=EmailAddress.objects.get(user=ann))
    tell_person(case, MailKind.NEWS)
    assert post_goes_out() == {"refused": 1}
    assert RightsRequest.objects.get().mail_problem == "Our e-mail to this address came back"
    assert not mail.outbox


def test_a_mail_service_reports_what_came_back():
    case = a_request()
    tell_person(case, MailKind.NEWS)
    post_goes_out()
    assert mail.outbox[0].metadata == {"rights_mail": str(DueMail.objects.get().pk)}

    class Event:
        event_type = "bounced"
        metadata = mail.outbox[0].metadata

    on_tracking_event(None, Event())
    case.refresh_from_db()
    assert case.mail_problem == "Our e-mail to this address came back"


def test_mails_say_that_there_is_news_and_not_what(ann):
    case = a_request(Kind.ERASURE, details="My diagnosis", person=ann)
    for kind in MailKind:
        tell_person(case, kind)
    post_goes_out()
    sent = mails_to(ann.email)
    assert len(sent) == len(MailKind) - 3  # those to staff
    for one in sent:
        assert "diagnosis" not in one.body and "ras" not in one.subject
