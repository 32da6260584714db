"""OWASP ASVS 5.0, cookies, sessions and the log: one test for each item, named after it."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as live
from django.core import mail
from django.test import Client

from plum.settings import production
from tests.making.people import (
    NEW_PASSWORD,
    PASSWORD,
    a_person,
    an_app,
    an_editor,
    code_of,
    confirm_identity,
    sign_in,
    text_of,
)

pytestmark = pytest.mark.django_db
GIVE = "/account/login/second-factor/"


def is_in(client) -> bool:
    return client.get("/account/").status_code == 200


def give(client, device, token=None):
    return client.post(GIVE, {"otp_device": device.persistent_id, "otp_token": token or code_of(device)})


def confirm_with(client, device):
    return confirm_identity(client, otp_device=device.persistent_id, otp_token=code_of(device))


def test_asvs_3_3_1_cookies_are_secure_and_bound_to_the_host(client, ann):
    response = sign_in(client)
    cookie = response.cookies["__Host-sessionid"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    assert production.CSRF_COOKIE_NAME.startswith("__Host-")
    assert production.CSRF_COOKIE_SECURE


def test_asvs_3_3_2_cookies_are_not_sent_by_other_sites(client, ann):
    response = sign_in(client)
    assert response.cookies["__Host-sessionid"]["samesite"] == "Lax"
    assert production.CSRF_COOKIE_SAMESITE == "Lax"


def test_asvs_3_3_4_the_session_cookie_is_not_for_scripts(client, ann):
    assert sign_in(client).cookies["__Host-sessionid"]["httponly"] is True


def test_asvs_7_2_4_the_session_key_is_new_at_sign_in_and_at_reauthentication(client, ann):
    client.get("/account/login/")
    sign_in(client)
    first = client.session.session_key
    confirm_identity(client)
    assert client.session.session_key != first
    stolen = Client()
    stolen.cookies["__Host-sessionid"] = first
    assert not is_in(stolen)


def test_asvs_7_3_1_a_session_not_used_ends(freezer, client, ann):
    sign_in(client)
    freezer.tick(live.SESSION_IDLE_LIMIT)
    assert not is_in(client)


def test_asvs_7_3_2_every_session_ends_one_day(freezer, client, ann):
    sign_in(client)
    for _ in range(int(live.SESSION_ABSOLUTE_LIMIT / live.SESSION_IDLE_LIMIT * 2)):
        freezer.tick(live.SESSION_IDLE_LIMIT / 2)
        client.get("/account/")
    assert not is_in(client)


def test_asvs_7_4_1_after_signing_out_the_cookie_is_nobodys(client, ann):
    sign_in(client)
    kept = client.cookies["__Host-sessionid"].value
    client.post("/account/logout/")
    client.cookies["__Host-sessionid"] = kept
    assert not is_in(client)


def test_asvs_7_4_2_an_account_switched_off_has_no_sessions(client, ann):
    sign_in(client)
    ann.is_active = False
    ann.save()
    assert not is_in(client)


def test_asvs_7_4_3_other_sessions_end_with_a_new_password_and_a_new_factor(client, ann):
    sign_in(client)
    other = Client()
    sign_in(other)
    client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert is_in(client)
    assert not is_in(other)
    sign_in(other, password=NEW_PASSWORD)
    confirm_identity(client, NEW_PASSWORD)
    form = client.get("/account/security/second-factor/app/").context
    data = {"name": "Phone", "otp_token": code_of(form["device"]), "app": form["device"].pk}
    client.post("/account/security/second-factor/app/", data)
    assert is_in(client)
    assert not is_in(other)


def test_asvs_7_4_4_signing_out_is_on_every_page_of_the_account(client, ann):
    sign_in(client)
    for page in ("", "details/", "security/", "preferences/", "sessions/"):
        assert 'action="/account/logout/"' in client.get(f"/account/{page}").content.decode()


def test_asvs_7_4_5_staff_end_somebodys_sessions(client, verified):
    edith, ann, browser = an_editor(), a_person(), Client()
    sign_in(browser)
    verified(client, edith)
    confirm_with(client, edith.totpdevice_set.get())
    client.post(f"/cms/accounts/{ann.pk}/reset/")
    assert not is_in(browser)
    assert not UserSession.objects.filter(user=ann).exists()


@pytest.mark.parametrize("path", ["email/", "security/second-factor/app/", "security/second-factor/recovery-codes/"])
def test_asvs_7_5_1_what_matters_asks_for_password_and_code(client, ann, verified, path):
    verified(client, ann)
    data = {"email": "new@example.org", "action_add": ""}
    asked = client.post(f"/account/{path}", data)
    assert asked.url.startswith("/account/reauthenticate/")
    assert "otp_token" in client.get(asked.url).content.decode()
    assert "There is a problem" in text_of(confirm_identity(client))
    assert client.post(f"/account/{path}", data).url.startswith("/account/reauthenticate/")


def test_asvs_7_5_1_so_does_the_password_itself(client, ann, verified):
    verified(client, ann)
    assert client.get("/account/password/change/").url.startswith("/account/reauthenticate/")


def test_asvs_7_5_2_people_see_their_sessions_and_end_them(client, ann):
    sign_in(client)
    other = Client()
    sign_in(other)
    assert client.get("/account/sessions/").context["session_count"] == 2
    client.post("/account/sessions/")
    assert not is_in(other)


def test_asvs_14_3_2_no_page_of_an_account_is_kept(client, ann):
    sign_in(client)
    assert "no-store" in client.get("/account/")["Cache-Control"]


def test_asvs_16_3_1_signing_in_and_failing_to_are_written_down(client, ann):
    sign_in(client, password="wrong password 123")
    sign_in(client)
    assert list(ann.security_events.values_list("kind", flat=True)) == ["signed_in", "password_refused"]


def test_asvs_16_2_5_neither_passwords_nor_codes_are_written_down(client, ann, caplog):
    phone = an_app(ann)
    with caplog.at_level("DEBUG"):
        sign_in(client, password="wrong password 123")
        sign_in(client)
        give(client, phone, "123456")
    said = caplog.text + "".join(str(vars(event)) for event in ann.security_events.all())
    assert not any(secret in said for secret in ("wrong password 123", PASSWORD, "123456", ann.email))
    assert not mail.outbox
