"""Two hands, one code: of simultaneous tries exactly one is right (ASVS 5.0, 6.5.1)."""

import json

import pytest
from django.db import connection
from django.test import Client

from accounts.second_factor.changing import make_recovery_codes, remove
from accounts.second_factor.factors import find_factor
from accounts.second_factor.models import RecoveryDevice
from tests.accounts.second_factor.authenticator import Authenticator
from tests.accounts.second_factor.steps import code_now, give, recovery_device, who
from tests.making.people import a_person, sign_in
from tests.making.simultaneous import HANDS, at_once

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is not shared by threads"),
]


def browsers_at_the_step():
    browsers = [Client() for _ in range(HANDS)]
    for browser in browsers:
        sign_in(browser)
    return browsers


def opened(browsers) -> int:
    return sum(who(browser) != "nobody" for browser in browsers)


def test_one_code_of_an_app_opens_one_session(app):
    browsers, code = browsers_at_the_step(), code_now(app)
    at_once(*[lambda browser=browser: give(browser, app, code) for browser in browsers])
    assert opened(browsers) == 1


def test_one_recovery_code_opens_one_session(enrolled, codes):
    browsers, recovery = browsers_at_the_step(), recovery_device(enrolled)
    at_once(*[lambda browser=browser: give(browser, recovery, codes[0]) for browser in browsers])
    assert opened(browsers) == 1
    assert recovery.codes.count() == 9


def test_removing_the_last_two_at_once_leaves_no_recovery_codes_behind(enrolled, app):
    tablet = enrolled.totpdevice_set.create(name="Tablet")
    factors = [find_factor(enrolled, "app", pk) for pk in (app.pk, tablet.pk)]
    assert sorted(at_once(*[lambda factor=factor: remove(factor) for factor in factors])) == [False, True]
    assert not RecoveryDevice.objects.exists()


def test_making_new_codes_twice_at_once_leaves_one_set(enrolled):
    at_once(*[lambda: make_recovery_codes(enrolled)] * HANDS)
    assert recovery_device(enrolled).codes.count() == 10


def test_one_passkey_answer_opens_one_session(client):
    """Posted twice from one browser, before either has used the challenge up."""
    a_person("ann@example.org")
    sign_in(client)
    key, home, alone = Authenticator(), "/account/security/second-factor/passkey/", "/account/login/passkey/"

    def post(browser, path, data):
        return browser.post(path, json.dumps(data), content_type="application/json")

    post(client, home + "complete/", key.create(post(client, home + "begin/", {}).json()))
    client.post("/account/logout/")
    answer = key.get(post(client, alone + "begin/", {}).json())
    browsers = [Client() for _ in range(4)]
    for browser in browsers:
        browser.cookies.update(client.cookies)
    answers = at_once(*[lambda each=each: post(each, alone + "complete/", answer).status_code for each in browsers])
    assert sorted(answers) == [200, 403, 403, 403]
