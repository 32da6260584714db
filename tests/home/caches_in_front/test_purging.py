"""Caches in front let go of what changed: after the commit, once more a little later, and again where it failed."""

import datetime as dt
import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from home.caches_in_front import addresses, purging
from home.caches_in_front.checks import caches_can_be_told
from home.models import Organisation, Purge, StandardPage
from policies.versions.announcing import withdraw
from tests.making.front_cache import a_front_cache
from tests.making.policies import a_document, a_draft, announce
from tests.making.versions import days

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PRIVACY = "/policies/privacy/"


@pytest.fixture
def front(settings):
    with a_front_cache() as cache:
        settings.WAGTAILFRONTENDCACHE = cache.setting
        yield cache


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Do a deed and commit it, as far as a test does: its triggers have run, and whoever waited for it is called."""

    def doing(deed):
        connection.run_on_commit.clear()  # as a commit leaves it
        with django_capture_on_commit_callbacks(execute=True):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return deed()

    return doing


@pytest.fixture
def page(front, commit):
    """An announced policy beside another; the cache has heard of both."""
    page = a_draft()
    announce(page)
    commit(lambda: announce(a_draft(a_document("terms are few", title="Terms"), slug="terms")))
    front.asked.clear()
    return page


@pytest.fixture
def amend(page, commit):
    return lambda **words: commit(lambda: announce(page, a_document("cookies are gone"), **words))


def later(seconds):
    return timezone.now() + dt.timedelta(seconds=seconds)


def test_an_announcement_purges_the_policy_and_the_pages_that_list_it(page, amend, commit, front):
    amend()
    assert all(one.startswith("testserver/") for one in front.asked)
    assert len(set(front.asked)) == len(front.asked)
    taken = front.taken()
    assert {"/", "/policies/", "/policies/feed.atom", "/sitemap.xml", PRIVACY, f"{PRIVACY}versions/"} <= taken
    assert {f"{PRIVACY}versions/1.0/", f"{PRIVACY}versions/2.0/", f"{PRIVACY}feed.atom"} <= taken
    assert {f"{PRIVACY}compare/1.0/2.0/", f"{PRIVACY}compare/1.0/2.0/?view=side"} <= taken
    assert not [path for path in taken if "/terms/" in path]


def test_a_withdrawal_purges_every_page(page, amend, commit, front):
    version = amend(effective_from=timezone.localdate() + days(40))
    front.asked.clear()
    commit(lambda: withdraw(version, reason="Too early."))
    assert {"/", PRIVACY, f"{PRIVACY}versions/2.0/", "/policies/terms/"} <= front.taken()


def test_another_name_of_the_organisation_purges_every_page(page, amend, commit, front):
    row = Organisation.objects.first() or Organisation(site=page.get_site())
    row.name = "Acme Dental"
    commit(row.save)
    assert {"/", "/policies/", PRIVACY, "/policies/terms/"} <= front.taken()


def test_a_plain_page_that_comes_changes_moves_or_goes_is_purged(page, amend, commit, front):
    home = page.get_parent().get_parent()
    about = commit(lambda: home.add_child(instance=StandardPage(title="About us", slug="about")))
    assert {"/", "/about/"} <= front.taken()
    about.introduction = "New"
    commit(lambda: about.save_revision().publish())
    assert "/about/" in front.taken()
    commit(about.unpublish)
    assert "/" in front.taken()
    commit(about.delete)
    assert "/" in front.taken()


def test_drafts_and_what_is_rolled_back_purge_nothing(page, amend, commit, front):
    page.title = "Another"
    commit(page.save_revision)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce(page, a_document("cookies are gone"))
        1 / 0  # noqa: B018
    assert front.asked == []


def test_what_raw_sql_changed_is_found_by_the_housekeeping(page, amend, commit, front):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET title = 'New' WHERE id = %s", [page.pk])
    assert front.asked == []
    call_command("housekeeping")
    assert PRIVACY in front.taken()


def test_they_are_told_once_more_and_then_no_more(page, amend, commit, front):
    """A process that had not yet heard of the change may have given them the old page in between."""
    amend()
    first = front.taken()
    assert purging.purge_what_changed(later(5)) == {}
    purging.purge_what_changed(later(60))
    assert first <= front.taken()
    assert purging.purge_what_changed(later(600)) == {}


def test_what_a_cache_refuses_is_logged_and_tried_again_with_patience(page, amend, commit, front, caplog):
    purging.purge_what_changed(later(60))
    front.asked.clear()
    front.answers = 503
    amend()
    (line,) = [one for one in caplog.records if one.message == "caches in front were not told of a change"]
    assert (line.failures, line.again_in, line.scopes) == (1, 30, ["all", "policies/privacy"])
    assert "503" in line.words
    front.asked.clear()
    assert purging.purge_what_changed(later(10)) == {}
    assert purging.purge_what_changed(later(40)) == {"failed": 1}
    assert Purge.objects.get(pk="policies/privacy").failures == 2
    front.answers = 200
    front.asked.clear()
    assert purging.purge_what_changed(later(200))["purged"] > 10
    assert PRIVACY in front.taken()
    assert set(Purge.objects.values_list("failures", flat=True)) == {0}


def test_a_new_change_does_not_wait_for_an_old_failure(page, amend, commit, front):
    front.answers = 503
    amend()
    front.answers = 200
    front.asked.clear()
    commit(lambda: announce(page, a_document("cookies are back")))
    assert PRIVACY in front.taken()
    assert Purge.objects.get(pk="policies/privacy").failures == 0


def test_what_a_cache_does_not_hold_is_no_failure(page, amend, commit, front, caplog):
    front.answers = 404
    amend()
    assert not Purge.objects.filter(failures__gt=0).exists()


def test_a_cache_that_cannot_be_reached_takes_no_announcement_with_it(page, amend, commit, settings):
    settings.WAGTAILFRONTENDCACHE = {
        "default": settings.WAGTAILFRONTENDCACHE["default"] | {"LOCATION": "http://127.0.0.1:1"}
    }
    assert amend().number == "2.0"
    assert Purge.objects.get(pk="policies/privacy").failures == 1


def test_a_cache_that_never_answers_does_not_hold_the_worker(page, amend, commit, front, monkeypatch):
    monkeypatch.setattr(purging, "PATIENCE", 0.2)
    front.hold = threading.Event()
    amend()
    front.hold.set()
    assert Purge.objects.get(pk="policies/privacy").failures == 1


def test_where_nobody_stands_in_front_nothing_is_done(page, amend, commit, front, settings):
    settings.WAGTAILFRONTENDCACHE = {}
    Purge.objects.all().delete()
    amend()
    assert purging.purge_what_changed() == {}
    assert not Purge.objects.exists()
    assert front.asked == []


def test_every_address_that_is_purged_is_there(page, amend, commit, client):
    amend()
    announce(page, a_document("cookies are small"), about_personal_data=False)
    found = [address.removeprefix("https://testserver") for address in addresses.addresses_of({"site"})]
    assert {path: client.get(path).status_code for path in found} == dict.fromkeys(found, 200)
    registers = [path for path in found if path.startswith(PRIVACY) and path.endswith("/dpv/")]
    assert registers == [f"{PRIVACY}versions/1.0/dpv/", f"{PRIVACY}versions/2.0/dpv/"]


def test_a_backend_that_is_not_there_is_said_at_the_start(settings):
    assert caches_can_be_told() == []
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "nowhere.Backend"}}
    (said,) = caches_can_be_told()
    assert (said.id, "nowhere.Backend" in said.msg) == ("plum.E020", True)
