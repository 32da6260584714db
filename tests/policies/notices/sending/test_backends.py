"""The connection is opened as the settings say; TLS and sign-in are Django's; other backends send one by one."""

import pytest
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend

from policies.notices.sending.backends import ServerAway, ServerRefusesUs, open_connection
from policies.notices.sending.one_by_one import OneByOne
from policies.notices.sending.pipelining import PipelinedSMTP, PipelinedSMTP_SSL, Verdict
from tests.policies.notices.handing import envelope, hand_over, text_for
from tests.policies.notices.servers import (
    At,
    Rule,
    Then,
    accepting_server,
    certificate_for,
    scripted_server,
    serving_tls,
)

BACKENDS = "django.core.mail.backends"


@pytest.fixture
def certificate(tmp_path):
    return certificate_for("127.0.0.1", tmp_path)


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


def test_pipelining_offered_only_inside_tls_is_used_there(connect, trusted):
    refuse = {f"p{key}@example.org": "550 not you," for key in range(0, 100, 3)}
    with accepting_server(starttls=serving_tls(trusted), pipelining="inside TLS", refuse=refuse) as server:
        connection = connect(server, EMAIL_USE_TLS=True)
        assert isinstance(connection, PipelinedSMTP)
        assert connection.has_extn("pipelining")
        outcomes = hand_over(connection, map(envelope, range(100)))
        assert [outcome.verdict is Verdict.REFUSED for outcome in outcomes] == [key % 3 == 0 for key in range(100)]
        assert all(f"p{outcome.key}@" in outcome.reply for outcome in outcomes)
        assert len(server.accepted) == 66
        assert server.connections == 1


def test_tls_from_the_first_byte(connect, trusted):
    with accepting_server(tls=serving_tls(trusted)) as server:
        connection = connect(server, EMAIL_USE_SSL=True)
        assert isinstance(connection, PipelinedSMTP_SSL)
        hand_over(connection, [envelope(0), envelope(1)])
        assert [mail.body for mail in server.accepted] == [text_for("p0"), text_for("p1")]


@pytest.mark.parametrize("kind", ["starttls", "tls"])
def test_nothing_is_sent_to_a_server_whose_certificate_is_unknown(connect, certificate, kind):
    with accepting_server(**{kind: serving_tls(certificate)}) as server:
        with pytest.raises(ServerRefusesUs, match="certificate is not one we trust"):
            connect(server, **{"EMAIL_USE_TLS" if kind == "starttls" else "EMAIL_USE_SSL": True})
        assert server.accepted == []


def test_name_and_password_are_given(connect, trusted):
    with accepting_server(starttls=serving_tls(trusted), login=("plum", "right")) as server:
        login = {"EMAIL_USE_TLS": True, "EMAIL_HOST_USER": "plum", "EMAIL_HOST_PASSWORD": "right"}
        hand_over(connect(server, **login), [envelope(0)])
        assert server.recipients == ["p0@example.org"]


def test_a_wrong_password_stops_everything_and_is_not_repeated_in_the_reason(connect, trusted):
    with accepting_server(starttls=serving_tls(trusted), login=("plum", "right")) as server:
        login = {"EMAIL_USE_TLS": True, "EMAIL_HOST_USER": "plum", "EMAIL_HOST_PASSWORD": "a wrong one"}
        with pytest.raises(ServerRefusesUs, match="name and password") as refusal:
            connect(server, **login)
        assert "wrong one" not in str(refusal.value)


def test_a_password_is_not_sent_where_tls_was_asked_for_and_is_not_offered(connect):
    with scripted_server() as server, pytest.raises(ServerRefusesUs, match="does not offer"):
        connect(server, EMAIL_USE_TLS=True, EMAIL_HOST_USER="plum", EMAIL_HOST_PASSWORD="right")


@pytest.mark.parametrize(
    ("rule", "refusal"),
    [
        (Rule(At.CONNECT, "554 nobody from your network"), ServerRefusesUs),
        (Rule(At.CONNECT, "421 too busy"), ServerAway),
        (Rule(At.CONNECT, "450 not now"), ServerAway),
        (Rule(At.CONNECT, then=Then.DROP), ServerAway),
        (Rule(At.CONNECT, "Hello?"), ServerAway),
    ],
    ids=str,
)
def test_a_server_that_does_not_greet_us(connect, rule, refusal):
    with scripted_server({"*": rule}) as server, pytest.raises(refusal):
        connect(server)


def test_a_server_that_is_not_there_is_away(connect):
    with scripted_server() as server:
        pass
    with pytest.raises(ServerAway, match="cannot be reached"):
        connect(server)


def test_a_silent_server_is_away(connect):
    with scripted_server({"*": Rule(At.CONNECT, then=Then.HANG)}) as server, pytest.raises(ServerAway):
        connect(server, EMAIL_TIMEOUT=0.2)


def test_tls_on_a_port_that_does_not_speak_it_is_a_matter_of_settings(connect):
    with scripted_server() as server, pytest.raises(ServerRefusesUs, match="TLS on this port"):
        connect(server, EMAIL_USE_SSL=True)


@pytest.mark.parametrize(
    "notices",
    [
        {"EMAIL_BACKEND": f"{BACKENDS}.nowhere.EmailBackend"},
        {"EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend", "EMAIL_USE_TLS": True, "EMAIL_USE_SSL": True},
    ],
    ids=["no such backend", "both kinds of TLS"],
)
def test_settings_that_cannot_be_used_say_so(settings, notices):
    settings.NOTICES_EMAIL = notices
    with pytest.raises(ServerRefusesUs, match="settings cannot be used"):
        open_connection(settings)


