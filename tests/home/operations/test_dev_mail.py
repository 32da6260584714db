"""The mail of this machine, in the browser while developing and nowhere else."""

import pytest
from django.core.mail import send_mail

from tests.making.people import text_of


@pytest.fixture
def into_files(settings, tmp_path, db):
    settings.DEBUG = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return settings


def test_the_newest_mail_is_first_and_links_are_clickable(client, into_files):
    send_mail("First", "Go to https://testserver/account/?a=1&b=2 please – it is “safe”.", None, ["ann@example.org"])
    send_mail("Second", "Your code is 123456.", None, ["bob@example.org"])
    response = client.get("/dev/mail/")
    page, html = text_of(response), response.content.decode()
    assert page.index("Second") < page.index("First")
    assert 'href="https://testserver/account/?a=1&amp;b=2"' in html
    assert "it is “safe”." in page
    assert "To bob@example.org" in page


def test_several_mails_of_one_connection_are_told_apart(client, into_files):
    from django.core.mail import EmailMessage, get_connection

    messages = [EmailMessage(f"Mail {n}", "Text", None, ["ann@example.org"]) for n in range(3)]
    get_connection().send_messages(messages)
    assert [mail.subject for mail in client.get("/dev/mail/").context["mails"]] == ["Mail 2", "Mail 1", "Mail 0"]


def test_what_is_in_a_mail_is_shown_as_text(client, into_files):
    send_mail("<script>x</script>", "<b>bold</b>", None, ["ann@example.org"])
    html = client.get("/dev/mail/").content.decode()
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;bold" in html


def test_no_mail_yet_is_a_page_too(client, into_files):
    assert "No mail was sent yet" in text_of(client.get("/dev/mail/"))
    del into_files.EMAIL_FILE_PATH
    assert "No mail was sent yet" in text_of(client.get("/dev/mail/"))


def test_outside_development_there_is_no_such_page(client, into_files):
    into_files.DEBUG = False
    assert client.get("/dev/mail/").status_code == 404
