"""Recovery codes: kept as hashes, each good once, made anew on request."""

import math
import re
from urllib.parse import unquote

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django_otp.test_utils import TestCase, ThrottlingTestMixin, TimestampTestMixin

from accounts.second_factor.changing import NothingToRecover, make_recovery_codes
from accounts.second_factor.models import ALPHABET, LENGTH, RecoveryCode, RecoveryDevice
from tests.accounts.second_factor.steps import GIVE, HOME, confirm_identity, give, recovery_device, who
from tests.making.people import mails_to, sign_in, text_of

MAKE = HOME + "recovery-codes/"
KEPT = MAKE + "kept/"


class TestRecoveryDevice(ThrottlingTestMixin, TimestampTestMixin, TestCase):
    """django-otp's own tests of what a device of its kind has to do."""

    def setUp(self):
        self.device = RecoveryDevice.objects.create(user=self.create_user("ann@example.org", "x"), name="Codes")
        self.code = self.device.generate()[0]

    def valid_token(self):
        return self.code

    def invalid_token(self):
        return "aaaa-aaaa-aaaa-aaaa"


def test_asvs_6_5_2_no_code_stands_in_the_table(codes):
    stored = " ".join(RecoveryCode.objects.values_list("hash", flat=True))
    for code in codes:
        assert not any(group in stored for group in (code.replace("-", ""), code.replace("-", "")[:12]))
    assert all(re.fullmatch("[0-9a-f]{64}", found.hash) for found in RecoveryCode.objects.all())


def test_asvs_6_5_2_a_code_is_random_enough_for_a_fast_hash():
    assert math.log2(len(set(ALPHABET)) ** LENGTH) >= 112


def test_the_hash_of_one_persons_code_is_of_no_use_for_another(enrolled, codes, stranger):
    theirs = RecoveryDevice.objects.create(user=stranger, name="Codes")
    theirs.codes.create(hash=recovery_device(enrolled).codes.first().hash)
    assert not any(theirs.verify_token(code) for code in codes)


def test_codes_are_long_and_differ(codes):
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"(?:[a-hjkmnp-z2-9]{4}-){5}[a-hjkmnp-z2-9]{4}", code) for code in codes)


def test_a_code_opens_a_session_and_is_used_up(client, other_browser, enrolled, codes, heard):
    recovery = recovery_device(enrolled)
    sign_in(client)
    assert give(client, recovery, codes[3]).url == "/account/"
    assert who(client) == enrolled.email
    assert recovery.codes.count() == 9
    assert heard == [("recovery code used", "Recovery codes")]
    sign_in(other_browser)
    assert "That recovery code is not right" in text_of(give(other_browser, recovery, codes[3]))


@pytest.mark.parametrize(
    "typed", [str.upper, lambda code: code.replace("-", ""), lambda code: f" {code[:9]} {code[9:]}"]
)
def test_however_it_is_typed(client, enrolled, codes, typed):
    sign_in(client)
    assert give(client, recovery_device(enrolled), typed(codes[0])).status_code == 302


def test_its_owner_is_told_by_mail(client, enrolled, codes):
    sign_in(client)
    give(client, recovery_device(enrolled), codes[0])
    mail = mails_to(enrolled.email)[-1]
    assert mail.subject == "A recovery code was used for your account"
    assert "You have 9 left" in mail.body


@pytest.mark.parametrize("code", ["a", "abcd", "abcd-efgh", "½½½½", "\u0130" * 20, "aaaa" * 16])
def test_half_a_code_and_nonsense_open_nothing(client, enrolled, codes, code):
    sign_in(client)
    assert give(client, recovery_device(enrolled), code).status_code == 200
    assert who(client) == "nobody"


def test_after_a_wrong_one_the_page_still_asks_for_a_recovery_code(client, enrolled, codes):
    sign_in(client)
    page = text_of(give(client, recovery_device(enrolled), "wrong"))
    assert "One of the codes you were given to keep" in page
    assert "Use “My phone” instead" in page


def test_somebody_elses_code_opens_nothing(client, enrolled, stranger):
    theirs = make_recovery_codes(stranger)
    sign_in(client)
    give(client, recovery_device(stranger), theirs[0])
    assert who(client) == "nobody"


