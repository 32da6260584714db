"""A setting that would open a way round the second factor stops the start."""

import pytest
from django.core.checks import run_checks

GUARD = "accounts.second_factor.guard.SecondFactorGuard"


def errors(settings=None) -> set[str]:
    return {found.id for found in run_checks() if found.id and found.id.startswith("second_factor.")}


def test_as_we_ship_it_nothing_is_wrong(db):
    assert errors() == set()


@pytest.mark.parametrize("name", ["django_otp.plugins.otp_static", "django_otp.plugins.otp_email", "allauth.mfa"])
def test_a_second_table_of_factors_is_refused(db, monkeypatch, name):
    monkeypatch.setattr("accounts.second_factor.checks.apps.is_installed", lambda app: app == name)
    assert errors() == {"second_factor.E001"}


def test_a_missing_guard_is_refused(db, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != GUARD]
    assert errors() == {"second_factor.E002"}


def test_a_guard_that_comes_too_late_is_refused(db, settings):
    settings.MIDDLEWARE = [*(name for name in settings.MIDDLEWARE if name != GUARD), GUARD]
    assert errors() == {"second_factor.E002"}


def test_a_sign_in_without_the_step_is_refused(db, settings):
    settings.ACCOUNT_ADAPTER = "allauth.account.adapter.DefaultAccountAdapter"
    assert errors() == {"second_factor.E003"}


def test_passkeys_instead_of_passwords_are_refused(db, settings):
    settings.OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = True
    assert errors() == {"second_factor.E004"}
