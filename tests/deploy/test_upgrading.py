"""From every release there is a way to this one, and it is seen where there is none."""

import gzip
import shutil

import pytest

from tests.releasing.databases import KINDS
from tests.releasing.migrations import TOP, edited, releases, write
from tests.releasing.upgrading import demo_dump, objections


@pytest.fixture(scope="module", params=KINDS)
def site_of_today(request, tmp_path_factory):
    kind = request.param
    return kind, demo_dump(kind, tmp_path_factory.mktemp("today") / "var")


def test_what_was_released_is_not_edited():
    assert [path for release in releases() for path in edited(release)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_released_database_can_be_brought_up_to_date(kind, tmp_path):
    for release in releases():
        dumped = gzip.decompress((release / KINDS[kind].file).read_bytes())
        assert list(objections(kind, dumped, tmp_path / release.name)) == [], release.name


def test_todays_own_database_is_as_a_fresh_one(site_of_today, tmp_path):
    assert list(objections(*site_of_today, tmp_path)) == []


def test_a_database_that_lacks_something_is_seen_though_migrate_ends_well(site_of_today, tmp_path):
    """As after an initial migration was rewritten under its own name."""
    kind, dumped = site_of_today
    lacking = KINDS[kind].without_a_column(dumped, "accounts_user", "phone")
    found = list(objections(kind, lacking, tmp_path))
    assert any(one.startswith("is missing: column accounts_user.phone ") for one in found)
    assert any(one.startswith("manage.py shell: ") for one in found)
    assert not any(one.startswith("manage.py migrate: ") for one in found)


def test_an_edited_or_lost_migration_is_named(tmp_path):
    top, release = tmp_path / "top", tmp_path / "0.1.0"
    for package in ("accounts", "home", "policies"):
        shutil.copytree(TOP / package, top / package, ignore=shutil.ignore_patterns("__pycache__"))
    write(release, top)
    assert list(edited(release, top)) == []
    (top / "home/migrations/0002_first_pages.py").unlink()
    with (top / "accounts/migrations/0001_initial.py").open("a") as file:
        file.write("# better\n")
    assert list(edited(release, top)) == ["accounts/migrations/0001_initial.py", "home/migrations/0002_first_pages.py"]
