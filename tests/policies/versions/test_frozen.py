"""An announced version cannot be changed or deleted: not by code, not in SQL."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from wagtail.models import Revision

from accounts.models import User, triggers
from policies.versions.models import FREE_FIELDS, FrozenError, PolicyVersion
from policies.writing.models import PolicyPage
from tests.making.policies import a_document, announce

TABLE = PolicyVersion._meta.db_table
FROZEN = [field for field in PolicyVersion._meta.concrete_fields if field.name not in FREE_FIELDS]
ANOTHER = {
    "IntegerField": "99",
    "PositiveIntegerField": "99",
    "PositiveSmallIntegerField": "99",
    "BooleanField": "true",
    "BigAutoField": "99",
    "ForeignKey": "99",
    "OneToOneField": "99",
    "DateField": "'2031-01-01'",
    "DateTimeField": "'2031-01-01 00:00:00+00'",
    "JSONField": "'{}'",
}


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("field", FROZEN, ids=lambda field: field.name)
def test_raw_sql_cannot_change_a_frozen_column(privacy, field):
    value = ANOTHER.get(field.get_internal_type(), "'changed'")
    with pytest.raises(IntegrityError, match="frozen"):
        run(f"UPDATE {TABLE} SET {field.column} = {value}")


def test_raw_sql_cannot_delete_a_version(privacy):
    with pytest.raises(IntegrityError, match="frozen"):
        run(f"DELETE FROM {TABLE}")
    assert privacy.versions.count() == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="TRUNCATE is PostgreSQL's")
def test_raw_sql_cannot_truncate_the_table(privacy):
    with pytest.raises(IntegrityError, match="frozen"):
        run(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {TABLE} CASCADE")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="INSERT OR REPLACE is SQLite's")
def test_insert_or_replace_cannot_put_another_text_in_its_place(privacy):
    columns = ", ".join(field.column for field in PolicyVersion._meta.concrete_fields)
    changed = columns.replace(" text,", " 'changed',")
    with pytest.raises(IntegrityError, match="frozen"):
        run(f"INSERT OR REPLACE INTO {TABLE} ({columns}) SELECT {changed} FROM {TABLE}")


def test_code_cannot_change_or_delete_a_version(privacy):
    version = privacy.versions.get()
    version.text = "changed"
    for attempt in (
        version.save,
        lambda: version.save(update_fields=["text"]),
        version.delete,
        privacy.versions.all().delete,
        lambda: privacy.versions.update(text="changed"),
        lambda: PolicyVersion.objects.bulk_update([version], ["text"]),
    ):
        with pytest.raises(FrozenError):
            attempt()


def test_a_person_who_announced_can_be_forgotten_but_not_replaced(privacy, editor):
    version = announce(privacy, a_document("cookies are gone"), by=editor)
    other = User.objects.create_user("other@example.org")
    with pytest.raises(IntegrityError, match="frozen"):
        run(f"UPDATE {TABLE} SET announced_by_id = {other.pk} WHERE id = {version.pk}")
    Revision.objects.update(user=None)
    User.objects.create_superuser("another@example.org")
    editor.delete()
    version.refresh_from_db()
    assert version.announced_by is None


def test_a_page_with_versions_cannot_be_deleted(privacy):
    for attempt in (privacy.delete, privacy.get_parent().delete, privacy.versions.get().revision.delete):
        with pytest.raises(ProtectedError):
            attempt()
    assert PolicyPage.objects.filter(pk=privacy.pk).exists()


def test_purging_revisions_keeps_every_announced_one(privacy):
    announce(privacy, a_document("cookies are gone"))
    PolicyPage.objects.get(pk=privacy.pk).save_revision()
    call_command("purge_revisions", verbosity=0)
    assert all(version.revision.content for version in privacy.versions.all())


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_flush_between_tests_lifts_the_triggers_1_and_puts_them_back():
    assert triggers.faults() == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_flush_between_tests_lifts_the_triggers_2_and_puts_them_back():
    assert triggers.faults() == []
