"""A site is lost and restored from its backup: what was announced is whole, and who was erased stays erased."""

import io
import os
import shutil
import stat
import tarfile
from dataclasses import replace

import pytest

from tests.deploy.drilling import CLOSE, KEY, new_database, new_place
from tests.deploy.filling import fill

OTHER_KEY = "another-key-of-this-test-0123456789abcdefghijklmnopqrstuvwxyz"


# The second database is asked what it may answer otherwise; the rest is files.
both = pytest.mark.parametrize("kind", ["postgresql", "sqlite"], scope="module")
one = pytest.mark.parametrize("kind", ["postgresql"], scope="module")


@pytest.fixture(scope="module")
def site(kind, tmp_path_factory):
    with new_place(kind, tmp_path_factory.mktemp("site") / "var") as place:
        fill(place)
        yield place


@pytest.fixture(scope="module")
def backup(site):
    """Made while both are there; then one is erased."""
    made = site.back_up()
    site.manage("shell", "-v", "0", "-c", CLOSE)
    site.manage("housekeeping")
    assert site.who() == "ben@example.org"
    return made


@pytest.fixture
def elsewhere(kind, tmp_path):
    """Another machine, where nothing is yet."""
    with new_place(kind, tmp_path / "var") as place:
        yield place


@both
def test_the_erased_come_back_and_go_again(site, backup, elsewhere):
    shutil.copytree(site.ledger.parent, elsewhere.ledger.parent)
    done = elsewhere.restore(backup)
    assert done.returncode == 0, done.stderr
    assert "1 were here again and are erased" in done.stdout
    assert "Restored" in done.stdout
    assert elsewhere.who() == "ben@example.org"
    assert (elsewhere.folder / "media" / "images" / "plum.txt").read_bytes() == b"a picture"
    assert (elsewhere.folder / "private" / "case" / "letter.txt").read_bytes() == b"a letter"
    assert elsewhere.manage("verify_policies")


@one
def test_a_lost_ledger_is_said_and_the_backups_copy_only_taken_when_asked(site, backup, elsewhere):
    later = site.back_up()
    assert "Put its newest copy there" in elsewhere.refusal(later)
    done = elsewhere.restore(later, "--old-ledger")
    assert done.returncode == 0, done.stderr
    assert elsewhere.ledger.read_bytes() == site.ledger.read_bytes()


@one
def test_a_ledger_of_several_machines_outlives_the_restore_and_is_copied_by_backups(kind, tmp_path):
    """In a database of its own, which a restore of the site's leaves as it is."""
    with new_database("postgresql", tmp_path) as ledger:
        with new_place(kind, tmp_path / "old", more={"ERASURE_LEDGER": ledger}) as place:
            fill(place)
            backup = place.back_up()
            place.manage("shell", "-v", "0", "-c", CLOSE)
            place.manage("housekeeping")
            later = place.back_up()
        assert not (backup / "erasures.jsonl").exists()
        assert (later / "erasures.jsonl").read_text().count("\n") == 2
        with new_place(kind, tmp_path / "new", more={"ERASURE_LEDGER": ledger}) as place:
            done = place.restore(backup)
            assert "1 were here again and are erased" in done.stdout, done.stderr
            assert place.who() == "ben@example.org"
    with (
        new_database("postgresql", tmp_path) as lost,
        new_place(kind, tmp_path / "lost", more={"ERASURE_LEDGER": lost}) as place,
    ):
        assert "There is no ledger of erasures at database plum_drill_" in place.refusal(later)
        done = place.restore(later, "--old-ledger")
        assert done.returncode == 0, done.stderr
        assert "0 were here again and are erased, 1 are gone" in done.stdout


@one
def test_another_sites_ledger_is_not_believed(site, backup, elsewhere):
    later = site.back_up()
    elsewhere.ledger.parent.mkdir()
    elsewhere.ledger.write_text('{"another": "ledger"}\n')
    assert "another site's, or altered" in elsewhere.refusal(later)


@one
def test_a_wrong_key_is_said_and_an_old_one_is_right(kind, backup, tmp_path):
    with new_place(kind, tmp_path / "var", key=OTHER_KEY) as place:
        assert "SECRET_KEY is another" in place.refusal(backup)
    with new_place(kind, tmp_path / "too", key=OTHER_KEY, more={"SECRET_KEY_FALLBACKS": KEY}) as place:
        done = place.restore(backup)
        assert done.returncode == 0, done.stderr


