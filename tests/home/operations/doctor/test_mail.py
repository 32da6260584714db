"""The doctor logs in at the mail server, sends a test mail if asked, and says what DNS should say."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from tests.making.contact import an_organisation
from tests.making.doctor import found, is_well, to_do
from tests.policies.notices.servers import accepting_server


def use(settings, host: str, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


def test_a_server_that_lets_us_in_is_well(settings):
    with accepting_server() as server:
        use(settings, "127.0.0.1", server.port)
        assert is_well("mail"), found("mail")


def test_one_that_is_away_is_named(settings):
    use(settings, "127.0.0.1", 1)
    said = to_do("mail")
    assert "127.0.0.1:1 does not let us in" in said
    assert "EMAIL_URL" in said


def test_one_that_does_not_know_us_is_told_in_its_own_words(settings):
    with accepting_server() as server:
        use(settings, "127.0.0.1", server.port)
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "plum", "mighty"
        said = to_do("mail")
        assert "does not let us in" in said
        assert "mighty" not in said


def test_a_folder_for_mails_is_no_server():
    assert found("mail")["verdict"] == "not asked"


@pytest.mark.django_db
def test_a_test_mail_goes_to_whoever_is_named_and_to_nobody_else():
    printed = StringIO()
    call_command("doctor", "--only", "time-zones", "--mail", "me@example.org", stdout=printed)
    assert "Test mail: It was taken." in printed.getvalue()
    assert [message.to for message in mail.outbox] == [["me@example.org"]]


@pytest.mark.django_db
def test_a_test_mail_that_is_not_taken_ends_with_one(settings):
    use(settings, "127.0.0.1", 1)
    printed = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", "--only", "time-zones", "--mail", "me@example.org", stdout=printed)
    assert "It was not taken" in printed.getvalue()


@pytest.mark.django_db
def test_the_records_are_those_of_the_domain_that_mail_comes_from(settings):
    an_organisation(sender="office@acme.example")
    settings.EMAIL_HOST = "mail.acme.example"
    records = found("dns")["advice"].splitlines()
    assert records[0] == 'acme.example.  TXT  "v=spf1 mx a:mail.acme.example -all"'
    assert [line.split()[0] for line in records] == [
        "acme.example.",
        "mail._domainkey.acme.example.",
        "_dmarc.acme.example.",
    ]
