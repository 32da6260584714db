"""PgBouncer lending connections for one transaction, between the site and its database."""

import json
import os
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.deploy.drilling import new_place
from tests.deploy.filling import fill
from tests.deploy.in_front import free_port, wait_for

TELLING = """
import io
from django.core.management import call_command
from home.finished_pages.sources import source_of
source = source_of()
before = source.numbers()
call_command("import_policy", "{folder}/privacy.md", "--slug", "{slug}", "--announce", stdout=io.StringIO())
for _ in source.connection.notifies(timeout=5, stop_after=1):
    print("told")
print(source.numbers() != before)
"""


@contextmanager
def pooler(database: str, mode: str = "transaction"):
    """Debian's pgbouncer in front of a database; yields the database's address through it. It refuses to be root."""
    with tempfile.TemporaryDirectory() as made:  # pytest's own folders are not for everybody
        Path(made).chmod(0o755)
        with started(Path(made), database, mode) as address:
            yield address


@contextmanager
def started(folder: Path, database: str, mode: str):
    parts, port = urlsplit(database), free_port()
    password = f" password={parts.password}" if parts.password else ""
    (folder / "ini").write_text(
        f"[databases]\n* = host={parts.hostname} port={parts.port or 5432} user={parts.username}{password}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
        f"pool_mode = {mode}\ndefault_pool_size = 4\n"
    )
    as_nobody = ["runuser", "-u", "nobody", "--"] if os.getuid() == 0 else []
    log = folder / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen([*as_nobody, "pgbouncer", folder / "ini"], stdout=output, stderr=output) as process,
    ):
        try:
            wait_for(port, process, log)
            yield parts._replace(netloc=f"{parts.username}@127.0.0.1:{port}").geturl()
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """A site with a policy and two people, at its database itself."""
    with new_place("postgresql", tmp_path_factory.mktemp("site") / "var") as place:
        fill(place)
        yield place


@pytest.fixture(scope="module")
def lent(past):
    """The same through a pooler, and nothing said of it."""
    with pooler(past.database) as url:
        yield replace(past, database=url)


@pytest.fixture(scope="module")
def right(lent, past):
    return replace(lent, more={"DATABASE_DIRECT_URL": past.database})


def finding(place):
    done = place.run("./manage.py", "doctor", "--only", "pooler", "--json")
    (found,) = [one for one in json.loads(done.stdout) if one["key"] == "pooler"]
    return found


def told(place, slug):
    return place.manage("shell", "-v", "0", "-c", TELLING.format(folder=place.folder, slug=slug)).split()


def test_the_doctor_says_what_a_pooler_takes_away_and_what_to_set(lent, right, past):
    assert "pages that are kept would not hear of changes" in finding(lent)["words"]
    assert "DATABASE_DIRECT_URL" in finding(lent)["advice"]
    assert "what needs a session goes past it" in finding(right)["words"]
    assert "Nothing stands between" in finding(past)["words"]


def test_the_doctor_knows_a_direct_address_that_is_none(lent, right, past):
    assert "leads to a pooler, too" in finding(replace(lent, more={"DATABASE_DIRECT_URL": lent.database}))["words"]
    elsewhere = f"{past.database.rpartition('/')[0]}/postgres"
    assert "to another database" in finding(replace(lent, more={"DATABASE_DIRECT_URL": elsewhere}))["words"]


def test_a_pooler_that_leaves_sessions_alone_needs_nothing(past):
    with pooler(past.database, "session") as url:
        assert "leaves each its session" in finding(replace(past, database=url))["words"]


def test_kept_pages_hear_of_an_announcement_past_the_pooler_only(right, lent):
    assert told(right, "terms") == ["told", "True"]
    assert told(lent, "cookies") == ["True"]


def test_what_reads_in_portions_reads_all_of_it(right):
    assert "versions are as they were announced" in right.manage("verify_policies")
    right.manage("export_user", "ben@example.org", "--output", f"{right.folder}/ben.zip")
    right.manage("housekeeping")
    right.manage("reapply_erasures")


def test_a_backup_leaves_nothing_behind_for_those_who_come_next(right):
    right.back_up()
    with psycopg.connect(right.database, prepare_threshold=None) as asked:
        assert asked.execute("SHOW search_path").fetchone() == ('"$user", public',)
    assert "ben@example.org" in right.who()