def test_new_codes_need_the_password_and_a_code_first(whole, enrolled, app):
    before = set(recovery_device(enrolled).codes.values_list("pk", flat=True))
    response = whole.post(MAKE)
    assert response.url.startswith("/account/reauthenticate/?next=")
    assert set(recovery_device(enrolled).codes.values_list("pk", flat=True)) == before
    done = confirm_identity(whole, app, next=MAKE)  # what was posted is done now
    assert "Keep these recovery codes" in text_of(done)


def test_new_codes_replace_the_old_and_are_shown_once(whole, enrolled, app, codes, heard):
    confirm_identity(whole, app)
    heard.clear()
    response = whole.post(MAKE)
    shown = re.findall(r"\b(?:[a-z2-9]{4}-){5}[a-z2-9]{4}\b", text_of(response))
    assert len(shown) == 10
    assert not set(shown) & set(codes)
    assert "no-store" in response["Cache-Control"]
    assert "-" not in "".join(re.findall(r"\b[a-z2-9]{4}-[a-z2-9]{4}\b", text_of(whole.get(MAKE))))
    assert not recovery_device(enrolled).verify_token(codes[0])
    assert heard == [("codes made", "")]
    assert mails_to(enrolled.email)[-1].subject == "New recovery codes were made for your account"


def test_a_session_opened_by_a_code_outlives_new_ones(client, enrolled, codes):
    recovery = recovery_device(enrolled)
    sign_in(client)
    give(client, recovery, codes[0])
    make_recovery_codes(enrolled)
    assert who(client) == enrolled.email


def test_who_has_no_factor_gets_no_codes(client, person):
    sign_in(client)
    confirm_identity(client)
    assert "Set up an authenticator app or a passkey first" in text_of(client.post(MAKE, follow=True))
    assert not RecoveryDevice.objects.exists()
    with pytest.raises(NothingToRecover):
        make_recovery_codes(person)


def test_few_codes_left_are_pointed_out(whole, enrolled):
    for code in recovery_device(enrolled).codes.all()[3:]:
        code.delete()
    assert "Few recovery codes left" in text_of(whole.get(reverse("second_factor:overview")))


def test_a_person_has_one_set(enrolled):
    with pytest.raises(IntegrityError):
        RecoveryDevice.objects.create(user=enrolled, name="Second set")


def test_the_step_shows_the_recovery_codes_to_who_has_only_those_at_hand(client, enrolled):
    sign_in(client)
    assert "Use a recovery code instead" in text_of(client.get(GIVE))


def test_they_can_be_downloaded_where_no_script_runs(whole, enrolled, app):
    confirm_identity(whole, app)
    html = whole.post(MAKE).content.decode()
    address = re.search(r'download="recovery-codes.txt" href="data:text/plain;charset=utf-8,([^"]+)"', html)[1]
    text = unquote(address)
    assert f"Recovery codes for {enrolled.email} at testserver" in text
    assert all(recovery_device(enrolled).verify_token(code) for code in re.findall(r"(?m)^[a-z2-9-]{29}\r?$", text))
    assert not recovery_device(enrolled).codes.exists()


def test_until_one_says_so_they_are_not_taken_for_kept(whole, enrolled, app):
    confirm_identity(whole, app)
    form = whole.post(MAKE).context
    assert "Have you kept your recovery codes?" in text_of(whole.get(HOME))
    kept = whole.post(KEPT, {"made_at": form["made_at"], "next": "/account/details/"})
    assert kept.url == "/account/details/"
    page = text_of(whole.get(HOME))
    assert "Noted: you have kept your recovery codes." in page
    assert "You have 10 recovery codes left" in page
    whole.post(MAKE)
    assert "Have you kept your recovery codes?" in text_of(whole.get(HOME))


@pytest.mark.parametrize(
    "made_at", ["", "x", "2026-03-02", "2026-03-02T12:00:00", "2026-03-02T12:00:00+00:00", "2026-99-99T00:00"]
)
def test_keeping_older_codes_says_that_they_are_no_longer_good(whole, enrolled, made_at):
    page = whole.post(KEPT, {"made_at": made_at}, follow=True)
    assert "Newer codes were made meanwhile" in text_of(page)
    assert recovery_device(enrolled).kept_at is None
