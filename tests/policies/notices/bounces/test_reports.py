"""What mail systems write when a mail could not be delivered is understood, and what they write otherwise is not taken
for it."""

import pytest

from accounts.models import DeadAddress
from policies.notices.bounces.looking import look_for_reports
from policies.notices.models.notices import Delivery, DeliveryState, Reason
from tests.making.notices import fresh
from tests.policies.notices.bounces import mails

FULL = "Status: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full"


@pytest.mark.parametrize(
    "write",
    [mails.postfix, mails.exim, mails.old_exim, mails.exchange, mails.gmail, mails.qmail, mails.international],
    ids=lambda write: write.__name__,
)
def test_a_report_that_nobody_is_there(maildir, delivery, write):
    maildir.drop(write(delivery))
    assert look_for_reports() == 1
    delivery = fresh(delivery)
    assert (delivery.state, delivery.reason) == (DeliveryState.UNREACHABLE, Reason.BOUNCED)
    assert delivery.reply
    assert DeadAddress.objects.get().address.email == delivery.address
    assert maildir.flags() == ["S"]


def test_the_words_of_the_mail_system_are_kept(maildir, delivery):
    maildir.drop(mails.postfix(delivery))
    look_for_reports()
    assert fresh(delivery).reply == "550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown"


def test_what_exim_found_out_itself_stands_in_its_text(maildir, delivery):
    raw = mails.exim(delivery).replace(b"Diagnostic-Code: smtp; 550 5.1.1 No such user\r\n", b"")
    maildir.drop(raw.replace(b"    550 5.1.1 No such user", b"    Unrouteable address"))
    look_for_reports()
    assert fresh(delivery).reply == "Unrouteable address"
    assert not DeadAddress.objects.exists()


@pytest.mark.parametrize("write", [mails.postfix, mails.qmail], ids=lambda write: write.__name__)
def test_without_a_marked_address_the_mail_that_came_back_says_it(maildir, delivery, write):
    maildir.drop(write(delivery, to="policies@example.org"))
    assert look_for_reports() == 1


def test_headers_only_are_enough(maildir, delivery):
    parts = [mails.status(delivery), mails.returned(delivery, "text/rfc822-headers")]
    maildir.drop(mails.mail(*parts, headers="To: policies@example.org"))
    assert look_for_reports() == 1


@pytest.mark.parametrize(
    ("fields", "dead"),
    [
        ("Status: 5.1.1", True),
        ("Status: 5.1.2", True),
        ("Status: 5.1.6", True),
        ("Status: 5.1.10", True),
        ("Status: 5.2.1\nDiagnostic-Code: smtp; 550 5.2.1 disabled", True),
        ("Status: 5.4.4", True),
        ("Status: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 unknown", True),
        (FULL, False),
        ("Status: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 refused: our address 194.5.1.1 is on a list", False),
        ("Status: 5.1.8", False),
        ("Status: 5.1.11", False),
        ("Status: 4.4.1\nDiagnostic-Code: smtp; 451 4.4.1 gave up after five days", False),
        ("Status: 5.0.0\nDiagnostic-Code: smtp; 550 see 5.1.1.example.org or 5.1.1.9", False),
        ("Status: 5.0.0\nDiagnostic-Code: smtp; 550 our address 194.5.1.1 is on a list", False),
        ("Status: nonsense", False),
        ("Diagnostic-Code: x-unix; mailer died", False),
    ],
)
def test_only_codes_that_say_so_make_an_address_dead(maildir, delivery, fields, dead):
    maildir.drop(mails.postfix(delivery, fields))
    assert look_for_reports() == 1
    assert fresh(delivery).state == DeliveryState.UNREACHABLE
    assert DeadAddress.objects.exists() == dead


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded", ""])
def test_what_is_no_failure_changes_nothing(maildir, delivery, action):
    maildir.drop(mails.postfix(delivery, action=action))
    assert look_for_reports() == 0
    assert fresh(delivery).state == DeliveryState.SENT
    assert maildir.flags() == ["S"]


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-replied (vacation); owner=ann",
        "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "Return-Path: <>\nAuto-Submitted: auto-replied\nFrom: MAILER-DAEMON@example.org",
    ],
)
def test_out_of_office_is_ignored(maildir, delivery, headers):
    maildir.drop(mails.answer(delivery, headers))
    assert look_for_reports() == 0
    assert fresh(delivery).state == DeliveryState.SENT
    assert maildir.flags() == ["S"]


def test_a_receipt_is_ignored(maildir, delivery):
    maildir.drop(mails.receipt(delivery))
    assert look_for_reports() == 0
    assert (fresh(delivery).state, maildir.flags()) == (DeliveryState.SENT, ["S"])


@pytest.mark.parametrize("headers", ["", "Auto-Submitted: no", "Return-Path: <>"])
def test_what_a_person_wrote_is_for_a_person(maildir, delivery, headers):
    maildir.drop(mails.answer(delivery, headers, "Please call me. 550 5.1.1 is my number."))
    assert look_for_reports() == 0
    assert (fresh(delivery).state, maildir.flags()) == (DeliveryState.SENT, ["FS"])


def test_of_several_recipients_ours_counts(maildir, delivery):
    other = "Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n"
    ours = "Final-Recipient: rfc822; <ANN@example.org>\nAction: failed\nStatus: 5.2.2\n"
    fields = f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n{other}\n{ours}"
    maildir.drop(mails.mail(fields, headers=f"To: {mails.return_address(delivery)}"))
    assert look_for_reports() == 1
    assert fresh(delivery).reply == "5.2.2"
    assert not DeadAddress.objects.exists()


def test_a_failure_of_somebody_else_is_not_ours(maildir, delivery):
    other = "Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n"
    ours = "Final-Recipient: rfc822; ann@example.org\nAction: delivered\nStatus: 2.1.5\n"
    fields = f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n{other}\n{ours}"
    maildir.drop(mails.mail(fields, headers=f"To: {mails.return_address(delivery)}"))
    assert look_for_reports() == 0
    assert (fresh(delivery).state, maildir.flags()) == (DeliveryState.SENT, ["S"])


def test_a_mail_that_was_forwarded_failed_at_another_address(maildir, delivery):
    maildir.drop(mails.postfix(delivery, name="ann.private@example.net"))
    assert look_for_reports() == 1
    assert DeadAddress.objects.get().address.email == "ann@example.org"


def test_addresses_of_other_alphabets_are_known_as_servers_write_them(maildir, a_sent):
    (delivery,) = a_sent("ann@xn--bcher-kva.example")
    Delivery.objects.filter(pk=delivery.pk).update(address="ann@bücher.example")
    other = "Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n"
    ours = "Final-Recipient: rfc822; ann@xn--bcher-kva.example\nAction: failed\nStatus: 5.2.2\n"
    fields = f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n{other}\n{ours}"
    maildir.drop(mails.mail(fields, headers=f"To: {mails.return_address(delivery)}"))
    assert look_for_reports() == 1
    assert fresh(delivery).reply == "5.2.2"
