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


HTML = '<h1 style="color: red">Hello</h1><script>alert(1)</script><img src="https://example.org/x.png">'


def test_the_html_of_a_mail_is_shown_at_an_address_of_its_own_where_nothing_can_run(client, into_files):
    send_mail("Notice", "Hello", None, ["ann@example.org"], html_message=HTML)
    [mail] = client.get("/dev/mail/").context["mails"]
    address = f"/dev/mail/{mail.key}/"
    assert f'href="{address}"' in client.get("/dev/mail/").content.decode()
    shown = client.get(address)
    assert shown.content.decode().strip() == HTML
    rules = dict(rule.strip().partition(" ")[::2] for rule in shown["Content-Security-Policy"].split(";"))
    assert rules["default-src"] == "'none'"
    assert "allow-scripts" not in rules["sandbox"]
    assert "allow-same-origin" not in rules["sandbox"]
    assert not {"script-src", "img-src", "connect-src"} & set(rules)


def test_a_mail_without_html_has_no_such_address(client, into_files):
    send_mail("Plain", "Hello", None, ["ann@example.org"])
    [mail] = client.get("/dev/mail/").context["mails"]
    assert "/dev/mail/" + mail.key not in client.get("/dev/mail/").content.decode()
    assert client.get(f"/dev/mail/{mail.key}/").status_code == 404


def test_outside_development_the_html_is_not_shown_either(client, into_files):
    send_mail("Notice", "Hello", None, ["ann@example.org"], html_message=HTML)
    [mail] = client.get("/dev/mail/").context["mails"]
    into_files.DEBUG = False
    assert client.get(f"/dev/mail/{mail.key}/").status_code == 404
