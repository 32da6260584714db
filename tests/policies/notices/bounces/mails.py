"""Mails as mail systems write them when something could not be delivered, or for other reasons."""

from policies.notices.letter.marks import mark_of
from policies.notices.models import Delivery

BOUNDARY = "report-42"
GONE = "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <{to}>: Recipient address rejected: User unknown"


def return_address(delivery: Delivery) -> str:
    return f"bounces+{mark_of(delivery.pk)}@example.org"


def message_id(delivery: Delivery) -> str:
    return f"<announced-{delivery.notice_id}.{mark_of(delivery.pk)}@plum.example>"


def mail(*parts: str, headers: str = "", kind: str = "multipart/report; report-type=delivery-status") -> bytes:
    """A mail of these parts, each with its own headers."""
    body = "".join(f"--{BOUNDARY}\n{part}\n" for part in parts)
    text = f"{headers}\nMIME-Version: 1.0\nContent-Type: {kind};\n\tboundary={BOUNDARY}\n\n{body}--{BOUNDARY}--\n"
    return text.lstrip("\n").replace("\n", "\r\n").encode()


def returned(delivery: Delivery, kind: str = "message/rfc822") -> str:
    return f"Content-Type: {kind}\n\nMessage-ID: {message_id(delivery)}\nSubject: Amended\n\nHello\n"


def status(delivery: Delivery, fields: str = GONE, action: str = "failed", name: str = "") -> str:
    """The part for machines, as Postfix writes it."""
    to = name or delivery.address
    return (
        "Content-Description: Delivery report\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.org\nX-Postfix-Queue-ID: 4F1B2\n\n"
        f"Final-Recipient: rfc822; {to}\nOriginal-Recipient: rfc822;{to}\nAction: {action}\n"
        + fields.format(to=to)
        + "\n"
    )


def postfix(delivery: Delivery, fields: str = GONE, *, to: str = "", action: str = "failed", name: str = "") -> bytes:
    headers = (
        "Return-Path: <>\nDate: Mon, 1 Jun 2026 10:00:02 +0000\nFrom: MAILER-DAEMON@mx.example.org\n"
        f"Subject: Undelivered Mail Returned to Sender\nTo: {to or return_address(delivery)}\n"
        "Auto-Submitted: auto-replied"
    )
    words = "Content-Type: text/plain; charset=us-ascii\n\nThis is the mail system at host mx.example.org.\n"
    return mail(words, status(delivery, fields, action, name), returned(delivery), headers=headers)


def exim(delivery: Delivery) -> bytes:
    """Its status says little; the diagnostic code says what the other server said."""
    headers = (
        f"Return-path: <>\nEnvelope-to: {return_address(delivery)}\nX-Failed-Recipients: {delivery.address}\n"
        "Auto-Submitted: auto-replied\nFrom: Mail Delivery System <Mailer-Daemon@mx.example.org>\n"
        f"To: {return_address(delivery)}\nReferences: {message_id(delivery)}\n"
        "Subject: Mail delivery failed: returning message to sender"
    )
    words = f"Content-type: text/plain; charset=us-ascii\n\n  {delivery.address}\n    550 5.1.1 No such user\n"
    fields = (
        f"Content-type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nAction: failed\n"
        f"Final-Recipient: rfc822;{delivery.address}\nStatus: 5.0.0\nRemote-MTA: dns; mail.example.org\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such user\n"
    )
    return mail(words, fields, returned(delivery), headers=headers)


def old_exim(delivery: Delivery) -> bytes:
    return (
        f"Return-path: <>\nX-Failed-Recipients: {delivery.address}\nAuto-Submitted: auto-replied\n"
        f"From: Mail Delivery System <Mailer-Daemon@mx.example.org>\nTo: {return_address(delivery)}\n\n"
        "A message that you sent could not be delivered.\n\n"
        f"  {delivery.address}\n    SMTP error from remote mail server after RCPT TO: 550 5.1.1 No such user here\n"
    ).encode()


