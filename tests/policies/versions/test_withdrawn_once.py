"""What the database refuses about withdrawals, also to raw SQL: too late, twice, in other words."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from policies.versions.announcing import withdraw
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage
from tests.making.policies import a_document, announce

TABLE = PolicyVersion._meta.db_table
SUMMER, WINTER = dt.date(2031, 7, 10), dt.date(2031, 12, 10)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def withdraw_in_sql(version: PolicyVersion, at: str, reason: str = "gone") -> None:
    run(f"UPDATE {TABLE} SET withdrawn_at = '{at}+00:00', withdrawn_reason = '{reason}' WHERE id = {version.pk}")


def upcoming(page: PolicyPage, day: dt.date) -> PolicyVersion:
    return announce(page, a_document("cookies are gone"), effective_from=day)


@pytest.fixture
def withdrawn(privacy, editor) -> PolicyVersion:
    version = upcoming(privacy, SUMMER)
    withdraw(version, reason="A mistake.", by=editor)
    return version


def test_a_version_in_force_is_not_withdrawn_by_code_that_asks_no_rule(privacy):
    version = privacy.versions.get()
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        PolicyVersion.objects.filter(pk=version.pk).update(withdrawn_at=dt.datetime.now(dt.UTC), withdrawn_reason="x")


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (SUMMER, "2031-07-09 23:00:00"),  # midnight in London
        (SUMMER, "2031-07-10 12:00:00"),
        (WINTER, "2031-12-10 00:00:00"),
        (WINTER, "2032-01-01 00:00:00"),
        (dt.date(2031, 3, 31), "2031-03-30 23:00:00"),  # summer time began that night
        (dt.date(2031, 10, 27), "2031-10-27 00:00:00"),  # and has ended
        (dt.date(2028, 4, 1), "2028-03-31 23:30:00"),
    ],
)
def test_nothing_is_withdrawn_on_its_day_or_later(privacy, day, at):
    with pytest.raises(IntegrityError, match="frozen"):
        withdraw_in_sql(upcoming(privacy, day), at)


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (SUMMER, "2031-07-09 22:59:59"),
        (WINTER, "2031-12-09 23:59:59"),
        (dt.date(2031, 3, 31), "2031-03-30 22:59:59"),
        (dt.date(2031, 10, 26), "2031-10-25 22:59:59"),
        (dt.date(2031, 10, 27), "2031-10-26 23:59:59"),
    ],
)
def test_up_to_the_last_second_before_its_day_it_is(privacy, day, at):
    version = upcoming(privacy, day)
    withdraw_in_sql(version, at)
    version.refresh_from_db()
    assert version.is_withdrawn


def test_nothing_is_withdrawn_before_it_was_announced(privacy):
    with pytest.raises(IntegrityError, match="frozen"):
        withdraw_in_sql(upcoming(privacy, SUMMER), "2020-01-01 00:00:00")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL takes no such time at all")
def test_an_unreadable_time_is_refused(privacy):
    with pytest.raises(IntegrityError, match="frozen"):
        withdraw_in_sql(upcoming(privacy, SUMMER), "tomorrow")


@pytest.mark.parametrize(
    "change",
    [
        "withdrawn_at = NULL",
        "withdrawn_at = '2030-01-01 00:00:00+00:00'",
        "withdrawn_reason = 'Never mind.'",
        "withdrawn_reason = ''",
    ],
)
def test_a_withdrawal_is_neither_taken_back_nor_done_again_nor_reworded(withdrawn, change):
    with pytest.raises(IntegrityError):
        run(f"UPDATE {TABLE} SET {change} WHERE id = {withdrawn.pk}")


def test_a_reason_without_a_withdrawal_is_refused(privacy):
    with pytest.raises(IntegrityError, match="frozen"):
        run(f"UPDATE {TABLE} SET withdrawn_reason = 'soon'")


def test_whoever_withdrew_can_be_forgotten_but_not_replaced(withdrawn):
    other = User.objects.create_user("other@example.org")
    with pytest.raises(IntegrityError, match="frozen"):
        run(f"UPDATE {TABLE} SET withdrawn_by_id = {other.pk} WHERE id = {withdrawn.pk}")
    run(f"UPDATE {TABLE} SET withdrawn_by_id = NULL WHERE id = {withdrawn.pk}")
