"""The page on which people take their data away: who may, how often, and who is told."""

import datetime as dt

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from freezegun import freeze_time

from accounts.models import DetailChange, SecurityEvent
from tests.accounts.personal_data.archives import URL, Opened, download
from tests.accounts.second_factor import steps
from tests.making.people import a_person, a_while_later, an_app, code_of, confirm_identity, mails_to, sign_in, text_of

DATA = "/account/data/"
STARTED = SecurityEvent.Kind.DATA_DOWNLOADED


@pytest.fixture
def confirmed(signed_in):
    """Ann's browser, where she has just confirmed that it is her."""
    confirm_identity(signed_in)
    return signed_in


def test_the_page_says_what_is_held_and_how_much(signed_in, ann):
    DetailChange.objects.create(person=ann, field="phone", old="1", new="2", by=ann)
    DetailChange.objects.create(person=ann, field="phone", old="2", new="3", by=ann)
    words = text_of(signed_in.get(DATA))
    assert "Changes of your details 2 entries" in words
    assert "Security log 1 entry " in words
    assert "Passkeys" in words
    assert "Pages you locked" not in words
    assert "You can start five downloads in an hour." in words


def test_the_page_is_in_the_menu_of_the_account(signed_in):
    assert f'href="{DATA}"' in signed_in.get("/account/").content.decode()


def test_visitors_are_asked_to_sign_in(client, db):
    for address in (DATA, URL):
        assert client.get(address).url == f"/account/login/?next={address}"
    assert client.post(URL).url.startswith("/account/login/")


def test_the_password_is_asked_for_first_and_then_the_button_comes(signed_in):
    asked = a_while_later(signed_in).post(URL)
    assert asked.url == URL
    asked = signed_in.get(URL)
    assert asked.url.startswith("/account/reauthenticate/")
    back = confirm_identity(signed_in, next=URL)
    assert back.url == URL
    assert "Download my data" in signed_in.get(back.url).content.decode()
    assert not SecurityEvent.objects.filter(kind=STARTED).exists()
    assert "index.html" in download(signed_in).names


def test_the_second_step_is_asked_for_too(client, ann):
    device = an_app(ann)
    sign_in(client)
    steps.give(client, device, code_of(device))
    a_while_later(client)
    confirm_identity(client)
    assert client.post(URL).status_code == 302
    steps.confirm_identity(client, device, code_of(device))
    assert client.post(URL).status_code == 200


def test_the_confirmation_counts_for_five_minutes(client, ann, freezer):
    sign_in(client)
    confirm_identity(client)
    freezer.tick(dt.timedelta(minutes=6))
    assert client.post(URL).status_code == 302


def test_the_answer_is_a_file_that_no_cache_keeps(confirmed):
    response = confirmed.post(URL)
    assert response["Content-Type"] == "application/zip"
    today = timezone.localdate()
    assert response["Content-Disposition"] == f'attachment; filename="testserver-data-{today}.zip"'
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response.streaming
    Opened(b"".join(response.streaming_content))


def test_looking_downloads_nothing(confirmed):
    assert confirmed.get(URL)["Content-Type"].startswith("text/html")
    assert confirmed.put(URL).status_code == 405
    assert not SecurityEvent.objects.filter(kind=STARTED).exists()


def test_each_download_is_shown_to_the_person(client, ann):
    sign_in(client, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    confirm_identity(client)
    assert "Your data was not downloaded yet" in text_of(client.get(DATA))
    response = client.post(URL, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", REMOTE_ADDR="192.0.2.7")
    b"".join(response.streaming_content)
    event = SecurityEvent.objects.get(kind=STARTED)
    assert (event.person, event.device, event.network) == (ann, "Firefox on Windows", "192.0.2.0/24")
    words = text_of(client.get(DATA))
    assert "Download of your data started Firefox on Windows 192.0.2.0/24" in words
    assert "If one was not you" in words
    assert "Download of your data started" in text_of(client.get("/account/security/"))


def test_a_download_holds_its_own_record(confirmed):
    assert "Download of your data started" in download(confirmed).text("csv/security-events.csv")


def test_the_person_is_told_by_mail_with_what_to_do(confirmed, ann):
    mail.outbox.clear()
    download(confirmed)
    [message] = mails_to(ann.email)
    assert message.subject == "Your data was downloaded"
    assert "https://testserver/account/data/" in message.body
    assert "If it was not you, reset your password at once" in message.body


def test_a_mail_server_out_of_reach_stops_no_download(confirmed, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    assert "index.html" in download(confirmed).names


def test_the_sixth_download_within_an_hour_is_refused_with_when_to_come_again(client, ann):
    with freeze_time("2026-11-23 10:00", ignore=["uuid"]) as clock:
        sign_in(client)
        for _ in range(5):
            confirm_identity(client)
            download(client)
            clock.tick(dt.timedelta(minutes=10))
        confirm_identity(client)
        refused = client.post(URL)
        assert refused.status_code == 429
        assert refused["Retry-After"] == "600"
        assert "You can start five downloads in an hour. The next one is possible in 10 minutes." in text_of(refused)
        assert SecurityEvent.objects.filter(kind=STARTED).count() == 5
        clock.tick(dt.timedelta(minutes=11))
        confirm_identity(client)
        download(client)


def test_what_others_download_does_not_count(confirmed, client):
    ben = a_person("ben@example.org")
    for _ in range(5):
        SecurityEvent.objects.create(person=ben, kind=STARTED)
    download(confirmed)


def test_two_downloads_at_once_are_both_whole(confirmed):
    first, second = confirmed.post(URL), confirmed.post(URL)
    halves = [[], []]
    for pieces in zip(first.streaming_content, second.streaming_content, strict=False):
        for half, piece in zip(halves, pieces, strict=True):
            half.append(piece)
    for response, half in zip((first, second), halves, strict=True):
        half.extend(response.streaming_content)
    one, two = (Opened(b"".join(half)) for half in halves)
    assert one.json("schema.json") == two.json("schema.json")
    assert len(two.rows("security-events")) == len(one.rows("security-events")) + 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_connection_that_breaks_half_way_leaves_nothing_behind(confirmed, ann):
    DetailChange.objects.bulk_create(
        DetailChange(person=ann, field="phone", old=str(n), new="x" * 50, by=ann) for n in range(2000)
    )
    response = confirmed.post(URL)
    next(iter(response.streaming_content))
    response.close()
    assert list(response.streaming_content) == []
    assert default_storage.listdir("")[1] == []
    assert SecurityEvent.objects.filter(kind=STARTED).count() == 1
    assert download(confirmed).json("manifest.json")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_database_is_let_go_of_before_the_first_byte(client):
    ann = a_person()
    sign_in(client)
    confirm_identity(client)
    response = client.post(URL)
    assert not connection.in_atomic_block
    ann.detail_changes.create(field="phone", old="", new="later", by=ann)
    pieces = iter(response.streaming_content)
    first = next(pieces)
    if connection.vendor == "postgresql":  # SQLite in memory has one connection, which stays
        assert connection.connection is None
    assert Opened(first + b"".join(pieces)).rows("changed-details") == []


def test_a_download_is_asked_for_with_a_token_of_the_form(ann, settings):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    assert client.post(URL).status_code == 403
