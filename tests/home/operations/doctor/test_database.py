"""The doctor looks at the database: whether it answers, has our tables, refuses what it should, tells the same time."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, models

from accounts.models import triggers
from home.models import PageCount
from tests.making.doctor import found, is_well, to_do
from tests.making.policies import a_draft, announce

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_database_that_answers_has_the_tables_and_the_same_time():
    assert is_well("database")
    assert is_well("tables"), found("tables")
    assert is_well("clock")


def test_a_column_that_is_not_there_is_named_though_every_migration_ran():
    column = models.TextField(null=True)
    column.set_attributes_from_name("lost")
    column.model = PageCount
    PageCount._meta.local_fields.append(column)
    try:
        PageCount._meta._expire_cache()
        assert "column home_pagecount.lost is missing" in to_do("tables")
    finally:
        PageCount._meta.local_fields.remove(column)
        PageCount._meta._expire_cache()


def test_an_index_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(PageCount._meta, "indexes", [models.Index(fields=["day"], name="counts_by_day")])
    assert "counts_by_day of home_pagecount is missing" in to_do("tables")


def test_a_migration_that_did_not_run_is_named():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'home' AND name = '0002_first_pages'")
    said = to_do("tables")
    assert "home.0002_first_pages" in said
    assert "manage.py migrate" in said


def test_a_clock_that_runs_ahead_is_said(freezer):
    freezer.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
    said = to_do("clock")
    assert "seconds apart" in said
    assert "set-ntp" in said


def test_triggers_that_stand_are_well_and_one_that_is_missing_is_named():
    assert is_well("triggers")
    trigger = next(one for one in triggers.DECLARED if one.full_name == "policies_policyversion_frozen_update")
    with connection.cursor() as cursor:
        on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {trigger.full_name}{on_table}")
    said = to_do("triggers")
    assert "policies_policyversion_frozen_update is missing" in said


def test_it_is_tried_whether_a_version_can_be_changed_and_nothing_is():
    assert found("frozen")["verdict"] == "not asked"
    page = a_draft()
    announce(page)
    assert is_well("frozen")
    triggers.lift()
    assert "lets announced versions be changed" in to_do("frozen")
    assert [version.sequence for version in page.versions.all()] == [1]


def test_without_the_database_nobody_waits_for_it_twice(monkeypatch):
    def refuse(*_: object, **__: object):
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    printed = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", "--only", "database", "tables", "space", stdout=printed)
    assert "Database: The database does not answer." in printed.getvalue()
    assert "-     Tables: The database does not answer." in printed.getvalue()
    assert "ok    Space: " in printed.getvalue()
