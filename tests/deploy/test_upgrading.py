"""From every release there is a way to this one, and it is seen where there is none."""

import gzip
import shutil

import pytest

from tests.deploy.drilling import fill, new_place
from tests.releasing.migrations import DUMP, TOP, edited, releases, write
from tests.releasing.upgrading import dump, objections


@pytest.fixture(scope="module")
def site_of_today(tmp_path_factory):
    with new_place("postgresql", tmp_path_factory.mktemp("today") / "var") as place:
        fill(place)
        return dump(place)


def test_what_was_released_is_not_edited():
    assert [path for release in releases() for path in edited(release)] == []


def test_every_released_database_can_be_brought_up_to_date(tmp_path):
    for release in releases():
        sql = gzip.decompress((release / DUMP).read_bytes()).decode()
        assert list(objections(sql, tmp_path / release.name)) == [], release.name


def test_todays_own_database_is_as_a_fresh_one(site_of_today, tmp_path):
    assert list(objections(site_of_today, tmp_path)) == []


def test_a_database_that_lacks_something_is_seen_though_migrate_ends_well(site_of_today, tmp_path):
    """As after an initial migration was rewritten under its own name."""
    lacking = site_of_today + "\nALTER TABLE public.accounts_user DROP COLUMN phone;\n"
    found = list(objections(lacking, tmp_path))
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
