"""Kills, stops and restarts what sends 30,000 mails, and counts who got them: the long form of test_crashes.py.

Run from the root of the tree with an empty database, and for PostgreSQL with the command that restarts it:

    DATABASE_URL=… DJANGO_SETTINGS_MODULE=plum.settings.test python -m tests.bench.crash_notices [RESTART-COMMAND]

Without the command, all connections of PostgreSQL's clients are cut instead.
"""

# ruff: noqa: E402

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from policies.notices.models import Delivery
from policies.notices.models.notices import NoticeWorker
from policies.writing.models import PolicyPage
from tests.making.mailing import many_people
from tests.making.notices import a_sending_notice
from tests.making.policies import a_draft, announce
from tests.policies.notices.crew import Crew, Sink, a_crew, a_sink, check, kill_at_random, stop_past_its_lease

MAILS, KILLS, WORKERS, CONNECTIONS, LEASE = 30_000, 20, 2, 8, 3.0
# Longer than the database is away: nothing is to be taken over then.
LONG_LEASE = 60.0
CHANCE = Random()


def kills(crew: Crew, sink: Sink) -> int:
    kill_at_random(crew, KILLS, CHANCE, (0.1, 0.7))
    return KILLS * CONNECTIONS


def stops(crew: Crew, sink: Sink) -> int:
    for _ in range(3):
        time.sleep(CHANCE.uniform(0.2, 0.5))
        stop_past_its_lease(crew, LEASE)
    return 3 * CONNECTIONS


def mail_server_dies(crew: Crew, sink: Sink) -> int:
    for _ in range(5):
        time.sleep(CHANCE.uniform(0.5, 1.5))
        sink.kill()
        time.sleep(0.3)
        sink.start()
    return 5 * WORKERS * CONNECTIONS


def database_goes_away(crew: Crew, sink: Sink) -> int:
    for _ in range(4):
        time.sleep(CHANCE.uniform(0.5, 1.5))
        if len(sys.argv) > 1:
            subprocess.run(sys.argv[1], shell=True, check=True, stdout=subprocess.DEVNULL)
        else:
            cut_all()
        connection.close()
    return 0


def cut_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def run(page: PolicyPage, happening: Callable[[Crew, Sink], int], number: int) -> None:
    """Send one notice to everybody while this happens."""
    notice = a_sending_notice(page, words=f"cookies are of size {number}")
    url, lease = database_url(), LONG_LEASE if happening is database_goes_away else LEASE
    connection.close()
    with (
        tempfile.TemporaryDirectory() as folder,
        a_sink(Path(folder) / "taken", 0.002) as sink,
        a_crew(url, sink.port, lease=lease, connections=CONNECTIONS) as crew,
    ):
        began = time.monotonic()
        for _ in range(WORKERS):
            crew.start()
        sink.wait_for(100)
        repeated_at_most = happening(crew, sink)
        at = sink.taken().total()
        crew.wait(300)
        repeated = check(sink, people=MAILS, repeated_at_most=repeated_at_most)
        seconds, most = time.monotonic() - began, max(sink.taken().values())
    assert most <= 2
    notice.refresh_from_db()
    sent = Delivery.objects.filter(notice=notice, state="sent").count()
    assert (notice.state, notice.sent, sent, NoticeWorker.objects.count()) == ("done", MAILS, MAILS, 0)
    sys.stdout.write(
        f"{connection.vendor}, {happening.__name__.replace('_', ' ')}: lost 0, repeated {repeated} of at most "
        f"{repeated_at_most}, nobody more than {most} times; over after {at} of {MAILS} mails, all in {seconds:.0f} s\n"
    )
    sys.stdout.flush()


def database_url() -> str:
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{where['NAME']}"
    return f"postgres://{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}/{where['NAME']}"


def main() -> None:
    call_command("migrate", verbosity=0)
    page = a_draft()
    announce(page)
    many_people(MAILS)
    happenings = [kills, stops, mail_server_dies]
    if connection.vendor == "postgresql":
        happenings.append(database_goes_away)
    for number, happening in enumerate(happenings):
        run(PolicyPage.objects.get(pk=page.pk), happening, number)


if __name__ == "__main__":
    main()
