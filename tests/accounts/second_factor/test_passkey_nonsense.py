"""What is no JSON of theirs gets a 400 from the passkeys' addresses, and never a 500 (ASVS 5.0, 2.2.1 and 16.5.1)."""

import copy
import json

import pytest
from django.test import Client
from django_otp_webauthn.models import WebAuthnCredential

from tests.accounts.second_factor.authenticator import Authenticator
from tests.accounts.second_factor.steps import GIVE, HOME, REAUTHENTICATE
from tests.making.people import sign_in

AT = {
    "alone": "/account/login/passkey/",
    "step": GIVE + "passkey/",
    "again": REAUTHENTICATE + "passkey/",
    "add": HOME + "passkey/",
}
ADDRESSES = [path + end for path in AT.values() for end in ("begin/", "complete/")]
NO_JSON = {
    "deep objects": b'{"a":' * 3000,
    "deep lists": b"[" * 100_000,
    "deep, and whole": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "not UTF-8": b"\xff",
    "half a letter": '{"a": "é"}'.encode()[:-3],
    "a number without end": b'{"a": ' + b"9" * 6000 + b"}",
    "a list": b"[]",
    "a word": b'"x"',
    "nothing": b"null",
    "a number": b"1",
    "too long": b'{"a": "' + b"x" * 100_000 + b'"}',
    "half": b"{",
    "a page": b"<html>",
}
# What may stand where a text, an object or a list is expected.
WRONG = ["", "%", "\ud800", "é" * 9, "A" * 5, 0, -1, 2**70, 1.5, True, None, [], [[]], {}, {"a": {}}, [None], "\x00"]


def send(client, path, body):
    return client.post(path, body, content_type="application/json")


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("body", NO_JSON.values(), ids=NO_JSON)
def test_what_is_no_json_gets_a_400_from_everybody(client, db, path, body):
    response = send(client, path, body)
    assert (response.status_code, response.json()["code"]) == (400, "malformed_request")


def places(answer, above=()):
    """The way to each value in an answer."""
    for name, value in answer.items():
        yield (*above, name)
        if isinstance(value, dict):
            yield from places(value, (*above, name))


def with_wrong(answer, place, wrong):
    changed = copy.deepcopy(answer)
    inner = changed
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = wrong
    return changed


def answers_with_one_thing_wrong(answer):
    for place in places(answer):
        for wrong in WRONG:
            yield with_wrong(answer, place, wrong)


@pytest.fixture
def browser(person, authenticator, settings):
    """A browser at each of the steps, with no limit on tries: begin answers, complete is asked."""
    settings.ACCOUNT_RATE_LIMITS = False
    client = Client()
    sign_in(client)
    return client


@pytest.fixture
def passkey(browser, person, authenticator):
    options = send(browser, AT["add"] + "begin/", b"{}").json()
    send(browser, AT["add"] + "complete/", json.dumps(authenticator.create(options)))
    return WebAuthnCredential.objects.get(user=person)


def statuses(browser, at, answer_of, others=()):
    """The status for each answer in which one value is of the wrong kind, each to a ceremony of its own."""
    begin, complete = AT[at] + "begin/", AT[at] + "complete/"
    found = set()
    sample = answer_of(send(browser, begin, b"{}").json())
    for wrong in [*answers_with_one_thing_wrong(sample), *others]:
        send(browser, begin, b"{}")
        found.add(send(browser, complete, json.dumps(wrong)).status_code)
    return found


def test_wrong_kinds_of_values_are_no_errors_when_one_is_added(browser, authenticator):
    assert statuses(browser, "add", authenticator.create) <= {400, 403, 422}


@pytest.mark.parametrize("extensions", [1, "x", {"credProps": 1}, {"credProps": []}, {"credProps": {"rk": {}}}])
def test_strange_extensions_of_a_right_answer_are_no_errors(browser, authenticator, extensions):
    options = send(browser, AT["add"] + "begin/", b"{}").json()
    answer = authenticator.create(options) | {"clientExtensionResults": extensions}
    assert send(browser, AT["add"] + "complete/", json.dumps(answer)).status_code in {200, 422}


def test_wrong_kinds_of_values_are_no_errors_at_a_confirmation(browser, passkey, authenticator):
    assert statuses(browser, "again", authenticator.get) <= {400, 404, 422}


def test_wrong_kinds_of_values_are_no_errors_at_the_second_step(passkey, authenticator):
    half = Client()
    sign_in(half)
    assert statuses(half, "step", authenticator.get) <= {400, 404, 422}


def test_wrong_kinds_of_values_are_no_errors_at_the_sign_in(client, passkey, authenticator):
    assert statuses(client, "alone", authenticator.get) == {403}


def test_a_right_answer_after_all_that_is_taken(client, passkey, authenticator):
    assert isinstance(authenticator, Authenticator)
    answer = authenticator.get(send(client, AT["alone"] + "begin/", b"{}").json())
    assert send(client, AT["alone"] + "complete/", json.dumps(answer)).status_code == 200
