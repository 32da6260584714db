"""Setting up an authenticator app: shown to its owner only, confirmed by a code; then all else is signed out."""

import base64
import re

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.accounts.second_factor.steps import HOME, address, code_now, confirm_identity, recovery_device, who
from tests.making.people import mails_to, sign_in, text_of

SET_UP = HOME + "app/"


@pytest.fixture
def ready(client, person):
    """The person's browser, signed in and confirmed."""
    sign_in(client)
    confirm_identity(client)
    return client


@pytest.fixture
def offered(ready, person):
    ready.get(SET_UP)
    return TOTPDevice.objects.get(user=person)


def confirm(client, device, code=None, name="My phone", **extra):
    data = {"app": device.pk, "name": name, "otp_token": code or code_now(device)}
    return client.post(extra.pop("path", SET_UP), data, **extra)


def test_the_password_is_asked_for_first(client, person, clock):
    sign_in(client)
    clock.tick(301)
    assert client.get(SET_UP).url == f"/account/reauthenticate/?next={SET_UP.replace('/', '%2F')}"
    assert not TOTPDevice.objects.exists()


def test_nobody_is_sent_to_sign_in(client, db):
    assert client.get(SET_UP).url == f"/account/login/?next={SET_UP}"


def test_the_key_is_shown_as_a_picture_and_in_groups(ready, offered):
    html = ready.get(SET_UP).content.decode()
    key = base64.b32encode(offered.bin_key).decode()
    assert " ".join(re.findall("....", key)) in html
    assert "<svg " in html
    assert f"secret={key}" in html  # the link for the phone itself


def test_the_picture_keeps_to_the_sites_policy(ready, offered):
    response = ready.get(SET_UP)
    picture = re.search(r"<svg.*?</svg>", response.content.decode(), re.DOTALL)[0]
    assert "style" not in picture
    assert "<script" not in picture
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


def test_it_is_kept_by_no_cache(ready):
    assert "no-store" in ready.get(SET_UP)["Cache-Control"]


def test_reloading_shows_the_same_key_and_an_hour_later_another(ready, person, clock):
    ready.get(SET_UP)
    ready.get(SET_UP)
    assert TOTPDevice.objects.count() == 1
    clock.tick(3601)
    sign_in(ready)
    confirm_identity(ready)
    ready.get(SET_UP)
    assert TOTPDevice.objects.count() == 2


def test_an_app_begun_locks_nobody_out(client, ready, offered):
    other = Client()
    assert sign_in(other).url == "/account/"


def test_a_first_code_sets_it_up_and_shows_ten_recovery_codes(ready, offered, heard):
    response = confirm(ready, offered, name="Ann's phone")
    codes = re.findall(r"\b(?:[a-z2-9]{4}-){5}[a-z2-9]{4}\b", text_of(response))
    assert len(set(codes)) == 10
    assert "They are shown only now" in text_of(response)
    assert "no-store" in response["Cache-Control"]
    offered.refresh_from_db()
    assert (offered.confirmed, offered.name, offered.tolerance) == (True, "Ann's phone", 0)
    assert heard == [("added", "Ann's phone")]


def test_the_codes_shown_are_the_codes_that_work(ready, offered, other_browser, person):
    response = confirm(ready, offered)
    code = re.findall(r"\b(?:[a-z2-9]{4}-){5}[a-z2-9]{4}\b", text_of(response))[0]
    sign_in(other_browser)
    recovery = recovery_device(person)
    data = {"otp_device": recovery.persistent_id, "otp_token": code.upper().replace("-", " ")}
    assert other_browser.post("/account/login/second-factor/", data).url == "/account/"


def test_the_session_that_set_it_up_is_verified_by_it(ready, offered, person):
    confirm(ready, offered)
    assert ready.session[DEVICE_ID_SESSION_KEY] == offered.persistent_id
    assert who(ready) == person.email


def test_asvs_7_2_4_that_session_gets_another_key_so_that_a_copy_of_its_cookie_does_not_rise_with_it(
    ready, offered, other_browser, settings
):
    other_browser.cookies[settings.SESSION_COOKIE_NAME] = ready.session.session_key
    assert who(other_browser) != "nobody"
    confirm(ready, offered)
    assert who(other_browser) == "nobody"
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [ready.session.session_key]


