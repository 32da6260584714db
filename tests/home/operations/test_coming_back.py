"""A letter to one person comes back days later: the report finds its row, and staff and person see it."""

import pytest
from django.core import mail

from accounts.models import DeadAddress
from accounts.rights.mails.writing import tell_person
from accounts.rights.models import DueMail, MailKind, What
from accounts.values.organisation import organisation
from home.contact.mails import send_waiting
from home.contact.models import Enquiry, EnquiryStep
from policies.notices.bounces.looking import look_for_reports
from tests.making.contact import an_enquiry, an_organisation
from tests.making.people import a_person, text_of
from tests.making.rights import a_request, post_goes_out
from tests.making.staff import a_member_of_staff
from tests.policies.notices.bounces.maildir import Maildir

pytestmark = pytest.mark.django_db


@pytest.fixture
def maildir(tmp_path, settings) -> Maildir:
    settings.NOTICES_BOUNCE_ADDRESS = "bounces@example.org"
    settings.NOTICES_BOUNCE_MAILBOX = f"maildir://{tmp_path / 'bounces'}"
    return Maildir(tmp_path / "bounces")


def report(message, *, to: str = "", message_id: str = "", status: str = "5.1.1", address: str = "") -> bytes:
    """What a mail system sends back: to the envelope's sender, with the headers of the mail."""
    returned = message_id or message.message()["Message-ID"]
    text = f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: {to or message.from_email}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

This is the mail system at host mx.example.org.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {address or message.to[0]}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 {status} it is so
--b
Content-Type: message/rfc822

Message-ID: {returned}
Subject: x

Hello
--b--
"""
    return text.replace("\n", "\r\n").encode()


def sent_about(case):
    tell_person(case, MailKind.NEWS)
    post_goes_out()
    return mail.outbox[-1]


def test_people_see_the_sites_own_address_and_reports_go_to_the_mailbox_for_them(maildir):
    sent = sent_about(a_request())
    assert sent.from_email.startswith("bounces+r") and sent.from_email.endswith("@example.org")
    assert "bounces" not in sent.message()["From"] and "@" in sent.message()["From"]


def test_without_such_a_mailbox_it_is_sent_as_any_other(settings):
    settings.NOTICES_BOUNCE_ADDRESS = ""
    sent = sent_about(a_request())
    assert sent.from_email == organisation().from_line == sent.message()["From"]


@pytest.mark.parametrize("known_by", ["the address", "the Message-ID"])
def test_a_mail_about_a_request_that_comes_back_is_written_down_once(maildir, known_by):
    case = a_request()
    sent = sent_about(case)
    other = {"message_id": "<x@example.org>"} if known_by == "the address" else {"to": "office@example.org"}
    for _ in range(2):
        maildir.drop(report(sent, **other))
    assert look_for_reports() == 1
    case.refresh_from_db()
    assert case.mail_problem == "Our e-mail to this address came back"
    assert case.story.filter(what=What.MAIL_CAME_BACK).count() == 1
    assert maildir.flags() == ["S", "S"]


@pytest.mark.parametrize(("status", "dead"), [("5.1.1", True), ("5.2.2", False)])
def test_an_account_is_asked_for_another_address_only_where_its_own_is_gone(maildir, status, dead):
    ann = a_person("ann@example.org")
    maildir.drop(report(sent_about(a_request(person=ann)), status=status))
    assert look_for_reports() == 1
    assert DeadAddress.objects.filter(address__user=ann).exists() == dead


def test_nobody_can_forge_that_a_mail_came_back(maildir):
    case = a_request()
    sent = sent_about(case)
    forged = f"bounces+r{DueMail.objects.get().pk}.{'0' * 20}@example.org"
    maildir.drop(report(sent, to=forged, message_id=f"<mail-{forged}>"))
    assert look_for_reports() == 0
    case.refresh_from_db()
    assert case.mail_problem == "" and maildir.flags() == ["FS"]


def test_an_answer_to_an_enquiry_that_comes_back_waits_again_and_staff_are_told(maildir, client, verified):
    an_organisation()
    enquiry = an_enquiry(client)
    staff = a_member_of_staff("superuser")
    step = enquiry.steps.create(what="reply", words="Yes.", mail="due", due_at=enquiry.received_at, by=staff)
    send_waiting()
    Enquiry.objects.update(state="answered")
    answer = next(one for one in mail.outbox if "Yes." in one.body)
    maildir.drop(report(answer))
    assert look_for_reports() == 1
    step.refresh_from_db()
    assert step.mail == EnquiryStep.Mail.CAME_BACK and Enquiry.objects.get().state == "new"
    page = text_of(verified(client, staff).get(f"/cms/enquiries/inspect/{enquiry.pk}/"))
    assert "came back as undeliverable: they have not read it" in page
