"""What is past the time the register says is deleted by housekeeping, and nothing else."""

import datetime as dt
import logging
import threading

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from accounts.models import SecurityEvent
from accounts.personal_data import retention
from accounts.personal_data.register import due_rows, kinds
from accounts.personal_data.retention import enforce_retention, past_their_time
from tests.accounts.personal_data.failing import refuse_to_delete_from
from tests.making.people import a_person

DAY = dt.timedelta(days=1)


def events(*ages: int) -> None:
    now, kind = timezone.now(), SecurityEvent.Kind.SIGNED_IN
    SecurityEvent.objects.bulk_create(SecurityEvent(kind=kind, at=now - age * DAY) for age in ages)


@pytest.mark.django_db
def test_each_enforced_retention_of_the_site_finds_its_rows():
    for kind in kinds():
        rows = due_rows(kind, timezone.now())
        assert (rows is not None) == kind.retention.is_enforced, kind.key
        assert rows is None or rows.count() == 0, kind.key


@pytest.mark.django_db
def test_rows_past_their_time_go_and_the_others_stay(settings):
    settings.SECURITY_EVENTS_KEPT = 30 * DAY
    events(1, 29, 31, 400)
    assert enforce_retention() == ({"security-events": 2}, [])
    assert SecurityEvent.objects.count() == 2
    assert enforce_retention() == ({}, [])


@pytest.mark.django_db
def test_many_go_in_batches_and_are_counted_in_the_log(settings, monkeypatch, caplog):
    settings.SECURITY_EVENTS_KEPT = DAY
    monkeypatch.setattr(retention, "BATCH", 10)
    events(*[5] * 35)
    with caplog.at_level(logging.INFO, "accounts"):
        assert enforce_retention()[0] == {"security-events": 35}
    assert "rows past their time are deleted: 35 security-events" in caplog.text


@pytest.mark.django_db
def test_a_dry_run_shows_what_would_go_and_changes_nothing(settings, capsys):
    settings.SECURITY_EVENTS_KEPT = DAY
    events(5, 5)
    assert past_their_time() == {"security-events": 2}
    call_command("housekeeping", "--dry-run")
    assert "2 rows to delete of “security-events”" in capsys.readouterr().out
    assert SecurityEvent.objects.count() == 2


@pytest.mark.django_db
def test_a_dry_run_of_nothing_says_so(capsys):
    call_command("housekeeping", "--dry-run")
    assert capsys.readouterr().out == "Nothing is due.\n"


@pytest.mark.django_db
def test_a_kind_that_cannot_be_deleted_stops_no_other(settings):
    """The database itself refuses: a trigger, as a package might bring one."""
    settings.SECURITY_EVENTS_KEPT = settings.SESSION_ABSOLUTE_LIMIT = DAY
    events(5)
    old = a_person().usersession_set.create(ip="10.0.0.0", user_agent="Firefox", session_key="k")
    type(old).objects.filter(pk=old.pk).update(created_at=timezone.now() - 5 * DAY)
    refuse_to_delete_from("usersessions_usersession")
    assert enforce_retention() == ({"security-events": 1}, ["signed-in-devices"])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_housekeepings_at_once_delete_each_row_once(settings):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite in memory knows one connection (DATABASE_URL=postgres://…)")
    settings.SECURITY_EVENTS_KEPT = DAY
    events(*[5] * 3000)
    gone, ready = [], threading.Barrier(3)

    def enforce():
        try:
            ready.wait()
            gone.append(enforce_retention())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=enforce) for _ in range(3)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert [failed for _, failed in gone] == [[]] * 3
    assert sum(counts.get("security-events", 0) for counts, _ in gone) == 3000