def test_asvs_7_4_3_every_other_session_ends(client, person, other_browser):
    sign_in(other_browser)
    sign_in(client)
    confirm_identity(client)
    client.get(SET_UP)
    confirm(client, TOTPDevice.objects.get())
    assert who(other_browser) == "nobody"
    assert not other_browser.session.get("_auth_user_id")


def test_asvs_6_3_7_the_person_is_told_by_mail(ready, offered, person):
    confirm(ready, offered, name="Ann & Co <phone>")
    mail = mails_to(person.email)[-1]
    assert mail.subject == "A second step was added to your account"
    assert "Authenticator app “Ann & Co <phone>” was added" in mail.body


def test_a_wrong_first_code_changes_nothing_and_says_what_to_do(ready, offered):
    response = confirm(ready, offered, code="000000")
    assert "see that the clock of your phone is set by itself" in text_of(response)
    assert base64.b32encode(offered.bin_key).decode()[:4] in text_of(response)  # the same key is still there
    offered.refresh_from_db()
    assert not offered.confirmed


def test_a_code_of_another_step_does_not_teach_the_site_a_wrong_clock(ready, offered, clock):
    late = code_now(offered)
    clock.tick(30)
    confirm(ready, offered, code=late)
    offered.refresh_from_db()
    assert (offered.confirmed, offered.drift) == (False, 0)


def test_the_code_that_set_it_up_is_used_up(ready, offered, other_browser):
    code = code_now(offered)
    confirm(ready, offered, code)
    sign_in(other_browser)
    data = {"otp_device": offered.persistent_id, "otp_token": code}
    assert other_browser.post("/account/login/second-factor/", data).status_code == 200


def test_sent_twice_it_is_set_up_once_and_the_codes_stay(ready, offered, person):
    confirm(ready, offered)
    hashes = set(recovery_device(person).codes.values_list("hash", flat=True))
    again = confirm(ready, offered, follow=True)
    assert "set up already" in text_of(again)
    assert set(recovery_device(person).codes.values_list("hash", flat=True)) == hashes


@pytest.mark.parametrize("number", ["", "0", "x", "999999", "²"])
def test_a_number_tampered_with_changes_nothing(ready, offered, number):
    response = ready.post(SET_UP, {"app": number, "name": "x", "otp_token": code_now(offered)})
    assert response.url == address("overview")
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_somebody_elses_key_cannot_be_confirmed(ready, stranger):
    theirs = stranger.totpdevice_set.create(name="Theirs", confirmed=False, tolerance=0)
    confirm(ready, theirs)
    theirs.refresh_from_db()
    assert not theirs.confirmed


def test_a_second_app_needs_the_first_and_keeps_the_recovery_codes(whole, app, enrolled, clock):
    assert whole.get(SET_UP).status_code == 302
    confirm_identity(whole, app)
    whole.get(SET_UP)
    hashes = set(recovery_device(enrolled).codes.values_list("hash", flat=True))
    tablet = TOTPDevice.objects.get(confirmed=False)
    response = confirm(whole, tablet, name="My tablet", follow=True)
    assert "“My tablet” is set up." in text_of(response)
    assert set(recovery_device(enrolled).codes.values_list("hash", flat=True)) == hashes
    assert whole.session[DEVICE_ID_SESSION_KEY] == app.persistent_id


def test_an_editor_is_told_why_and_goes_on_to_the_cms(client, editor):
    client.force_login(editor)
    confirm_identity(client)
    path = SET_UP + "?next=%2Fcms%2F"
    assert "Editors need a second step" in text_of(client.get(path))
    response = confirm(client, TOTPDevice.objects.get(), path=path)
    assert response.context["onward"] == "/cms/"
    kept = client.post(HOME + "recovery-codes/kept/", {"made_at": response.context["made_at"], "next": "/cms/"})
    assert kept.url == "/cms/"
    assert client.get("/cms/").status_code == 200


def test_nobody_is_sent_on_to_another_website(ready, offered):
    response = confirm(ready, offered, path=SET_UP + "?next=https://evil.example/")
    assert "evil.example" not in response.content.decode()


def test_a_mail_server_out_of_reach_does_not_undo_it(ready, offered, person, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "Keep these recovery codes" in text_of(confirm(ready, offered))
    assert who(ready) == person.email
