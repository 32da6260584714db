"""Datetime negotiation as RFC 7089 has it."""

import datetime as dt

import pytest

from tests.making.policies import a_draft
from tests.making.versions import days, put, row

POLICY = "https://testserver/policies/privacy/"
FIRST = f'<{POLICY}versions/1.0/>; rel="first memento"; datetime="Mon, 01 Jan 2024 00:00:00 GMT"'
LAST = f'<{POLICY}versions/3.0/>; rel="last memento"; datetime="Thu, 01 Jan 2026 00:00:00 GMT"'


def ask(client, wanted):
    return client.get("/policies/privacy/", headers={"Accept-Datetime": wanted})


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ("Sun, 31 Dec 2023 23:59:59 GMT", "1.0"),  # before the first: the first
        ("Mon, 01 Jan 2024 00:00:00 GMT", "1.0"),
        ("Fri, 28 Feb 2025 23:59:59 GMT", "1.0"),
        ("Sat, 01 Mar 2025 00:00:00 GMT", "2.0"),
        ("Mon, 15 Jun 2026 10:00:00 GMT", "3.0"),
        ("Tue, 01 Jan 2030 00:00:00 GMT", "3.0"),  # after now: what is in force now, not what is coming
    ],
)
def test_the_policy_leads_to_the_version_of_a_time(client, history, wanted, number):
    gate = ask(client, wanted)
    assert gate.status_code == 302
    assert gate["Location"] == f"/policies/privacy/versions/{number}/"
    assert gate["Vary"] == "Accept-Datetime"
    assert "Memento-Datetime" not in gate
    assert f'<{POLICY}>; rel="original timegate"' in gate["Link"]
    assert f'<{POLICY}timemap/>; rel="timemap"; type="application/link-format"' in gate["Link"]


def test_days_begin_in_london(client, today):
    put(a_draft(), row(1, dt.date(2025, 1, 1)), row(2, dt.date(2025, 7, 1)))
    assert ask(client, "Mon, 30 Jun 2025 22:59:59 GMT")["Location"].endswith("/1.0/")
    assert ask(client, "Mon, 30 Jun 2025 23:00:00 GMT")["Location"].endswith("/2.0/")
    page = client.get("/policies/privacy/versions/2.0/")
    assert page["Memento-Datetime"] == "Mon, 30 Jun 2025 23:00:00 GMT"


@pytest.mark.parametrize(
    "wanted", ["", "yesterday", "2025-01-01", "Mon, 99 Jan 2024 00:00:00 GMT", "Mon, 01 Jan 9999 24:00:00 GMT", "\x00"]
)
def test_what_is_no_time_is_refused_with_an_example(client, history, wanted):
    gate = ask(client, wanted)
    assert gate.status_code == 400
    assert "Thu, 31 May 2007 20:35:00 GMT" in gate.content.decode()
    assert gate["Vary"] == "Accept-Datetime"


def test_the_policy_without_a_time_is_the_text_in_force_and_names_the_others(client, history):
    page = client.get("/policies/privacy/")
    assert page.status_code == 200
    assert "Accept-Datetime" in page["Vary"]
    assert FIRST in page["Link"]
    assert LAST in page["Link"]


def test_a_memento_says_since_when_it_was_the_policy_and_what_stands_beside_it(client, history):
    page = client.get("/policies/privacy/versions/2.0/")
    assert page["Memento-Datetime"] == "Sat, 01 Mar 2025 00:00:00 GMT"
    assert f'<{POLICY}versions/1.0/>; rel="first prev memento"' in page["Link"]
    assert f'<{POLICY}versions/2.0/>; rel="memento"; datetime="Sat, 01 Mar 2025 00:00:00 GMT"' in page["Link"]
    assert f'<{POLICY}versions/3.0/>; rel="last next memento"' in page["Link"]


@pytest.mark.parametrize("number", ["4.0", "5.0"])
def test_what_was_never_in_force_is_no_memento(client, history, number):
    page = client.get(f"/policies/privacy/versions/{number}/")
    assert "Memento-Datetime" not in page
    assert "original timegate" in page["Link"]


def test_the_timemap_lists_every_memento_once(client, history):
    answer = client.get("/policies/privacy/timemap/")
    assert answer["Content-Type"] == "application/link-format; charset=utf-8"
    lines = answer.content.decode().rstrip("\n").split(",\n")
    assert lines == [
        f'<{POLICY}>; rel="original timegate"',
        f'<{POLICY}timemap/>; rel="self"; type="application/link-format"; '
        'from="Mon, 01 Jan 2024 00:00:00 GMT"; until="Thu, 01 Jan 2026 00:00:00 GMT"',
        FIRST,
        f'<{POLICY}versions/2.0/>; rel="memento"; datetime="Sat, 01 Mar 2025 00:00:00 GMT"',
        LAST,
    ]


def test_a_policy_not_yet_in_force_has_no_memento(client, today):
    put(a_draft(), row(1, today() + days(9)))
    assert ask(client, "Mon, 15 Jun 2026 10:00:00 GMT").status_code == 404
    assert "memento" not in client.get("/policies/privacy/timemap/").content.decode()
    assert client.get("/policies/privacy/").status_code == 200


def test_a_single_version_is_first_and_last(client, privacy):
    assert 'rel="first last memento"' in client.get("/policies/privacy/timemap/").content.decode()
