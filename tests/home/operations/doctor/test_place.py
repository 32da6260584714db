"""The doctor looks at what stands on the machine: built files, folders, the ledger, time zones, the last backup."""

import datetime as dt
import json
import os
import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage, staticfiles_storage
from django.core.management import call_command

from accounts.personal_data import ledger, ledger_places
from accounts.personal_data.ledger import What, erased_address
from tests.making.doctor import found, is_well, to_do
from tests.making.nobody import as_nobody

DAY = 24 * 3600


@pytest.fixture
def var(settings, tmp_path):
    """A folder of data of the site's own."""
    settings.VAR_DIR = tmp_path
    settings.LAST_BACKUP = tmp_path / "last-backup"
    settings.ERASURE_LEDGER = tmp_path / "ledger" / "erasures.jsonl"
    return tmp_path


@pytest.fixture
def built(settings, tmp_path):
    """Static files of our own, as a deployment has them built."""
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    assert type(staticfiles_storage._wrapped) is not StaticFilesStorage
    call_command("collectstatic", "--noinput", verbosity=0)
    return tmp_path / "static"


def test_built_files_are_well(built):
    assert is_well("static"), found("static")


def test_files_that_were_never_built_are_said_with_what_to_run(built):
    (built / "staticfiles.json").unlink()
    assert "manage.py collectstatic" in to_do("static")


def test_a_file_that_the_manifest_names_and_that_is_not_there_is_named(built):
    name = next(iter(json.loads((built / "staticfiles.json").read_text())["paths"].values()))
    (built / name).unlink()
    assert f"first {name}" in to_do("static")


def test_files_of_an_older_release_are_said(built):
    manifest = json.loads((built / "staticfiles.json").read_text())
    name = sorted(manifest["paths"])[0]
    del manifest["paths"][name]
    (built / "staticfiles.json").write_text(json.dumps(manifest))
    assert f"1 of this release were not built, first {name}" in to_do("static")


def test_settings_that_build_no_files_are_not_asked():
    assert found("static")["verdict"] == "not asked"


def test_a_folder_that_can_be_written_is_well_and_another_one_is_named(var):
    assert is_well("folders")
    var.chmod(0o500)
    for folder in (var, var.parent, var.parent.parent):
        folder.chmod(0o755)
    with as_nobody():
        assert f"may not write in {var}" in to_do("folders")


def test_a_full_disk_is_said(var, monkeypatch):
    assert is_well("space")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**10, 10**10, 10**6))
    assert "Only 1 MB are left" in to_do("space")


def test_the_time_zone_has_to_be_known(settings, monkeypatch):
    assert is_well("time-zones")
    monkeypatch.setattr("home.operations.doctor.place.ZoneInfo", _unknown)
    assert "apt install tzdata" in to_do("time-zones")


def _unknown(name: str):
    from zoneinfo import ZoneInfoNotFoundError

    raise ZoneInfoNotFoundError(name)


def test_the_backup_is_as_old_as_its_mark(var):
    assert "there is no" in to_do("backup")
    mark = Path(var / "last-backup")
    mark.touch()
    assert is_well("backup")
    os.utime(mark, (mark.stat().st_mtime - 3 * DAY,) * 2)
    assert "The last one is of" in to_do("backup")


@pytest.mark.django_db
def test_the_ledger_on_another_volume_or_carried_away_by_backups_is_well(var, monkeypatch):
    monkeypatch.setattr(ledger_places, "database_place", lambda: None)
    assert is_well("ledger")
    monkeypatch.setattr(ledger_places, "database_place", lambda: var)
    assert "on the database's volume" in to_do("ledger")
    (var / "last-backup").touch()
    assert is_well("ledger")


@pytest.mark.django_db
def test_a_ledger_that_was_changed_is_said(var, monkeypatch, settings):
    monkeypatch.setattr(ledger_places, "database_place", lambda: None)
    for number in range(2):
        ledger.write(What.ERASED, erased_address(f"{number}@example.org", "asked"))
    assert "2 lines" in found("ledger")["words"]
    lines = settings.ERASURE_LEDGER.read_text().splitlines()
    settings.ERASURE_LEDGER.write_text(lines[1] + "\n")
    assert "Take the newest copy of it that is whole" in to_do("ledger")


@pytest.mark.django_db
def test_a_ledger_that_cannot_be_written_is_said(var):
    for folder in (var, var.parent, var.parent.parent):
        folder.chmod(0o755)
    with as_nobody():
        assert "nobody can be erased" in to_do("ledger")


def test_an_old_backup_is_told_by_its_days(var, freezer):
    (var / "last-backup").touch()
    freezer.tick(dt.timedelta(hours=48))
    assert is_well("backup")
    freezer.tick(dt.timedelta(hours=2))
    assert to_do("backup")
