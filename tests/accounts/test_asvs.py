"""OWASP ASVS 5.0, signing in: one test for each item that is ours, named after it.

What is not met is in docs/decisions/0006.
"""

import pytest
from django.conf import settings as live
from django.test import Client

from accounts.models import User
from accounts.second_factor.models import RecoveryCode
from tests.making.people import (
    NEW_PASSWORD,
    PASSWORD,
    a_person,
    an_app,
    an_editor,
    code_of,
    confirm_identity,
    link_in,
    mails_to,
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


def recovery_codes_of(client, person) -> list[str]:
    """The codes as they stand on the page that shows them, once."""
    response = client.post("/account/security/second-factor/recovery-codes/")
    return response.context["codes"]


def reset(client, ann):
    client.post("/account/password/reset/", {"email": ann.email})
    form = client.get(link_in(mails_to(ann.email)[0]), follow=True)
    client.post(form.context["action_url"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})


WAYS_IN = {
    "sign-in": lambda client, ann: sign_in(client),
    "reset": reset,
    "force_login": lambda client, ann: client.force_login(ann),
    "cms": lambda client, ann: client.post("/cms/login/", {"username": ann.email, "password": PASSWORD}),
    "private page": lambda client, ann: client.post("/_util/login/", {"username": ann.email, "password": PASSWORD}),
}


PROBES = {
    "sign in": lambda client, address: sign_in(client, address, "wrong password 123", follow=True),
    "sign up": lambda client, address: client.post(
        "/account/signup/", {"email": address, "password1": PASSWORD, "password2": PASSWORD}, follow=True
    ),
    "reset": lambda client, address: client.post("/account/password/reset/", {"email": address}, follow=True),
}


def test_asvs_6_3_1_signing_in_is_limited_and_locks_nobody_out_for_ever(freezer, client, ann):
    for _ in range(5):
        sign_in(client, password="wrong password 123")
    assert "Too many tries." in text_of(sign_in(client))
    freezer.tick(301)
    assert sign_in(client).url == "/account/"


def test_asvs_6_3_1_guessing_from_one_address_is_stopped(client, db):
    answers = [sign_in(client, f"somebody{n}@example.org", "wrong password 123") for n in range(11)]
    assert "is not right" in text_of(answers[9])
    assert "Too many tries." in text_of(answers[10])


def test_asvs_6_3_1_a_flood_gets_a_page_that_says_what_to_do(client, db):
    for n in range(21):
        answer = client.post("/account/password/reset/", {"email": f"somebody{n}@example.org"})
    assert answer.status_code == 429
    assert "Wait five minutes" in text_of(answer)


def test_asvs_6_3_1_guessing_codes_gets_slower_and_slower(client, ann):
    phone = an_app(ann)
    sign_in(client)
    give(client, phone, "000000")
    assert "Too many wrong codes. Wait" in text_of(give(client, phone, "000001"))


def test_asvs_6_3_2_there_are_no_accounts_to_begin_with(db):
    assert not User.objects.exists()


def test_asvs_6_3_3_editors_are_never_without_a_second_factor(client, edith):
    client.force_login(edith)
    assert client.get("/cms/").url.startswith("/account/security/second-factor/")


@pytest.mark.parametrize("way", WAYS_IN)
def test_asvs_6_3_4_no_way_in_leads_round_the_second_factor(client, ann, way):
    an_app(ann)
    WAYS_IN[way](client, ann)
    assert not is_in(client)


def test_asvs_6_3_6_no_way_in_is_the_mailbox_alone(client, ann):
    assert not live.ACCOUNT_LOGIN_ON_PASSWORD_RESET
    assert client.get("/account/login/code/").status_code == 404
    reset(client, ann)
    assert not is_in(client)


def test_asvs_6_3_7_changes_to_what_one_signs_in_with_are_mailed(client, ann):
    sign_in(client)
    client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    confirm_identity(client, NEW_PASSWORD)
    client.post("/account/email/", {"email": "new@example.org", "action_add": ""})
    client.post(link_in(mails_to("new@example.org")[0]))
    assert [message.subject for message in mails_to("ann@example.org")] == [
        "Your password was changed",
        "Your e-mail address was changed",
    ]
    assert "If it was not you" in mails_to("ann@example.org")[0].body


@pytest.mark.parametrize("probe", PROBES)
@pytest.mark.parametrize("known", ["ann@example.org", "ANN@example.org", "unconfirmed@example.org"])
def test_asvs_6_3_8_nobody_finds_out_who_has_an_account(probe, known):
    a_person("ann@example.org")
    a_person("unconfirmed@example.org", verified=False)
    pages = [PROBES[probe](Client(), address) for address in (known, "nobody@example.org")]
    said = [
        text_of(page).replace(asked.lower(), "X")
        for page, asked in zip(pages, (known, "nobody@example.org"), strict=True)
    ]
    assert said[0] == said[1]
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert pages[0].cookies.keys() == pages[1].cookies.keys()


def test_asvs_6_4_1_mailed_links_are_good_for_a_short_time():
    assert live.PASSWORD_RESET_TIMEOUT <= 3600
    assert live.ACCOUNT_LOGIN_BY_CODE_TIMEOUT <= 600


def test_asvs_6_4_3_a_reset_password_does_not_reset_the_second_factor(client, ann):
    phone = an_app(ann)
    reset(client, ann)
    assert sign_in(client, password=NEW_PASSWORD).url == GIVE
    assert not is_in(client)
    assert give(client, phone).url == "/account/"


def test_asvs_6_4_6_staff_cannot_choose_somebodys_password(client, verified):
    verified(client, an_editor())
    ann = a_person()
    fields = {"email": ann.email, "is_active": "on", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(f"/cms/users/edit/{ann.pk}/", fields)
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)


def test_asvs_6_5_1_a_code_is_good_once(client, ann):
    phone = an_app(ann)
    code = code_of(phone)
    sign_in(client)
    assert give(client, phone, code).url == "/account/"
    other = Client()
    sign_in(other)
    assert "has been used already" in text_of(give(other, phone, code))
    assert not is_in(other)


def test_asvs_6_5_2_recovery_codes_are_kept_as_hashes(client, ann, verified):
    verified(client, ann)
    confirm_with(client, ann.totpdevice_set.get())
    codes = [code.replace("-", "") for code in recovery_codes_of(client, ann)]
    kept = RecoveryCode.objects.values_list("hash", flat=True)
    assert len(codes) == len(kept) == 10
    assert not any(code in kept_hash or code[:12] in kept_hash for code in codes for kept_hash in kept)


def test_asvs_6_5_5_a_code_lives_thirty_seconds(freezer, client, ann):
    phone = an_app(ann)
    old = code_of(phone)
    freezer.tick(30)
    sign_in(client)
    assert "not right" in text_of(give(client, phone, old))


def test_asvs_6_5_6_a_lost_device_is_taken_back_at_once(client, ann, verified):
    verified(client, ann)
    assert is_in(client)
    ann.totpdevice_set.all().delete()
    assert not is_in(client)


def test_asvs_6_6_2_a_mailed_code_is_good_in_the_window_that_asked_for_it_only(client, edith):
    def asked_for_by(browser) -> str:
        sign_in(browser, edith.email)
        return mails_to(edith.email)[-1].body.split("\n\n")[2].strip()

    code, other = asked_for_by(client), Client()
    asked_for_by(other)
    assert "This code is not right." in text_of(other.post("/account/login/code/confirm/", {"code": code}))
    assert client.post("/account/login/code/confirm/", {"code": code}).url == "/account/"
