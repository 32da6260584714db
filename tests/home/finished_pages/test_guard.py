"""Within one machine no old answer is begun after a commit of another process; nobody waits for NOTIFY here."""

import os
import re
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from wagtail.models import Site

from home.finished_pages import committing, sources
from home.finished_pages.committing import writes_what_is_watched
from home.finished_pages.generation import Generation
from home.finished_pages.guard import Guard, guard_in
from home.models import Organisation
from plum.finished import reader
from tests.making.finished_pages import LONDON, a_store, ask

CHANGES, READERS = 60, 3
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")


class Counted(sources.FromPostgreSQL):
    """Counts how often the database is asked for its generations."""

    asked = 0

    def _read(self, connection):
        self.asked += 1
        return super()._read(connection)


class Announcer:
    """Another process of the site, with the same database and the same folder."""

    def __init__(self, process):
        self.process = process
        assert self.heard() == "ready"

    def heard(self):
        return self.process.stdout.readline().strip()

    def tell(self, deed, mark):
        self.process.stdin.write(f"{deed} {mark}\n")
        self.process.stdin.flush()

    def change(self, mark):
        self.tell("change", mark)
        assert self.heard() == str(mark)


@pytest.fixture
def announcer(transactional_db, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    committing.site_guard.cache_clear()
    found = connection.settings_dict
    address = f"postgres://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
    env = os.environ | {"DATABASE_URL": address, "GUARD_FOLDER": str(tmp_path), "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "tests.making.announcer"]
    with subprocess.Popen(
        command, env=env, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Announcer(process)
        process.kill()
    committing.site_guard.cache_clear()


@pytest.fixture
def deaf(announcer):
    """The store in front of the site, in a process that never hears NOTIFY: it knows of changes by the guard alone."""
    Organisation.objects.update_or_create(site=Site.objects.get(), defaults={"name": "mark-0-"})
    generation = Generation(lambda: Counted(connections["default"], committing.site_guard()), LONDON, listens=False)
    store = a_store(WSGIHandler(), generation=generation)
    store.reader = reader()
    ask(store, "/")
    yield store
    generation.stop()


def seen(store):
    return int(re.search(rb"mark-(\d+)-", ask(store, "/").body)[1])


@on_postgresql
def test_no_old_answer_is_begun_after_the_commit_of_another_process(deaf, announcer):
    committed, old, looks = [0], [], [0]

    def watch():
        while committed[0] < CHANGES:
            before = committed[0]
            if (mark := seen(deaf)) < before:
                old.append((before, mark))
            looks[0] += 1

    readers = [threading.Thread(target=watch) for _ in range(READERS)]
    for one in readers:
        one.start()
    for mark in range(1, CHANGES + 1):
        announcer.change(mark)
        committed[0] = mark
        assert seen(deaf) >= mark
    for one in readers:
        one.join(60)
    assert (old, looks[0] > CHANGES) == ([], True)
    assert deaf.counts.hits > 0


@on_postgresql
def test_who_dies_about_to_commit_holds_nobody_up(deaf, announcer):
    announcer.tell("die", 1)
    announcer.process.wait(60)
    assert [seen(deaf), seen(deaf)] == [0, 0]
    asked, hits = readings(deaf), deaf.counts.hits
    assert seen(deaf) == 0
    assert (readings(deaf), deaf.counts.hits) == (asked, hits + 1)  # kept, and the database is not asked again


@on_postgresql
def test_while_somebody_commits_the_database_is_asked_before_each_answer(deaf, announcer):
    announcer.tell("stand", 1)
    assert announcer.heard() == "raised"
    asked, hits = readings(deaf), deaf.counts.hits
    assert [seen(deaf) for _ in range(3)] == [0, 0, 0]
    assert (readings(deaf), deaf.counts.hits) == (asked + 3, hits + 3)
    announcer.process.stdin.write("enough\n")
    announcer.process.stdin.flush()
    assert announcer.heard() == "1"
    asked = readings(deaf)
    assert [seen(deaf) for _ in range(3)] == [0, 0, 0]
    assert readings(deaf) == asked + 1


def readings(store):
    return store.generation._source.asked


def test_what_no_public_page_shows_does_not_raise_the_guard():
    assert not writes_what_is_watched('SELECT "name" FROM "home_organisation"')
    assert not writes_what_is_watched('INSERT INTO "django_session" ("session_key") VALUES (%s)')
    assert not writes_what_is_watched('UPDATE "home_organisation_of_others" SET "name" = %s')


@pytest.mark.parametrize(
    "sql",
    [
        'UPDATE "home_organisation" SET "name" = %s',
        "update home_organisation set name = %s",
        'INSERT INTO "policies_policyversion" ("title") VALUES (%s)',
        '  DELETE FROM "wagtailcore_page" WHERE "id" = 1',
    ],
)
def test_what_changes_public_pages_raises_the_guard(sql):
    assert writes_what_is_watched(sql)


def test_the_guard_is_up_for_as_long_as_anybody_holds_it(tmp_path):
    mine, others = Guard(tmp_path), Guard(tmp_path)
    before = others.number
    with mine.raised(), Guard(tmp_path).raised():
        assert others.is_up()
        during = others.number
    assert (others.is_up(), during == before, others.number == during) == (False, False, True)


def test_without_a_folder_to_write_in_the_site_goes_on(tmp_path, caplog):
    assert guard_in(tmp_path / "nowhere") is None
    assert "changes of pages cannot be told within the machine" in caplog.text