def exchange(delivery: Delivery) -> bytes:
    """Field names in other letters, an answer to the mail, the returned mail found by its Message-ID alone."""
    headers = (
        "From: <postmaster@example.com>\nTo: <policies@example.org>\nX-MS-Exchange-Message-Is-Ndr:\n"
        f"Auto-Submitted: auto-replied\nIn-Reply-To: {message_id(delivery)}\nSubject: Undeliverable: Amended"
    )
    fields = (
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns;EXCH1.example.com\n"
        f"Received-From-MTA: dns;mx.example.org\n\nFinal-recipient: rfc822;{delivery.address}\nAction: failed\n"
        "Status: 5.1.10\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP\n"
        " address lookup\n"
    )
    html = "Content-Type: text/html; charset=Windows-1252\n\n<p>Delivery has failed</p>\n"
    return mail(html, fields, headers=headers)


def gmail(delivery: Delivery) -> bytes:
    headers = (
        f"Delivered-To: {return_address(delivery)}\nReturn-Path: <>\nX-Failed-Recipients: {delivery.address}\n"
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: policies@example.org\n"
        f"Auto-Submitted: auto-replied\nReferences: {message_id(delivery)}\n"
        "Subject: Delivery Status Notification (Failure)"
    )
    text = "--inner\nContent-Type: text/plain\n\nNot found\n--inner--\n"
    inner = f"Content-Type: multipart/alternative; boundary=inner\n\n{text}"
    fields = (
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; googlemail.com\n"
        "Received-From-MTA: dns; policies@example.org\nArrival-Date: Mon, 01 Jun 2026 03:00:00 -0700 (PDT)\n"
        f"X-Original-Message-ID: {message_id(delivery)}\n\nFinal-Recipient: rfc822; {delivery.address}\n"
        "Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.example.net. (192.0.2.1, the server of example.net.)\n"
        "Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.\n"
        "Last-Attempt-Date: Mon, 01 Jun 2026 03:00:01 -0700 (PDT)\n"
    )
    return mail(inner, fields, returned(delivery), headers=headers)


def qmail(delivery: Delivery, to: str = "", why: str = "Sorry, no mailbox here by that name. (#5.1.1)") -> bytes:
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@example.net\nTo: {to or return_address(delivery)}\n"
        "Subject: failure notice\n\nHi. This is the qmail-send program at example.net.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
        f"<{delivery.address}>:\n{why}\n\n--- Below this line is a copy of the message.\n\n"
        f"Return-Path: <policies@example.org>\nMessage-ID: {message_id(delivery)}\nSubject: Amended\n\nHello\n"
    ).encode()


def international(delivery: Delivery) -> bytes:
    """RFC 6533."""
    fields = (
        "Content-Type: message/global-delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: utf-8; {delivery.address}\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 gibt es nicht: müller\n"
    )
    headers = f"To: {return_address(delivery)}\nSubject: =?utf-8?q?Unzustellbar?="
    return mail("Content-Type: text/plain\n\nNein\n", fields, returned(delivery, "message/global"), headers=headers)


def answer(delivery: Delivery, headers: str = "", text: str = "I am away until Monday.") -> bytes:
    """What a person, or a program for them, writes back to the return address."""
    to = return_address(delivery)
    top = f"{headers}\nFrom: {delivery.address}\nTo: {to}\nIn-Reply-To: {message_id(delivery)}\nSubject: Re: Amended"
    return f"{top.lstrip()}\n\n{text}\n".encode()


def receipt(delivery: Delivery) -> bytes:
    fields = f"Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;{delivery.address}\n"
    headers = f"To: {return_address(delivery)}\nSubject: Read: Amended"
    kind = "multipart/report; report-type=disposition-notification"
    return mail("Content-Type: text/plain\n\nRead\n", fields, headers=headers, kind=kind)
