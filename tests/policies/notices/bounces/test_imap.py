"""Reports are read over IMAP; what goes wrong is said without the password, and what is not marked stays unread."""

from urllib.parse import quote

import pytest

from policies.notices.bounces import mailboxes
from policies.notices.bounces.looking import look_for_reports
from policies.notices.models.notices import DeliveryState
from tests.making.notices import fresh
from tests.policies.notices.bounces import mails
from tests.policies.notices.bounces.imap import HOST, NAME, PASSWORD, imap_server
from tests.policies.notices.servers import certificate_for, serving_tls

AWAY = b"Auto-Submitted: auto-replied\r\n\r\nI am away."


@pytest.fixture
def look(settings):
    """`look(server)` looks for reports there."""

    def at(server, *, scheme="imap", password=PASSWORD, path="", query="") -> int:
        login = f"{NAME}:{quote(password, safe='')}"
        settings.NOTICES_BOUNCE_MAILBOX = f"{scheme}://{login}@{HOST}:{server.port}{path}{query}"
        return look_for_reports()

    return at


@pytest.fixture
def certificate(tmp_path):
    return certificate_for(HOST, tmp_path)


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


@pytest.fixture
def warnings(caplog):
    caplog.set_level("WARNING", "policies")
    return caplog


def test_unread_mails_are_read_and_marked(look, delivery):
    with imap_server() as server:
        server.drop(mails.postfix(delivery), "\\Seen")
        server.drop(AWAY)
        server.drop(mails.answer(delivery, text="Who are you?"))
        server.drop(mails.postfix(delivery))
        assert look(server) == 1
        assert server.flags() == [{"\\Seen"}, {"\\Seen"}, {"\\Seen", "\\Flagged"}, {"\\Seen"}]
        assert fresh(delivery).state == DeliveryState.UNREACHABLE
        assert look(server) == 0
        assert server.commands[-1] == "LOGOUT"


def test_an_empty_mailbox_is_not_searched(look, db):
    with imap_server() as server:
        assert look(server) == 0
        assert not any("SEARCH" in command for command in server.commands)


def test_tls_from_the_first_byte(look, delivery, trusted):
    with imap_server(tls=serving_tls(trusted)) as server:
        server.drop(mails.postfix(delivery))
        assert look(server, scheme="imaps") == 1


def test_starttls_before_the_password(look, delivery, trusted):
    with imap_server(starttls=serving_tls(trusted)) as server:
        server.drop(mails.postfix(delivery))
        assert look(server, query="?starttls") == 1
        commands = [command.split()[0] for command in server.commands]
        assert commands.index("STARTTLS") < commands.index("LOGIN")


def test_no_password_where_tls_was_asked_for_and_is_not_offered(look, db, warnings):
    with imap_server() as server:
        assert look(server, query="?starttls") == 0
        assert not any("LOGIN" in command for command in server.commands)
    assert "TLS not supported" in warnings.text


@pytest.mark.parametrize("kind", ["tls", "starttls"])
def test_no_password_for_an_unknown_certificate(look, delivery, certificate, warnings, kind):
    with imap_server(**{kind: serving_tls(certificate)}) as server:
        server.drop(mails.postfix(delivery))
        assert look(server, **({"scheme": "imaps"} if kind == "tls" else {"query": "?starttls"})) == 0
        assert not any("LOGIN" in command for command in server.commands)
        assert server.flags() == [set()]
    assert "certificate verify failed" in warnings.text


def test_letters_beyond_ascii_in_the_password(look, delivery):
    with imap_server() as server:
        server.password = "schlüssel"
        server.drop(mails.postfix(delivery))
        assert look(server, password="schlüssel") == 1


@pytest.mark.parametrize(
    "answer", ["NO [AUTHENTICATIONFAILED] Authentication failed.", "BAD I do not understand {command}"]
)
def test_a_wrong_password_is_said_but_not_which(look, delivery, warnings, answer):
    with imap_server() as server:
        server.answers["LOGIN"] = answer
        server.drop(mails.postfix(delivery))
        assert look(server, password="my-secret-97") == 0
        assert server.flags() == [set()]
    assert f"The mailbox for reports at {HOST}: " in warnings.text
    assert "my-secret-97" not in warnings.text


def test_a_folder_of_its_own(look, delivery):
    with imap_server() as server:
        server.drop(mails.postfix(delivery))
        assert look(server, path="/My%20%22reports%22") == 1


def test_a_missing_folder_is_said(look, db, warnings):
    with imap_server() as server:
        assert look(server, path="/Elsewhere") == 0
    assert "cannot open the folder Elsewhere: Mailbox doesn't exist" in warnings.text


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH 102", "UID STORE 102"])
def test_nothing_is_lost_when_the_connection_is_cut(look, a_sent, warnings, command):
    deliveries = a_sent("ann@example.org", "ben@example.org", "eve@example.org")
    with imap_server() as server:
        for delivery in deliveries:
            server.drop(mails.postfix(delivery))
        server.cut_at = command
        first = look(server)
        assert "The mailbox for reports" in warnings.text
        assert server.flags()[1:] == [set(), set()]
        server.cut_at = ""
        assert first + look(server) == 3
        assert server.flags() == [{"\\Seen"}] * 3
    assert {fresh(delivery).state for delivery in deliveries} == {DeliveryState.UNREACHABLE}


@pytest.mark.parametrize("command", ["UID SEARCH", "UID STORE"])
def test_a_server_that_refuses_is_in_trouble(look, delivery, warnings, command):
    with imap_server() as server:
        server.drop(mails.postfix(delivery))
        server.answers[command] = "NO not now"
        look(server)
        assert server.flags() == [set()]
    assert "not now" in warnings.text


def test_a_mail_that_somebody_deletes_meanwhile_is_nobodys_matter(look, delivery):
    with imap_server() as server:
        server.drop(AWAY)
        server.drop(mails.postfix(delivery))
        server.answers["UID FETCH 101"] = "OK nothing"
        assert look(server) == 1


def test_a_large_mailbox_is_searched_in_pieces(look, delivery, monkeypatch):
    monkeypatch.setattr(mailboxes, "SEARCHED_AT_ONCE", 2)
    with imap_server() as server:
        for _ in range(4):
            server.drop(AWAY)
        server.drop(mails.postfix(delivery))
        assert look(server) == 1
        assert server.flags() == [{"\\Seen"}] * 5


def test_of_a_long_mail_only_the_beginning_is_fetched(look, delivery):
    with imap_server() as server:
        server.drop(mails.postfix(delivery) + b"and so on\r\n" * 1_000_000)
        assert look(server) == 1


@pytest.mark.parametrize(
    "url",
    ["pop3://mail.example.org", "imaps://u:my-secret-97@[mail", "imap://u:my-secret-97@127.0.0.1:many/", "bounces"],
)
def test_an_address_that_is_none_is_said(settings, db, warnings, url):
    settings.NOTICES_BOUNCE_MAILBOX = url
    assert look_for_reports() == 0
    assert "The mailbox for reports" in warnings.text
    assert "my-secret-97" not in warnings.text


def test_a_server_that_is_not_there_is_said(look, db, warnings):
    with imap_server() as server:
        pass
    assert look(server) == 0
    assert "refused" in warnings.text
