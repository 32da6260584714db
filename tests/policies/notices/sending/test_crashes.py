"""Whatever dies on the way: nobody is lost, and no more is repeated than what was being handed over.

The long form, with 30,000 mails, is tests/bench/crash_notices.py.
"""

import sqlite3
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from policies.notices.models import Delivery
from tests.making.mailing import many_people
from tests.making.notices import a_sending_notice
from tests.policies.notices.crew import a_crew, a_sink, check, kill_at_random, stop_past_its_lease

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# The lease, in seconds, is long enough for a busy machine to keep it.
PEOPLE, CONNECTIONS, LEASE = 1500, 4, 5.0


@dataclass
class Site:
    """A database that processes of their own work on, with a notice that is being sent."""

    url: str
    path: Path | None

    def states(self) -> Counter[str]:
        query = f"SELECT state FROM {Delivery._meta.db_table}"
        if self.path is None:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return Counter(state for (state,) in cursor.fetchall())
        copy = sqlite3.connect(self.path)
        try:
            return Counter(state for (state,) in copy.execute(query))
        finally:
            copy.close()


@pytest.fixture
def site(privacy, tmp_path) -> Site:
    many_people(PEOPLE)
    a_sending_notice(privacy)
    if connection.vendor == "postgresql":
        where = connection.settings_dict
        who = f"{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}"
        return Site(f"postgres://{who}/{where['NAME']}", None)
    path = tmp_path / "site.sqlite3"
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.close()
    return Site(f"sqlite:///{path}", path)


def nobody_is_lost(site, sink, repeated_at_most) -> None:
    assert site.states() == {"sent": PEOPLE}
    check(sink, people=PEOPLE, repeated_at_most=repeated_at_most)


def test_workers_killed_at_any_moment_lose_nobody_and_repeat_one_mail_a_connection(site, tmp_path):
    with (
        a_sink(tmp_path / "taken", 0.002) as sink,
        a_crew(site.url, sink.port, lease=LEASE, connections=CONNECTIONS) as crew,
    ):
        for _ in range(2):
            crew.start()
        sink.wait_for(20)
        kill_at_random(crew, 4, Random(), (0.1, 0.4))
        crew.wait(60)
        nobody_is_lost(site, sink, 4 * CONNECTIONS)
        assert max(sink.taken().values()) <= 2


def test_a_worker_stopped_past_its_lease_settles_nothing_and_sends_nothing_more(site, tmp_path):
    with (
        a_sink(tmp_path / "taken", 0.005) as sink,
        a_crew(site.url, sink.port, lease=LEASE, connections=CONNECTIONS) as crew,
    ):
        crew.start()
        sink.wait_for(50)
        stop_past_its_lease(crew, LEASE)
        crew.wait(60)
        nobody_is_lost(site, sink, CONNECTIONS)


def test_a_mail_server_that_is_killed_and_comes_back_gets_the_rest(site, tmp_path):
    with (
        a_sink(tmp_path / "taken", 0.002) as sink,
        a_crew(site.url, sink.port, lease=LEASE, connections=CONNECTIONS) as crew,
    ):
        crew.start()
        for part in (100, 500):
            sink.wait_for(part)
            sink.kill()
            time.sleep(0.2)
            sink.start()
        crew.wait(60)
        nobody_is_lost(site, sink, 2 * CONNECTIONS)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the database is not a server")
def test_a_database_that_goes_away_and_comes_back_makes_no_repetition(site, tmp_path):
    with (
        a_sink(tmp_path / "taken", 0.002) as sink,
        a_crew(site.url, sink.port, lease=LEASE, connections=CONNECTIONS) as crew,
    ):
        crew.start()
        for part in (100, 400, 700, 1000):
            sink.wait_for(part)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        crew.wait(60)
        nobody_is_lost(site, sink, 0)
