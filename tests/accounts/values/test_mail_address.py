"""What people give as their address, and what a mail server gets of it."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from accounts.values.mail_address import AddressRefused, MailAddress, one_spelling, read_address, read_plain_address


@pytest.mark.parametrize(
    ("given_as", "envelope"),
    [
        ("jane@example.org", "jane@example.org"),
        ("Jane@EXAMPLE.Org", "Jane@example.org"),
        (" jane@example.org ", "jane@example.org"),
        ("jane+policies@example.org", "jane+policies@example.org"),
        ("o'hara@example.org", "o'hara@example.org"),
        ("jane@straße.de", "jane@xn--strae-oqa.de"),
        ("jane@faß.de", "jane@xn--fa-hia.de"),
        ("jane@BÜCHER.example", "jane@xn--bcher-kva.example"),
        ("jane@xn--strae-oqa.de", "jane@xn--strae-oqa.de"),
        ("jane@ＥＸＡＭＰＬＥ．org", "jane@example.org"),
        ("jane@مثال.example", "jane@xn--mgbh0fb.example"),
        ('"jane doe"@example.org', '"jane doe"@example.org'),
        ('"jane@home"@example.org', '"jane@home"@example.org'),
        (r'"jane\"doe"@example.org', r'"jane\"doe"@example.org'),
        ('"jane"@example.org', "jane@example.org"),
        ("Postmaster@example.org", "Postmaster@example.org"),
        ("jane@localhost", "jane@localhost"),
        ("jane@mail.office.local", "jane@mail.office.local"),
    ],
)
def test_the_domain_becomes_ascii_and_what_is_before_the_at_stays_as_it_is(given_as, envelope):
    assert read_address(given_as) == MailAddress(envelope, needs_smtputf8=False)


def test_letters_outside_of_ascii_before_the_at_need_a_server_that_takes_them():
    assert read_address("jürgen+1@bücher.example") == MailAddress("jürgen+1@xn--bcher-kva.example", needs_smtputf8=True)


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        ("", "has no @"),
        ("jane", "has no @"),
        ("@example.org", "nothing before"),
        ("jane@", "not one that can exist"),
        ("jane@example.org\r\nBcc: all@example.org", "invisible"),
        ("jane\r\nBcc: all@example.org", "invisible"),
        ("jane\0@example.org", "invisible"),
        ("jane\u202e@example.org", "invisible"),
        ("jane@example.org\r\n", "not one that can exist"),
        ("jane@exam\0ple.org", "not one that can exist"),
        ("jane@example\u202e.org", "not one that can exist"),
        ("jane@\ud800.org", "not one that can exist"),
        ("jane doe@example.org", "not allowed"),
        ("jane@home@example.org", "not allowed"),
        ("jane..doe@example.org", "not allowed"),
        (".jane@example.org", "not allowed"),
        ("<jane@example.org>", "not allowed"),
        ('"<jane>"@example.org', "not allowed"),
        ('"jane"doe"@example.org', "not allowed"),
        ('"jane\\"@example.org', "not allowed"),
        ("jane@example.org>", "not one that can exist"),
        ("jane@example.org SIZE=1", "not one that can exist"),
        ("jane@-example.org", "not one that can exist"),
        # Kept for later by RFC 5890, 2.3.2.1, so that no registry gives it out; and ASCII that stands for no letters.
        ("jane@ab--cd.example", "not one that can exist"),
        ("jane@xn--a.example", "not one that can exist"),
        ("jane@example..org", "not one that can exist"),
        ("jane@exämple..org", "not one that can exist"),
        ("jane@exämple_1.org", "not one that can exist"),
        ("jane@ü＠example.org", "not one that can exist"),
        ("jane@example.org.", "not one that can exist"),
        ("jane@" + "x" * 64 + ".org", "not one that can exist"),
        ("jane@[192.0.2.1]", "number instead of a domain"),
        ("x" * 65 + "@example.org", "more than 64 bytes"),
        ("é" * 33 + "@example.org", "more than 64 bytes"),
        ("jane@" + "x." * 130 + "org", "too long"),
        ("x" * 60 + "@" + "x." * 98 + "org", "too long"),
        ("jane@" + "ü" * 2000 + ".org", "too long"),
    ],
)
def test_what_is_no_address_is_refused_with_a_reason_that_does_not_repeat_it(hostile, reason):
    with pytest.raises(AddressRefused, match=reason) as refusal:
        read_address(hostile)
    assert "jane" not in str(refusal.value)


@given(st.one_of(st.text(), st.builds("{}@{}".format, st.text(max_size=20), st.text(max_size=20))))
def test_whatever_is_given_is_refused_or_safe_in_the_command_to_a_server(text):
    try:
        address = read_address(text)
    except AddressRefused:
        return
    local, _, domain = address.envelope.rpartition("@")
    assert address.envelope.isprintable()
    assert not set(address.envelope) & set("<>")
    assert domain.isascii()
    assert address.needs_smtputf8 is not local.isascii()
    assert len(address.envelope.encode()) <= 254
    assert read_address(address.envelope) == address


@given(st.from_regex(r"[A-Za-z0-9._+-]{1,70}", fullmatch=True))
def test_what_is_read_without_asking_the_library_is_read_as_the_library_reads_it(local):
    try:
        ours = read_address(f"{local}@example.org").envelope
    except AddressRefused:
        ours = None
    try:
        theirs = validate_email(f"{local}@example.org", check_deliverability=False, strict=True).ascii_email
    except EmailNotValidError:
        theirs = None
    assert (ours or "").lower() == (theirs or "").lower()


@pytest.mark.parametrize(
    "spelling",
    [
        "ann.o@exämple.org",
        "Ann.O@EXÄMPLE.ORG",
        " ann.o@exämple.org ",
        "ann.o@xn--exmple-cua.org",
        "ANN.O@XN--EXMPLE-CUA.ORG",
        "ann.o@exa\u0308mple.org",
        "ａｎｎ．ｏ@exämple.org",
        "ann.o＠ｅｘäｍｐｌｅ。org",
        '"ann.o"@exämple.org',
    ],
)
def test_all_spellings_of_one_mailbox_become_one(spelling):
    assert one_spelling(spelling) == read_plain_address(spelling) == "ann.o@xn--exmple-cua.org"


@pytest.mark.parametrize(
    "other", ["anno@example.org", "ann.o+x@example.org", "ann.o@strasse.example", "ann@example.com"]
)
def test_other_mailboxes_stay_apart(other):
    known = {one_spelling(text) for text in ("ann.o@example.org", "ann.o@straße.example", "ann@example.org")}
    assert one_spelling(other) not in known


@pytest.mark.parametrize("odd", ["annı@example.org", "аnn@example.org", "jürgen@example.org", "straße@example.org"])
def test_letters_that_only_some_servers_take_are_refused_where_every_server_has_to(odd):
    with pytest.raises(AddressRefused, match="many mail servers do not take"):
        read_plain_address(odd)


@pytest.mark.parametrize(("letter", "plain"), [("\u017f", "s"), ("\u212a", "k"), ("\uff33", "s")])
def test_a_letter_that_is_another_one_in_disguise_is_that_other_one(letter, plain):
    assert read_plain_address(f"an{letter}@example.org") == f"an{plain}@example.org"


@given(st.one_of(st.text(), st.emails()))
def test_a_spelling_is_its_own(text):
    assert one_spelling(one_spelling(text)) == one_spelling(text)
