"""What every test may use. Triggers stand in tests as they do outside: only a flush may lift them."""

import datetime as dt
import gc
import os
import weakref
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage, storages
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import TransactionTestCase
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import HealthCheck, settings

from accounts.models import User, triggers
from policies.reading import written
from policies.writing.models import PolicyPage
from tests.making import tables
from tests.making.own_words import speaks_sql
from tests.making.policies import a_draft, announce
from tests.making.versions import TODAY, put, row

# Time says more about the machine than about the code, so no example has a deadline and none is too slow to be made.
# Developers look for new examples each time; what lands is judged by the same ones, whoever judges.
settings.register_profile(
    "untimed",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize="CI" in os.environ,
    database=None if "CI" in os.environ else settings.default.database,
)
settings.load_profile("untimed")

# Where tests talk to servers, start processes, fill whole databases or try hundreds of examples.
SLOW = (
    "accounts/personal_data",
    "accounts/second_factor",
    "home/operations",
    "plum",
    "policies/desk",
    "policies/notices/bounces",
    "policies/notices/reader",
    "policies/notices/sending",
    "policies/notices/test_",
    "policies/texts/importing",
    "test_rubbish",
)

# Files that speak SQL, of constraints or of triggers, or say so, are asked whole on both databases. What else has
# words of its own for each is asked but for the third example of a test and those after it. Of the rest the second
# database answers some of each class, and then it answers for both: the others ask the first one the same.
# `make nightly` asks each database all of it.
EXAMPLES_IN_OWN_WORDS = 2
TESTS_OF_A_CLASS = 4
OWN_WORDS = ("accounts/personal_data", "accounts/rights", "policies/notices", "policies/versions")
# Most of the time goes to the database and to pages of the CMS; of each file so many of those tests are quick ones.
QUICK_OF_A_FILE = 2
# Measuring makes a test half as slow again; these go the same ways as the examples before them.
MEASURED_EXAMPLES = 4


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make test-fast` leaves out, what a second database can answer otherwise, and what is measured."""
    here = Path(__file__).parent
    examples, asking, tests = Counter[object](), Counter[Path](), Counter[object]()
    for item in items:
        place = item.path.relative_to(here).as_posix()
        database = item.get_closest_marker("django_db")
        real_commits = bool(database and database.kwargs.get("transaction"))
        test = (item.path, item.cls, item.originalname)
        examples[test] += 1
        asks = bool(database or {"db", "transactional_db"} & set(item.fixturenames))
        asking[item.path] += asks
        if asks:
            item.add_marker("asks")
            tests[test[:2]] += examples[test] == 1
            in_own_words = place.startswith(OWN_WORDS) and examples[test] <= EXAMPLES_IN_OWN_WORDS
            if real_commits or speaks_sql(item.path) or in_own_words:
                item.add_marker("database")
            elif examples[test] == 1 and tests[test[:2]] <= TESTS_OF_A_CLASS:
                item.add_marker("database")
                item.add_marker("either")
        if examples[test] > MEASURED_EXAMPLES:
            item.add_marker("unmeasured")
        if real_commits or place.startswith(SLOW) or (asks and asking[item.path] > QUICK_OF_A_FILE):
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end: looking through it again takes a twelfth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure no part of a test that is not to be; pytest-cov's own `no_cover` goes on measuring its fixtures."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    controller = plugin and plugin.cov_controller
    if controller and item.get_closest_marker("unmeasured"):
        controller.pause()
        try:
            return (yield)
        finally:
            controller.resume()
    return (yield)


@pytest.fixture(scope="session")
def kept_tables(request, django_db_modify_db_settings, django_db_blocker) -> Iterator[tables.Kept | None]:
    """The tables of the last run, to begin with; `--create-db` lays them anew."""
    folders = getattr(request.config, "cache", None)
    if folders is None or request.config.getvalue("create_db"):
        yield None
        return
    kept = tables.InMemory(folders.mkdir("tables")) if connection.vendor == "sqlite" else tables.Beside()
    with django_db_blocker.unblock():
        kept.lay()
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def django_db_setup(kept_tables, django_db_setup, django_db_blocker):
    if kept_tables:
        with django_db_blocker.unblock():
            kept_tables.keep()


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What is kept outlives the rows that a test rolls back."""
    cache.clear()
    written.forget()


@pytest.fixture(autouse=True)
def _storages_stay():
    """Django makes storages anew where a test sets STORAGES, and fields go on with those that they know."""
    known, standing = dict(storages._storages), storages["default"]
    yield
    if storages._storages.get("default") is not standing:
        storages._storages = known | {"default": standing}
        default_storage._wrapped = standing


@pytest.fixture(autouse=True)
def _no_answer_stays_open(monkeypatch):
    """Close what a test did not read to its end: psycopg waits for ever where a cursor is collected in a statement."""
    made = []
    begin = StreamingHttpResponse.__init__

    def remember(self, *args, **kwargs):
        begin(self, *args, **kwargs)
        made.append(weakref.ref(self))

    monkeypatch.setattr(StreamingHttpResponse, "__init__", remember)
    yield
    for answer in filter(None, (one() for one in made)):
        for close in answer._resource_closers:  # answer.close() would close the test's connection as well
            close()


@pytest.fixture(scope="session", autouse=True)
def _flushing_lifts_the_triggers():
    flush = TransactionTestCase._fixture_teardown

    def teardown(self):
        aliases = self._databases_names(include_mirrors=False)
        for alias in aliases:
            triggers.lift(alias, triggers.Trigger)
        try:
            flush(self)
        finally:
            for alias in aliases:
                triggers.install(alias, triggers.Trigger)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture
def verified(db):
    """Sign a person in with a second factor given, whatever the way: `verified(client, user)` returns the client."""

    def sign_in(client, user):
        device, _ = TOTPDevice.objects.get_or_create(
            user=user, confirmed=True, defaults={"name": "Phone", "tolerance": 0}
        )
        client.force_login(user)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
        return client

    return sign_in


@pytest.fixture
def privacy(db) -> PolicyPage:
    """A policy announced as version 1.0 today."""
    page = a_draft()
    announce(page)
    return PolicyPage.objects.get(pk=page.pk)


@pytest.fixture
def editor(db) -> User:
    return User.objects.create_superuser("editor@example.org", "a long enough password", first_name="Edith")


@pytest.fixture
def cms(client, editor, verified):
    """A client signed in to the CMS."""
    return verified(client, editor)


@pytest.fixture
def today(monkeypatch):
    """Let the site believe that it is noon in London on TODAY; called with a day, on that one from then on."""
    moments = [dt.datetime.combine(TODAY, dt.time(12), tzinfo=timezone.get_default_timezone())]
    monkeypatch.setattr(timezone, "now", lambda: moments[-1].astimezone(dt.UTC))

    def be(day: dt.date | None = None, at: dt.time = dt.time(12)) -> dt.date:
        if day:
            moments.append(dt.datetime.combine(day, at, tzinfo=timezone.get_default_timezone()))
        return moments[-1].date()

    return be


@pytest.fixture
def history(db, today):
    """A policy with two superseded versions, one in force, one withdrawn and one upcoming."""
    page = a_draft()
    put(
        page,
        row(1, dt.date(2024, 1, 1)),
        row(2, dt.date(2025, 3, 1)),
        row(3, dt.date(2026, 1, 1)),
        row(4, dt.date(2026, 7, 1), withdrawn=True),
        row(5, dt.date(2026, 8, 1), announced_at=dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)),
    )
    return page
