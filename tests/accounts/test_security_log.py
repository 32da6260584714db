"""The security log: complete, in plain words, only rough about where, and never changed."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.flows.origins import rough_device, rough_network
from accounts.flows.security_events import record_event
from accounts.models import SecurityEvent
from accounts.models.append_only import AppendOnly
from accounts.personal_data.retention import enforce_retention
from tests.making.people import (
    NEW_PASSWORD,
    PASSWORD,
    a_person,
    an_app,
    code_of,
    confirm_identity,
    link_in,
    mails_to,
    sign_in,
    text_of,
)

Kind = SecurityEvent.Kind


def kinds_of(person) -> list[str]:
    return list(person.security_events.order_by("pk").values_list("kind", flat=True))


def test_the_security_page_says_what_happened(client, ann):
    sign_in(client, password="wrong password 123")
    sign_in(client, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", REMOTE_ADDR="203.0.113.77")
    page = text_of(client.get("/account/security/"))
    assert "A wrong password was entered" in page
    assert "Signed in Firefox on Windows 203.0.113.0/24" in page
    assert "203.0.113.77" not in page


def test_only_ones_own_events_are_shown(signed_in):
    record_event(Kind.PASSWORD_RESET, a_person("bob@example.org"))
    assert str(Kind.PASSWORD_RESET.label) not in text_of(signed_in.get("/account/security/"))


def test_the_last_fifty_are_shown_newest_first(signed_in, ann):
    for number in range(60):
        record_event(Kind.SESSION_ENDED, ann, detail=f"device {number}")
    events = signed_in.get("/account/security/").context["events"]
    assert (len(events), events[0].detail) == (50, "device 59")


def test_a_day_in_the_life_of_an_account_is_written_down(client, ann):
    sign_in(client)
    confirm_identity(client)
    client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    client.post("/account/email/", {"email": "new@example.org", "action_add": ""})
    client.post(link_in(mails_to("new@example.org")[0]))
    client.post("/account/logout/")
    assert kinds_of(ann) == [
        Kind.SIGNED_IN,
        Kind.IDENTITY_CONFIRMED,
        Kind.PASSWORD_CHANGED,
        Kind.ADDRESS_CHANGE_ASKED,
        Kind.ADDRESS_CONFIRMED,
        Kind.ADDRESS_CHANGED,
        Kind.SIGNED_OUT,
    ]


def test_a_reset_is_written_down_when_asked_for_and_when_done(client, ann):
    client.post("/account/password/reset/", {"email": ann.email})
    form = client.get(link_in(mails_to(ann.email)[0]), follow=True)
    client.post(form.context["action_url"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert kinds_of(ann) == [Kind.PASSWORD_RESET_ASKED, Kind.PASSWORD_RESET]


def test_the_second_factor_is_written_down(client, ann):
    phone = an_app(ann)
    sign_in(client)
    give = {"otp_device": phone.persistent_id}
    client.post("/account/login/second-factor/", give | {"otp_token": "000000"})
    phone.refresh_from_db()
    phone.throttle_reset()
    client.post("/account/login/second-factor/", give | {"otp_token": code_of(phone)})
    assert kinds_of(ann) == [Kind.FACTOR_REFUSED, Kind.FACTOR_GIVEN, Kind.SIGNED_IN]
    assert set(ann.security_events.values_list("detail", flat=True)) == {"My phone", ""}


def test_tries_at_an_address_that_nobody_has_keep_no_address(client, db):
    sign_in(client, "nobody@example.org")
    event = SecurityEvent.objects.get()
    assert (event.kind, event.person, event.detail) == (Kind.PASSWORD_REFUSED, None, "")


def test_events_are_neither_changed_nor_deleted(ann):
    event = record_event(Kind.SIGNED_IN, ann)
    event.kind = Kind.SIGNED_OUT
    for attempt in (
        event.save,
        event.delete,
        SecurityEvent.objects.all().delete,
        ann.security_events.all().delete,
        lambda: SecurityEvent.objects.update(kind=Kind.SIGNED_OUT),
        lambda: SecurityEvent.objects.bulk_update([event], ["kind"]),
    ):
        with pytest.raises(AppendOnly):
            attempt()
    assert kinds_of(ann) == [Kind.SIGNED_IN]


def test_old_events_go_and_others_stay(ann, settings):
    settings.SECURITY_EVENTS_KEPT = dt.timedelta(days=30)
    old = record_event(Kind.SIGNED_IN, ann)
    record_event(Kind.SIGNED_OUT, ann)
    SecurityEvent._base_manager.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=31))
    enforce_retention()
    assert kinds_of(ann) == [Kind.SIGNED_OUT]


def test_the_log_outlives_the_person_without_their_name(ann):
    record_event(Kind.SIGNED_IN, ann)
    ann.delete()
    assert SecurityEvent.objects.get().person is None


def test_a_session_that_ran_out_is_written_down(freezer, signed_in, ann, settings):
    freezer.tick(settings.SESSION_IDLE_LIMIT)
    signed_in.get("/account/")
    assert kinds_of(ann)[-1] == Kind.SIGNED_OUT_BY_LIMIT


def test_a_sign_in_without_a_browser_is_written_down(ann):
    Client().force_login(ann)
    assert kinds_of(ann) == [Kind.SIGNED_IN]


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1 Version/17.5 Safari/605.1", "Safari on macOS"),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) CriOS/140.0 Safari/604.1", "Chrome on iPad"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36", "Chrome on ChromeOS"),
        ("curl/8.0", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_devices_are_told_roughly(user_agent, device):
    assert rough_device(user_agent) == device


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1234:5678::9", "2001:db8:1234::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_networks_are_told_roughly(address, network):
    assert rough_network(address) == network