def test_without_a_server_of_their_own_notices_leave_by_that_for_all_mail(settings):
    with scripted_server() as server:
        settings.NOTICES_EMAIL = {}
        settings.EMAIL_BACKEND = f"{BACKENDS}.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        connection = open_connection(settings, patience=33)
        assert isinstance(connection, PipelinedSMTP)
        assert connection.sock.gettimeout() == 33
        hand_over(connection, [envelope(0)])
        assert server.recipients == ["p0@example.org"]


@pytest.mark.parametrize("name", [None, "other"])
def test_a_server_of_their_own_never_learns_the_other_password(settings, connect, name):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD, settings.EMAIL_USE_TLS = "plum", "secret", True
    with scripted_server() as server:
        # It offers neither TLS nor a way to sign in.
        connection = connect(server, EMAIL_HOST_USER=name, EMAIL_HOST_PASSWORD=None)
        hand_over(connection, [envelope(0)])
        assert server.recipients == ["p0@example.org"]


def test_another_backend_gets_the_mail_in_parts_and_whole(settings):
    settings.NOTICES_EMAIL = {}
    connection = open_connection(settings)
    assert isinstance(connection, OneByOne)
    outcomes = hand_over(connection, [envelope(0), envelope(1)])
    assert [(outcome.key, outcome.verdict) for outcome in outcomes] == [(0, Verdict.ACCEPTED), (1, Verdict.ACCEPTED)]
    sent = mail.outbox[0]
    assert (sent.subject, sent.to, sent.recipients()) == ("Amended", ["p0@example.org"], ["p0@example.org"])
    assert sent.body.splitlines()[:3] == ["Hello p0", ".", "..two"]
    assert sent.extra_headers["Message-ID"] == "<m.p0@plum.example>"
    assert sent.envelope_sender == "notices+p0@plum.example"
    assert sent.message().as_bytes() == text_for("p0")


def test_a_file_holds_the_very_bytes(settings, tmp_path):
    settings.NOTICES_EMAIL = {"EMAIL_BACKEND": f"{BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": str(tmp_path)}
    hand_over(open_connection(settings), [envelope(0), envelope(1)])
    (file,) = tmp_path.iterdir()
    assert file.read_bytes().startswith(text_for("p0"))
    assert text_for("p1") in file.read_bytes()


def test_the_console_shows_the_mail(settings, capsys):
    settings.NOTICES_EMAIL = {"EMAIL_BACKEND": f"{BACKENDS}.console.EmailBackend"}
    hand_over(open_connection(settings), [envelope(0)])
    assert "Hello p0" in capsys.readouterr().out


def test_both_forms_reach_a_backend_that_sends_parts(settings):
    settings.NOTICES_EMAIL = {}
    long = f"<https://plum.example/account/unsubscribe/{'t' * 80}>"
    body = (
        b"Message-ID: <m@plum.example>\r\nFrom: Plum <policies@plum.example>\r\nTo: p0@example.org\r\n"
        b"Subject: Amended\r\nList-Unsubscribe: " + long.encode() + b"\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n'
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n--b--\r\n"
    )
    hand_over(open_connection(settings), [envelope(0, body=body)])
    (sent,) = mail.outbox
    assert (sent.from_email, sent.body) == ("Plum <policies@plum.example>", "plain")
    assert [(part.content, part.mimetype) for part in sent.alternatives] == [("<p>rich</p>", "text/html")]
    assert sent.extra_headers == {"Message-ID": "<m@plum.example>", "List-Unsubscribe": long}
    assert sent.message().as_bytes() == body


@pytest.mark.parametrize(
    ("rule", "verdict", "code", "everybody"),
    [
        (None, Verdict.ACCEPTED, 250, False),
        (Rule(At.MAIL, "550 not from you,"), Verdict.REFUSED, 550, True),
        (Rule(At.RCPT, "450 not now,"), Verdict.LATER, 450, False),
        (Rule(At.RCPT, "550 unknown,"), Verdict.REFUSED, 550, False),
        (Rule(At.RCPT, "421 too busy,"), Verdict.NOT_HANDED_OVER, 421, False),
        (Rule(At.DATA, "554 no data,"), Verdict.REFUSED, 554, False),
        (Rule(At.DOT, "451 not now,"), Verdict.LATER, 451, False),
        (Rule(At.DOT, then=Then.DROP), Verdict.DOUBT, 0, False),
        (Rule(At.CONNECT, "450 not now"), Verdict.NOT_HANDED_OVER, 0, False),
    ],
    ids=str,
)
def test_what_another_backend_raises_is_understood(rule, verdict, code, everybody):
    with scripted_server({"*": rule} if rule else {}) as server:
        connection = OneByOne(EmailBackend(server.host, server.port))
        (outcome,) = hand_over(connection, [envelope(0)])
        assert (outcome.verdict, outcome.code, outcome.everybody) == (verdict, code, everybody)
        assert [taken.body for taken in server.accepted] == ([] if rule else [text_for("p0")])


def test_an_address_that_could_end_the_command_is_not_given_to_another_backend(settings):
    settings.NOTICES_EMAIL = {}
    (outcome,) = hand_over(open_connection(settings), [envelope(0, recipient="a@b\r\nBcc: c@d")])
    assert (outcome.verdict, outcome.code) == (Verdict.REFUSED, 553)
    assert mail.outbox == []
