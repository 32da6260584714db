"""A mail frozen once and filled for each person, read back as a mail program reads it."""

import datetime as dt
import smtplib
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from hypothesis import example, given
from hypothesis import strategies as st

from policies.notices.letter.message import (
    FreezingError,
    FrozenMessage,
    date_value,
    header_text,
    sentinels,
    to_header,
    token_value,
)

HOSTILE_NAMES = [
    "Jane Doe",
    "Jürgen Müller",
    "王小明",
    "👩‍👩‍👧‍👦 Family",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Alba",
    "محمد علی",
    "می‌خواهم",
    "=?utf-8?q?Admin?=",
    "=?utf-8?q?",
    ".",
    "..",
    "=41=",
    "{{ name }}",
    "{% now %}",
    'Jane "Danger" Doe',
    "Doe, Jane",
    "Jane; <admin@example.org>",
    "back\\slash",
    "(a comment)",
    "From Jane",
    "A. B.: C",
    "x" * 100,
    "é" * 100,
    "👩‍👩‍👧‍👦" * 14,
]
CLEANED = [
    ("Jane\r\nBcc: all@example.org", "Jane Bcc: all@example.org"),
    ("Jane\0Doe", "JaneDoe"),
    ("Jane\u202eeoD\u2066", "JaneeoD"),
    ("Jane\x85Doe\u2028X\u2029Y", "Jane Doe X Y"),
    ("  Jane \t Doe ", "Jane Doe"),
    ("x" * 998, "x" * 100),
    ("\ud800Jane", "�Jane"),
]
names = st.one_of(st.sampled_from(HOSTILE_NAMES), st.text(max_size=200))
SLOTS = ("to", "date", "message_id", "unsubscribe")
EXPECTED = {"to": 1, "date": 1, "message_id": 1, "unsubscribe": 2}
MOMENT = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)


def values(to=b"jane@example.org"):
    return {
        "to": to,
        "date": date_value(MOMENT),
        "message_id": token_value("abc-123"),
        "unsubscribe": token_value("MTIz:1abcde:x_y-z."),
    }


def frozen(text="Hello.", subject="Changes", html=None):
    slots = sentinels(*SLOTS)
    link = f"https://example.org/stop/{slots['unsubscribe']}/"
    mail = EmailMultiAlternatives(
        header_text(subject),
        f"{text}\n{link}\n.\nthe end",
        "policies@example.org",
        [slots["to"]],
        headers={"Date": slots["date"], "Message-ID": f"<7.{slots['message_id']}@example.org>"},
    )
    mail.attach_alternative(html or f'<p>é</p><a href="{link}">Stop</a>', "text/html")
    return FrozenMessage.freeze(mail, slots, EXPECTED if html is None else EXPECTED | {"unsubscribe": 1})


def read(raw):
    return message_from_bytes(raw, policy=policy.default)


def decoded(raw, header):
    """A header as RFC 2047 has it: the stdlib's newer parser puts a space between words that it should join."""
    unfolded = message_from_bytes(raw)[header].replace("\r", "").replace("\n", "")
    return str(make_header(decode_header(unfolded)))


def check_lines(raw):
    """Every line ends as SMTP wants it, and is as short as RFC 5322 and, in a body, RFC 2045 want it."""
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    body = raw.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76


@pytest.mark.parametrize(
    ("name", "meant"), [(name, name) for name in HOSTILE_NAMES] + CLEANED, ids=lambda name: ascii(name)[:30]
)
def test_a_name_reads_as_it_was_meant_and_is_nothing_but_a_name(name, meant):
    raw = frozen().fill(values(to_header(name, "jane@example.org")))
    check_lines(raw)
    mail = message_from_bytes(raw)
    shown, address = parseaddr(mail["To"].replace("\r\n", ""))
    assert address == "jane@example.org"
    assert str(make_header(decode_header(shown))) == meant
    assert mail["Bcc"] is None
    assert len(read(raw)["To"].addresses) == 1
    assert read(raw).get_body("plain").get_content().startswith("Hello.")


def test_a_person_without_a_name_is_written_to_by_address_alone():
    assert to_header("", "jane@example.org") == to_header(" \u202e ", "jane@example.org") == b"jane@example.org"


