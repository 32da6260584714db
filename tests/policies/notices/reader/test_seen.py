"""What a signed-in person has opened is remembered: once, and only if a person looked."""

import datetime as dt

import pytest
from django.db import connection, transaction

from accounts.personal_data.forgetting import forgetting
from policies.notices.models import Engagement
from policies.notices.reader.seen import record_seen
from tests.policies.notices.reader.readers import CHANGES, seen_by, signed_in, version


@pytest.fixture
def ann(client, history):
    return signed_in(client)


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("/policies/privacy/", ["3.0"]),
        ("/policies/privacy/versions/1.0/", ["1.0"]),
        ("/policies/privacy/versions/4.0/", ["4.0"]),
        ("/policies/privacy/versions/5.0/", ["5.0"]),
        ("/policies/privacy/compare/1.0/3.0/", ["3.0"]),
        ("/policies/privacy/compare/1.0/3.0/?view=side", ["3.0"]),
        ("/policies/privacy/compare/3.0/3.0/", []),
        (CHANGES, ["5.0"]),
        (f"{CHANGES}?to=2.0", ["2.0"]),
        ("/policies/", []),
        ("/policies/privacy/versions/", []),
        ("/policies/privacy/versions/1.0/text/", []),
        ("/policies/privacy/versions/1.0/json/", []),
        ("/policies/privacy/feed.atom", []),
    ],
)
def test_opening_a_version_or_a_redline_that_ends_in_it_is_seeing_it(client, ann, address, seen):
    assert client.get(address).status_code == 200
    assert seen_by(ann) == seen


def test_it_is_written_down_once_and_keeps_its_first_time(client, ann, today, django_assert_num_queries):
    client.get("/policies/privacy/")
    first = Engagement.objects.get().at
    client.get("/policies/privacy/")
    client.get("/policies/privacy/compare/1.0/3.0/")
    assert Engagement.objects.get().at == first
    in_force = version("3.0")
    with django_assert_num_queries(1):
        record_seen(ann, in_force)


def test_each_person_has_seen_for_themselves(client, ann):
    client.get("/policies/privacy/")
    ben = signed_in(client, "ben@example.org")
    assert (seen_by(ann), seen_by(ben)) == (["3.0"], [])


def test_nothing_is_known_of_who_is_not_signed_in(client, history):
    for address in ("/policies/privacy/", "/policies/privacy/versions/5.0/", CHANGES):
        assert client.get(address).status_code == 200
    assert not Engagement.objects.exists()


def test_nothing_is_known_of_who_has_not_given_the_second_factor(client, ann, verified):
    verified(client, ann)
    session = client.session
    del session["otp_device_id"]
    session.save()
    client.get("/policies/privacy/")
    assert not Engagement.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}]
)
@pytest.mark.parametrize("address", ["/policies/privacy/", CHANGES])
def test_a_page_fetched_in_case_it_is_wanted_is_not_seen(client, ann, address, headers):
    assert client.get(address, headers=headers).status_code == 200
    assert not Engagement.objects.exists()


def test_a_question_about_the_page_is_not_reading_it(client, ann):
    client.head("/policies/privacy/")
    client.options("/policies/privacy/")
    assert not Engagement.objects.exists()


def test_a_page_that_the_browser_still_has_is_seen(client, ann):
    page = client.get("/policies/privacy/")
    with forgetting():
        Engagement.objects.all().delete()
    assert client.get("/policies/privacy/", headers={"If-None-Match": page["ETag"]}).status_code == 304
    assert seen_by(ann) == ["3.0"]


def test_two_pages_opened_in_one_moment_make_one_row(client, ann):
    """The second page writes between the first one's look and its own writing."""
    written = []

    def write_first(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "notices_engagement" in sql and not written:
            written.append(sql)
            Engagement.objects.create(person=ann, version=version("3.0"), kind="seen")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(write_first):
        assert client.get("/policies/privacy/").status_code == 200
    assert written
    assert seen_by(ann) == ["3.0"]


@pytest.fixture
def read_only(ann):
    """On PostgreSQL until the savepoint is left; on SQLite until it is said again."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION READ ONLY")
            yield
        else:
            cursor.execute("PRAGMA query_only = ON")
            yield
            cursor.execute("PRAGMA query_only = OFF")


@pytest.mark.parametrize(
    "address", ["/policies/privacy/", "/policies/privacy/versions/5.0/", "/policies/privacy/compare/1.0/3.0/", CHANGES]
)
def test_where_nothing_can_be_written_reading_goes_on(client, read_only, address, caplog):
    with caplog.at_level("WARNING", logger="policies.notices.reader.seen"):
        assert client.get(address).status_code == 200
    assert not Engagement.objects.exists()
    assert "not recorded as seen" in caplog.text
    assert "ann@" not in caplog.text


def test_nor_does_a_database_that_is_read_only_for_long_keep_a_signed_in_reader_out(client, today, read_only, caplog):
    caplog.set_level("WARNING", logger="accounts.flows.sessions")
    today(today(), dt.time(12, 5))
    assert client.get("/policies/privacy/").status_code == 200
    assert "use of a session not noted" in caplog.text
