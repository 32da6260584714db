"""Anybody may send anything to the address for reports: it harms nothing, stops nothing, and a person sees it."""

import pytest

from policies.notices.bounces.looking import look_for_reports
from policies.notices.bounces.reports import LONGEST
from policies.notices.models.notices import DeliveryState
from tests.making.notices import fresh
from tests.making.work import calls_of
from tests.policies.notices.bounces import mails


def nested(levels: int) -> bytes:
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(levels))
    return f"Subject: deep\n{heads}Content-Type: text/plain\n\nHello\n".encode()


def wrapped(levels: int) -> bytes:
    return b"Content-Type: message/rfc822\n\n" * levels + b"Subject: deep\n\nHello\n"


STRANGE = {
    "nothing": b"",
    "one NUL": b"\0",
    "noise": bytes(range(256)) * 400,
    "no headers": b"\n\nHello",
    "only boundaries": b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\n" * 2000,
    "no boundary": b"Content-Type: multipart/report; report-type=delivery-status\n\nHello",
    "unknown encoding": b"Content-Type: text/plain; charset=moon\nContent-Transfer-Encoding: cheese\n\n\xff\xfe",
    "broken base64": b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n====\xff",
    "an empty status": b"Content-Type: message/delivery-status\n\n",
    "an empty international status": b"Content-Type: message/global-delivery-status\n\n",
    "an empty returned mail": b"Content-Type: message/rfc822\n\n",
    "a report type in pieces": b"Content-Type: multipart/report; report-type*0*=utf-8''x; boundary=b\n\n--b--",
    "a qmail letter without end": b"Subject: failure notice\n\nHi. This is the qmail-send program\n\n---",
    "an endless address": b"To: " + b"a" * 150_000 + b"\n\nHello",
    "endless at signs": b"To: " + b"@" * 150_000 + b"\n\nHello",
    "endless pluses": b"To: " + b"+1." * 50_000 + b"@x\n\nHello",
    "endless dots": b"X-Failed-Recipients: x@y\n\n" + b"5.1.1." * 30_000,
    "endless commas": b"Content-Type: message/delivery-status\n\nX: y\n\nAction: failed\nFinal-Recipient: "
    + b"a@b," * 30_000,
    "endless recipients": b"Content-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * 12_000,
    "100 levels": nested(100),
    "100 mails in mails": wrapped(100),
    "5,000 levels": nested(5000),
    "5,000 mails in mails": wrapped(5000),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_mail_is_shown_to_a_person_and_stops_no_other(maildir, delivery, name):
    maildir.drop(STRANGE[name])
    maildir.drop(mails.postfix(delivery))
    found = []
    assert calls_of(lambda: found.append(look_for_reports())) < 50_000 + 30 * len(STRANGE[name])
    assert found == [1]
    assert fresh(delivery).state == DeliveryState.UNREACHABLE
    assert maildir.flags() == ["FS", "S"]


def test_a_long_report_is_read_at_its_beginning(maildir, delivery):
    raw = mails.postfix(delivery)
    maildir.drop(raw + b"and so on\r\n" * 1_000_000)
    assert len(raw) < LONGEST
    assert look_for_reports() == 1


@pytest.mark.parametrize(
    "words",
    [
        b"550 5.1.1 nobody \0 here",
        b"550 5.1.1 \xff\xfe nobody here",
        "550 5.1.1 niemand hier: müller \u202e \U0001f422".encode(),
        b"550 5.1.1 " + b"x" * 50_000,
        b"550 5.1.1 =?utf-8?b?gibberish",
    ],
    ids=["NUL", "no UTF-8", "UTF-8", "long", "half an encoded word"],
)
def test_strange_words_are_kept_as_far_as_they_can_be_shown(maildir, delivery, words):
    maildir.drop(mails.postfix(delivery).replace(b"550 5.1.1 <ann@example.org>: Recipient", words))
    assert look_for_reports() == 1
    reply = fresh(delivery).reply
    assert reply.startswith("550 5.1.1")
    assert reply.isprintable()


@pytest.mark.parametrize("header", [b"Subject: \xff\xfe\x00", b"From: m\xfcller <x@y>", b"X: " + b"y" * 2000])
def test_strange_headers_hide_no_report(maildir, delivery, header):
    raw = mails.postfix(delivery)
    maildir.drop(header + b"\r\n" + raw)
    assert look_for_reports() == 1


def test_line_ends_of_unix_are_as_good(maildir, delivery):
    maildir.drop(mails.international(delivery).replace(b"\r\n", b"\n"))
    assert look_for_reports() == 1