def test_a_name_in_many_bytes_is_folded_between_whole_letters():
    lines = to_header("👩‍👩‍👧‍👦" * 14, "jane@example.org").split(b"\r\n")
    assert len(lines) > 3
    assert all(line.startswith(b" ") and len(line) <= 76 for line in lines[1:])
    for word in b"".join(lines).split()[:-1]:
        assert len(word) <= 75
        [(part, charset)] = decode_header(word.decode())
        part.decode(charset)


def test_an_address_that_needs_smtputf8_stands_in_the_header_as_it_is():
    assert to_header("Jürgen", "jürgen@example.org").endswith(" <jürgen@example.org>".encode())


@pytest.mark.parametrize("address", ["a@b.org>, <x@y.org", "a@b.org\r\nBcc: x@y.org", "a\0@b.org", "<a@b.org>"])
def test_a_header_is_not_made_of_what_is_no_address(address):
    with pytest.raises(ValueError, match="not the address of an envelope"):
        to_header("Jane", address)


@given(names)
@example("=?utf-8?b?=?= ==")
def test_any_name_gives_one_header_with_one_address(name):
    value = to_header(name, "jane@example.org")
    assert value.isascii()
    assert all(line.startswith(b" ") for line in value.split(b"\r\n")[1:])
    assert b"\n" not in value.replace(b"\r\n", b"")
    mail = message_from_bytes(b"To: " + value + b"\r\n\r\n")
    assert mail.keys() == ["To"]
    assert parseaddr(mail["To"])[1] == "jane@example.org"


@pytest.mark.parametrize(
    "text", ["", ".", ".a", "a b", "a/b", "a\n", "a\r\nBcc: x", "<a>", "a=", "é", "٣", "a@b", "x" * 76]
)
def test_a_token_is_refused_if_it_could_mean_something_else(text):
    with pytest.raises(ValueError, match="A token has"):
        token_value(text)


@pytest.mark.parametrize("text", ["a", "-a.b_c:9", "x" * 75])
def test_a_token_stays_as_it_is(text):
    assert token_value(text) == text.encode()


def test_a_date_is_written_as_mails_have_it():
    london = dt.timezone(dt.timedelta(hours=1))
    assert date_value(dt.datetime(2026, 7, 1, 9, 5, tzinfo=london)) == b"Wed, 01 Jul 2026 08:05:00 +0000"


@pytest.mark.parametrize(
    "subject",
    [
        "Changes from 1 January 2027",
        "=?utf-8?q?Not=20encoded?=",
        "Überblick",
        "王" * 200,
        "word " * 50 + "end",
        "x" * 255,
    ],
)
def test_a_subject_reads_as_it_was_meant(subject):
    raw = frozen(subject=subject).fill(values())
    check_lines(raw)
    assert decoded(raw, "Subject") == subject
    assert read(raw)["Subject"] == subject


TEXTS = [
    "Hello.\r\nA lone \rreturn.",
    "x" * 998,
    "é" * 3000,
    ".\n..\n.x\n" + "y" * 73 + ".z",
    "From us\n >From them",
    "=41= =\n==\ntrailing \nand tab\t\n",
    "{{ name }} {% now %} <b>",
    "\x0b\x0c\x1c\x85\u2028 unusual ends of lines",
    "😀 " * 500,
    "",
]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[:20])
def test_a_text_reads_as_it_was_written_and_its_links_are_whole(text):
    raw = frozen(text).fill(values())
    check_lines(raw)
    written = text.replace("\r\n", "\n").replace("\r", "\n")
    expected = f"{written}\nhttps://example.org/stop/MTIz:1abcde:x_y-z./\n.\nthe end"
    parts = message_from_bytes(raw).get_payload()
    assert parts[0].get_payload(decode=True).decode().replace("\r\n", "\n").rstrip("\n") == expected
    assert 'href="https://example.org/stop/MTIz:1abcde:x_y-z./"' in read(raw).get_body("html").get_content()
    assert [part["Content-Transfer-Encoding"] for part in parts] == ["quoted-printable"] * 2


def test_no_line_of_a_body_begins_with_what_servers_would_change():
    raw = frozen("\n".join(TEXTS)).fill(values())
    assert b"\r\n." not in raw
    assert b"\r\nFrom " not in raw


