"""How long one stays signed in, and how sessions end."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from tests.making.people import (
    NEW_PASSWORD,
    PASSWORD,
    a_person,
    a_while_later,
    confirm_identity,
    mails_to,
    sign_in,
    text_of,
)

FIREFOX = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
IPHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"}


def is_in(client) -> bool:
    return client.get("/account/").status_code == 200


def key_of(client) -> str:
    return client.session.session_key


def on_a_phone() -> Client:
    phone = Client(**IPHONE)
    assert sign_in(phone).url == "/account/"
    return phone


def test_a_session_that_is_not_used_ends_and_the_sign_in_says_why(freezer, signed_in, settings):
    freezer.tick(settings.SESSION_IDLE_LIMIT)
    response = signed_in.get("/account/details/", follow=True)
    assert response.redirect_chain[0][0] == "/account/login/?next=/account/details/"
    assert "signed out because you had not used the site for one hour" in text_of(response)
    assert not UserSession.objects.exists()


def test_a_session_in_use_goes_on(freezer, signed_in, settings):
    for _ in range(3):
        freezer.tick(settings.SESSION_IDLE_LIMIT - dt.timedelta(minutes=2))
        assert is_in(signed_in)


def test_no_session_goes_on_for_ever(freezer, signed_in, settings):
    for _ in range(13):
        freezer.tick(dt.timedelta(minutes=55))
        assert is_in(signed_in)
    freezer.tick(dt.timedelta(minutes=10))
    assert "because you had signed in 12 hours ago" in text_of(signed_in.get("/account/", follow=True))


def test_use_is_written_down_once_a_minute_at_most(freezer, signed_in, django_assert_max_num_queries):
    seen = UserSession.objects.get().last_seen_at
    freezer.tick(30)
    is_in(signed_in)
    assert UserSession.objects.get().last_seen_at == seen
    freezer.tick(40)
    is_in(signed_in)
    assert UserSession.objects.get().last_seen_at > seen


def test_a_session_without_a_known_beginning_is_over(signed_in):
    session = signed_in.session
    del session["began_at"]
    session.save()
    assert not is_in(signed_in)


def test_public_pages_cost_a_visitor_no_cookie_and_vary_on_none(client, db):
    response = client.get("/policies/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_signing_in_gives_a_new_session_key(client, ann):
    client.get("/account/login/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = key_of(client)
    sign_in(client)
    assert key_of(client) != planted


def test_confirming_who_one_is_gives_a_new_session_key_and_keeps_the_list_right(signed_in):
    before = key_of(signed_in)
    confirm_identity(signed_in)
    assert key_of(signed_in) != before
    assert UserSession.objects.get().session_key == key_of(signed_in)
    assert is_in(signed_in)


def test_changing_the_password_ends_every_other_session(signed_in):
    phone = on_a_phone()
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    changed = signed_in.post("/account/password/change/", data)
    assert UserSession.objects.count() == Session.objects.count() == 1
    assert "Your password is changed." in text_of(signed_in.get(changed.url))
    assert is_in(signed_in)
    assert not is_in(phone)
    assert mails_to("ann@example.org")[-1].subject == "Your password was changed"


def test_the_list_names_devices_and_marks_this_one(client, ann):
    sign_in(client, **FIREFOX)
    on_a_phone()
    page = text_of(client.get("/account/sessions/"))
    assert "Firefox on Linux This device" in page
    assert "Safari on iPhone" in page


def test_this_device_stands_first_then_the_one_used_last(client, ann, freezer):
    for agent in (FIREFOX, IPHONE, {"HTTP_USER_AGENT": "Chrome/140.0 (Windows NT 10.0)"}):
        sign_in(Client(**agent), REMOTE_ADDR="203.0.113.77")
        freezer.tick(60)
    sign_in(client, HTTP_USER_AGENT="Firefox/140.0 (Macintosh; Mac OS X)", REMOTE_ADDR="2001:db8:1234:5::9")
    client.get("/account/")
    freezer.tick(60)
    page = text_of(client.get("/account/sessions/"))
    names = ["Firefox on macOS", "Chrome on Windows", "Safari on iPhone", "Firefox on Linux"]
    assert [page.index(name) for name in names] == sorted(page.index(name) for name in names)
    assert "From the network 203.0.113.0/24" in page
    assert "From the network 2001:db8:1234::/48" in page
    assert "203.0.113.77" not in page


def test_the_security_page_names_each_kind_of_device_once(client, ann):
    for _ in range(2):
        sign_in(Client(**FIREFOX))
    sign_in(client, **FIREFOX)
    on_a_phone()
    page = text_of(client.get("/account/security/", **FIREFOX))
    assert "Firefox on Linux, 3 times (this device is one of them) Safari on iPhone" in page.replace("  ", " ")


def test_one_session_is_ended_at_once(signed_in):
    phone = on_a_phone()
    at = f"/account/sessions/{UserSession.objects.get(session_key=key_of(phone)).pk}/end/"
    done = a_while_later(signed_in).post(at, follow=True)
    assert "The session on that device has ended." in text_of(done)
    assert not is_in(phone)
    assert is_in(signed_in)


def test_all_other_sessions_are_ended_at_once(signed_in):
    phone = on_a_phone()
    a_while_later(signed_in).post("/account/sessions/")
    assert not is_in(phone)
    assert is_in(signed_in)


def test_somebody_elses_session_is_not_to_be_found(signed_in):
    a_person("bob@example.org")
    bob = Client()
    sign_in(bob, "bob@example.org")
    pk = UserSession.objects.get(session_key=key_of(bob)).pk
    assert signed_in.post(f"/account/sessions/{pk}/end/").status_code == 404
    assert is_in(bob)


def test_a_session_is_not_ended_by_following_a_link(signed_in):
    assert signed_in.get("/account/sessions/1/end/").status_code == 405


def test_the_list_of_devices_keeps_no_full_address(client, ann):
    sign_in(client, REMOTE_ADDR="203.0.113.77", **FIREFOX)
    row = UserSession.objects.get()
    assert (row.ip, row.user_agent) == ("203.0.113.0", "Firefox on Linux")
