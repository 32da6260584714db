"""Secrets stay where they belong: in no log, no error report, no session, no list of factors."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.views.debug import SafeExceptionReporterFilter
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.second_factor import given_codes as verifying
from tests.accounts.second_factor.steps import GIVE, HOME, code_now, confirm_identity, give, recovery_device
from tests.making.people import PASSWORD, sign_in, text_of


@pytest.fixture
def everything_done(client, enrolled, app, codes, clock, caplog):
    """Signing in, wrong and right, setting up an app and new recovery codes: with the log at its most talkative."""
    caplog.set_level(logging.DEBUG)
    used = [code_now(app)]
    sign_in(client)
    give(client, recovery_device(enrolled), "wrong")
    give(client, app, used[0])
    clock.tick(30)
    used.append(code_now(app))
    confirm_identity(client, app, used[1])
    client.get(HOME + "app/")
    tablet = TOTPDevice.objects.get(confirmed=False)
    client.post(HOME + "app/", {"app": tablet.pk, "name": "x", "otp_token": code_now(tablet)})
    shown = text_of(client.post(HOME + "recovery-codes/")).split()
    new = [word for word in shown if word.count("-") == 5]
    assert len(new) == 10
    return [*used, *codes, *new, app.key, tablet.key, PASSWORD]


def test_nothing_secret_is_logged(everything_done, caplog):
    said = "\n".join(
        f"{record.getMessage()} {vars(record)}" for record in caplog.records if record.name != "django.db.backends"
    )
    assert [secret for secret in everything_done if secret in said] == []


def test_nothing_secret_is_left_in_a_session(everything_done):
    kept = " ".join(str(session.get_decoded()) for session in Session.objects.all())
    assert [secret for secret in everything_done if secret in kept] == []


def test_an_error_report_hides_the_code(client, enrolled, app, monkeypatch):
    """Even if something of ours breaks while a code is looked at."""
    seen = {}

    def breaks(user, device_id, token):
        raise RuntimeError

    def report(request, **kwargs):
        seen["post"] = SafeExceptionReporterFilter().get_post_parameters(request)

    monkeypatch.setattr(verifying, "verify_token", breaks)
    monkeypatch.setattr("django.core.handlers.exception.log_response", lambda *a, request=None, **k: report(request))
    monkeypatch.setattr("django.core.handlers.base.log_response", lambda *a, request=None, **k: report(request))
    quiet = Client(raise_request_exception=False)
    sign_in(quiet)
    code = code_now(app)
    assert quiet.post(GIVE, {"otp_device": app.persistent_id, "otp_token": code}).status_code == 500
    assert code not in str(seen["post"])
    assert seen["post"]["otp_token"] == SafeExceptionReporterFilter.cleansed_substitute


def test_no_page_of_django_otps_admin_shows_a_key(db):
    with pytest.raises(NoReverseMatch):
        reverse("admin:otp_totp_totpdevice_config", args=(1,))