def test_a_value_that_contains_a_sentinel_stays_text():
    slots = sentinels("to", "date")
    mail = EmailMessage("Changes", "Hello.", "a@example.org", [slots["to"]], headers={"Date": slots["date"]})
    raw = FrozenMessage.freeze(mail, slots, {"to": 1, "date": 1}).fill(
        {"to": to_header(slots["date"], "jane@example.org"), "date": date_value(MOMENT)}
    )
    assert f'To: "{slots["date"]}" <jane@example.org>'.encode() in raw
    assert raw.count(b"Mon, 23 Nov 2026 08:30:00 +0000") == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [("Hello.", {"token": 1}), ("{0} and {0}", {"token": 1}), ("{0}", {"token": 2}), ("{0}", {})],
)
def test_a_slot_that_is_found_more_or_less_often_than_meant_stops_the_mail(body, expected):
    slots = sentinels("token")
    mail = EmailMessage("Changes", body.format(slots["token"]), "a@example.org", ["b@example.org"])
    with pytest.raises(FreezingError, match="The slot “token” was found"):
        FrozenMessage.freeze(mail, slots, expected)


def test_a_sentinel_that_a_header_has_encoded_stops_the_mail():
    slots = sentinels("token")
    mail = EmailMessage(header_text(f"é {slots['token']}"), "Hello.", "a@example.org", ["b@example.org"])
    with pytest.raises(FreezingError, match="found 0 times"):
        FrozenMessage.freeze(mail, slots, {"token": 1})


def test_sentinels_are_other_ones_each_time_and_whole_wherever_they_stand():
    assert sentinels("to") != sentinels("to")
    for width in range(80):
        slots = sentinels("token")
        mail = EmailMessage("Changes", f"{'é' * width}{slots['token']}z", "a@example.org", ["b@example.org"])
        raw = FrozenMessage.freeze(mail, slots, {"token": 1}).fill({"token": b"T" * 75})
        check_lines(raw)
        assert message_from_bytes(raw).get_payload(decode=True).decode().strip() == "é" * width + "T" * 75 + "z"


def test_an_attachment_is_refused():
    mail = EmailMessage("Changes", "Hello.", "a@example.org", ["b@example.org"])
    mail.attach("policy.pdf", b"%PDF", "application/pdf")
    with pytest.raises(FreezingError, match="application/pdf"):
        FrozenMessage.freeze(mail, {}, {})


def test_a_header_that_is_too_long_is_refused():
    mail = EmailMessage("Changes", "Hello.", "a@example.org", ["b@example.org"], headers={"X-Long": "x" * 990})
    with pytest.raises(FreezingError, match="too long"):
        FrozenMessage.freeze(mail, {}, {})


def test_a_mail_without_slots_is_frozen_too():
    mail = EmailMessage("Changes", "Hello.", "a@example.org", ["b@example.org"])
    assert FrozenMessage.freeze(mail, {}, {}).fill({}).endswith(b"\r\n\r\nHello.\r\n")


def test_a_slot_without_a_value_is_not_left_empty():
    with pytest.raises(KeyError, match="unsubscribe"):
        frozen().fill({"to": b"", "date": b"", "message_id": b""})


def test_what_was_kept_in_the_database_fills_as_before():
    message = frozen("Zoë’s .\n.")
    again = FrozenMessage.from_json(message.to_json())
    assert again == message
    assert again.fill(values()) == message.fill(values()) == message.fill(values())
    assert FrozenMessage.from_json(message.stuffed().to_json()) == message.stuffed()


def test_pieces_and_slots_must_fit():
    with pytest.raises(FreezingError, match="one piece more"):
        FrozenMessage((b"a",), ("to",))


pieces = st.lists(st.sampled_from([b"a", b".", b"\r\n", b"\r\n.", b"From "]), max_size=8).map(b"".join)


@given(st.lists(pieces, min_size=1, max_size=5), st.binary())
def test_filling_puts_each_value_where_its_slot_was(parts, value):
    slots = tuple(f"slot {at}" for at in range(len(parts) - 1))
    filled = FrozenMessage(tuple(parts), slots).fill({slot: value + slot.encode() for slot in slots})
    expected = parts[0]
    for slot, part in zip(slots, parts[1:], strict=True):
        expected += value + slot.encode() + part
    assert filled == expected


@given(st.lists(pieces, min_size=1, max_size=5))
def test_dots_are_doubled_once_as_smtp_wants_it(parts):
    slots = ("token",) * (len(parts) - 1)
    message = FrozenMessage(tuple(parts), slots)
    filled = {"token": b"value"}
    assert message.stuffed().fill(filled) == smtplib._quote_periods(message.fill(filled))
    assert message.stuffed().stuffed() == message.stuffed()
