"""Several processes close at the same moment: each person is erased once, and one superuser stays."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import connection, connections
from django.utils import timezone

from accounts.flows.closing import LastSuperuser, ask_to_close, close_what_is_due
from accounts.models import ClosingRequest, User
from accounts.personal_data import ledger
from tests.making.people import a_person, an_editor


@pytest.fixture(autouse=True)
def ledger_file(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


def make_due(closing: ClosingRequest) -> None:
    ClosingRequest.objects.filter(pk=closing.pk).update(due_at=timezone.now() - dt.timedelta(minutes=1))


def at_once(*acts):
    ready, said = threading.Barrier(len(acts)), []

    def run(act):
        try:
            ready.wait()
            said.append(act())
        except LastSuperuser:
            said.append("last")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return said


needs_postgresql = "needs PostgreSQL: SQLite in memory knows one connection (DATABASE_URL=postgres://…)"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_housekeepings_at_once_erase_each_person_once(settings):
    if connection.vendor != "postgresql":
        pytest.skip(needs_postgresql)
    people = [a_person(f"person{number}@example.org") for number in range(5)]
    for person in people:
        make_due(ask_to_close(person))
    ClosingRequest.objects.update(mail_due="")
    results = at_once(close_what_is_due, close_what_is_due, close_what_is_due)
    assert sum(erased for erased, _ in results) == 5
    assert not User.objects.exists()
    assert len(mail.outbox) == 5
    assert len(ledger.read().lines) == 10


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_the_last_two_superusers_one_stays(settings):
    if connection.vendor != "postgresql":
        pytest.skip(needs_postgresql)
    two = [an_editor(f"editor{number}@example.org") for number in range(2)]
    said = at_once(*[lambda person=person: ask_to_close(person) for person in two])
    assert "last" in said
    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1