@one
def test_a_half_written_dump_is_said_and_leaves_nothing(backup, elsewhere, tmp_path):
    broken = tmp_path / backup.name
    shutil.copytree(backup, broken)
    (dump,) = broken.glob("database.*")
    os.truncate(dump, dump.stat().st_size // 2)
    assert f"{dump} is not what was written" in elsewhere.refusal(broken)
    (broken / "SHA256SUMS").unlink()
    assert "no whole backup" in elsewhere.refusal(broken)


@both
def test_a_dump_that_breaks_on_the_way_in_leaves_an_empty_database(kind, backup, elsewhere, tmp_path):
    """As where the checksums were made of what was half already."""
    from deploy.keeping.parts import write_sums

    broken = tmp_path / backup.name
    shutil.copytree(backup, broken)
    (dump,) = broken.glob("database.*")
    os.truncate(dump, dump.stat().st_size * 3 // 4)
    (broken / "SHA256SUMS").unlink()
    write_sums(broken)
    done = elsewhere.restore(broken)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert elsewhere.restore(backup).returncode == 0


def test_files_come_back_by_the_tarfile_of_debian_12_and_stay_in_their_folder(tmp_path, monkeypatch):
    """Python 3.11.2 has neither `replace` nor filters."""
    from deploy.keeping.restoring import unpack

    monkeypatch.delattr(tarfile.TarInfo, "replace")
    monkeypatch.delattr(tarfile, "data_filter")
    with tarfile.open(tmp_path / "files.tar", "w") as archive:
        for name in ("media/images/plum.txt", "media/../../out.txt", "private/letter.txt"):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = 9, 1_700_000_000
            archive.addfile(entry, io.BytesIO(b"a picture"))
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with tarfile.open(tmp_path / "files.tar") as archive:
        unpack(archive, "media", tmp_path / "var" / "media")
    picture = tmp_path / "var" / "media" / "images" / "plum.txt"
    assert (picture.read_bytes(), picture.stat().st_mtime) == (b"a picture", 1_700_000_000)
    assert [path for path in tmp_path.rglob("*") if path.is_file() or path.is_symlink()] == [
        tmp_path / "files.tar",
        picture,
    ]


@both
def test_what_is_there_is_never_written_over(site, backup):
    assert "The database is not empty" in site.refusal(backup)


@one
def test_the_settings_come_without_what_must_not_lie_about_unless_asked(site, backup):
    text = (backup / "plum.env").read_text()
    assert "SITE_URL=https://www.example.org" in text
    assert KEY not in text
    assert KEY in (site.back_up("--with-key") / "plum.env").read_text()


@one
def test_a_backup_is_for_its_owner_only(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in backup.iterdir()} == {0}


@one
def test_old_backups_go_and_what_a_killed_one_left(kind, tmp_path, site, backup):
    folder = tmp_path / "kept"
    for name in ("plum-20200101T000000Z", "plum-20200102T000000Z", "plum-20200103T000000Z.part", "something-else"):
        (folder / name).mkdir(parents=True)
    done = site.run("deploy/backup", folder, "--keep", "2")
    assert done.returncode == 0, done.stderr
    left = sorted(path.name for path in folder.iterdir())
    assert left[0] == "plum-20200102T000000Z"
    assert left[2] == "something-else"
    assert len(left) == 3


@one
def test_one_more_backup_leaves_as_many_as_the_nightly_ones(kind, tmp_path, site, backup):
    """As before an upgrade, which is no reason to delete what the operator keeps."""
    folder = tmp_path / "kept"
    for day in range(1, 21):
        (folder / f"plum-202001{day:02}T000000Z").mkdir(parents=True)
    (tmp_path / "backup.env").write_text("BACKUP_KEEP=18\n")
    done = replace(site, more={"PLUM_BACKUP_ENV": str(tmp_path / "backup.env")}).run("deploy/backup", folder)
    assert done.returncode == 0, done.stderr
    assert len(list(folder.iterdir())) == 18


@one
def test_a_command_of_the_operators_brings_it_elsewhere_and_its_failure_is_said(site, backup, tmp_path):
    made = site.back_up("--then", f'cp -r "$1" {tmp_path}/away')
    assert (tmp_path / "away" / "SHA256SUMS").read_bytes() == (made / "SHA256SUMS").read_bytes()
    done = site.run("deploy/backup", site.folder / "backups", "--then", "exit 3")
    assert done.returncode == 1
    assert "was not brought away" in done.stderr


@one
def test_a_backup_that_cannot_be_made_leaves_nothing(site, backup, tmp_path):
    done = site.run("deploy/backup", tmp_path / "nowhere")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "nowhere").exists()
