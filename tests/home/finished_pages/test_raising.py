"""What raises a generation: whatever changes what the public sees, by whatever way; and nothing else."""

import threading

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from home.finished_pages import sources
from home.finished_pages.generation import Generation
from home.finished_pages.models import Generation as Row
from home.finished_pages.watched import NEVER_SHOWN, triggers, watched_tables
from home.models import Organisation, StandardPage
from plum.finished import reader
from policies.versions.announcing import withdraw
from policies.writing.models import PolicyPage
from tests.making.finished_pages import LONDON, a_store, ask
from tests.making.policies import a_document, a_draft, announce
from tests.making.versions import days

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PRIVACY = "policies/privacy"


def numbers():
    return dict(Row.objects.values_list("scope", "number"))


def raised_by(deed):
    """Return the scopes that a deed raises."""
    before = numbers()
    deed()
    return {scope for scope, number in numbers().items() if number != before.get(scope)}


@pytest.fixture
def page():
    return a_draft()


@pytest.fixture
def followed(transactional_db):
    """The store in front of the site, which hears of its database as the web server's does."""
    generation = Generation(sources.source_of, LONDON)
    store = a_store(WSGIHandler(), generation=generation)
    store.reader = reader()
    yield store
    generation.stop()


def test_the_first_version_of_a_policy_raises_all_pages_and_the_next_its_own(page):
    assert raised_by(lambda: announce(page)) == {"all", "site", PRIVACY}
    assert raised_by(lambda: announce(page, a_document("cookies are gone"))) == {"all", PRIVACY}


def test_a_version_with_another_title_raises_all_pages(page):
    announce(page)
    renamed = a_document("cookies are gone", title="Your privacy")
    assert raised_by(lambda: announce(page, renamed)) == {"all", "site", PRIVACY}


def test_a_withdrawal_raises_all_pages(page):
    announce(page)
    later = announce(page, a_document("cookies are gone"), effective_from=timezone.localdate() + days(40))
    assert raised_by(lambda: withdraw(later, reason="Too early.")) == {"all", "site", PRIVACY}


def test_what_editors_do_to_drafts_raises_nothing(page):
    announce(page)

    def work():
        draft = PolicyPage.objects.get(pk=page.pk)
        draft.title = "Another title"
        draft.save_revision()
        Page.objects.filter(pk=page.pk).update(locked=True, locked_at=timezone.now())

    assert raised_by(work) == set()


def test_raw_sql_raises_it_too(page):
    announce(page)

    def rename():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE wagtailcore_page SET title = 'New' WHERE id = %s", [page.pk])

    assert raised_by(rename) == {"all", "site"}


def test_a_deed_that_is_rolled_back_raises_nothing(page):
    def half():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            announce(page)
            1 / 0  # noqa: B018

    assert raised_by(half) == set()


def test_each_watched_table_has_its_three_triggers_and_they_stand_in_the_database():
    declared = triggers()
    by_table = {
        table: {one.event for one in declared if one.table == table} for table in {one.table for one in declared}
    }
    assert by_table.keys() == watched_tables() - NEVER_SHOWN
    assert set(map(frozenset, by_table.values())) == {frozenset({"INSERT", "UPDATE", "DELETE"})}
    with connection.cursor() as cursor:
        find = {
            "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
            "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        }
        cursor.execute(find[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}
    assert {one.full_name for one in declared} <= standing


def test_numbers_go_up_even_where_the_rows_were_lost(page):
    announce(page)
    before = numbers()
    Row.objects.all().delete()
    announce(page, a_document("cookies are gone"))
    assert numbers()["all"] > before["all"]


def ready(store, path="/policies/privacy/"):
    """Ask twice, so that the page is kept; return what it says."""
    ask(store, path)
    made = store.counts.made
    words = ask(store, path).body.decode()
    assert store.counts.made == made
    return words


def comes(true, seconds=10):
    """Whether something becomes true within some seconds."""
    pause = threading.Event()
    for _ in range(seconds * 100):
        if true():
            return True
        pause.wait(0.01)
    return False


def test_what_is_announced_elsewhere_is_shown_and_what_was_kept_is_not_sent_again(page, followed):
    announce(page)
    assert "small files" in ready(followed)
    announce(page, a_document("cookies are gone for good"))
    assert comes(lambda: "gone for good" in ask(followed).body.decode())
    assert "gone for good" in ready(followed)


def test_the_name_of_the_site_is_everywhere_at_once(page, followed):
    announce(page)
    ready(followed)
    organisation = Organisation.objects.first() or Organisation(site=page.get_site())
    organisation.name = "Acme Dental"
    organisation.save()
    assert comes(lambda: "Acme Dental" in ask(followed).body.decode())


def test_a_plain_page_in_the_menu_is_seen_and_gone(page, followed):
    announce(page)
    ready(followed)
    about = page.get_parent().get_parent().add_child(instance=StandardPage(title="Our history", show_in_menus=True))
    assert comes(lambda: "Our history" in ask(followed).body.decode())
    about.delete()
    assert comes(lambda: "Our history" not in ask(followed).body.decode())


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_a_lost_connection_is_opened_again_and_nothing_is_missed(page, followed):
    announce(page)
    ready(followed)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name LIKE 'plum generation%' AND datname = current_database()"
        )
        assert cursor.fetchall()
    announce(page, a_document("cookies are gone for good"))
    assert comes(lambda: "gone for good" in ask(followed).body.decode())
