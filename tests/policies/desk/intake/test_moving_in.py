"""Policies brought along: imported into a draft, announced, or recorded with their true dates."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from policies.desk.proof import verify
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

SEED = Path(__file__).resolve().parents[4] / "shared" / "data" / "plum-privacy-policy.txt"
OLD = "# Privacy policy\n\nWe respect you.\n\n## Cookies\n\n1. small files\n2. large files\n"
AMENDING = ("--significance", "amendment", "--kind", "other")
NEW = OLD.replace("large files", "no other files")


@pytest.fixture
def file(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "privacy.md"
        path.write_text(text)
        return path

    return write


def run(name: str, path: Path, *more: str) -> None:
    call_command(name, path, "--slug", "privacy", *more)


@pytest.mark.django_db
def test_a_file_becomes_a_draft_that_nobody_sees(file, client, capsys):
    run("import_policy", file(OLD))
    assert "Saved as a draft" in capsys.readouterr().out
    assert not PolicyPage.objects.get().live
    assert client.get("/policies/privacy/").status_code == 404


@pytest.mark.django_db
def test_a_file_can_be_announced_and_amended(file, client):
    run("import_policy", file(OLD), "--announce")
    run("import_policy", file(NEW), "--announce", *AMENDING, "--summary", "Fewer files.")
    assert [version.number for version in PolicyVersion.objects.all()] == ["2.0", "1.0"]
    first, second = PolicyVersion.objects.order_by("sequence")
    assert first.document.sections[0].key == second.document.sections[0].key
    assert "no other files" in client.get("/policies/privacy/").content.decode()


@pytest.mark.django_db
def test_an_amendment_without_a_summary_saves_nothing(file):
    run("import_policy", file(OLD), "--announce")
    with pytest.raises(CommandError, match="Nothing was saved"):
        run("import_policy", file(NEW), "--announce", "--significance", "amendment")
    assert PolicyVersion.objects.count() == 1
    assert "large files" in str(PolicyPage.objects.get().get_latest_revision_as_object().sections.raw_data[0])


@pytest.mark.django_db
def test_the_same_file_again_announces_nothing(file, capsys):
    run("import_policy", file(OLD), "--announce")
    run("import_policy", file(OLD), "--announce")
    assert "Nothing was announced" in capsys.readouterr().out
    assert PolicyVersion.objects.count() == 1


@pytest.mark.django_db
def test_a_dry_run_saves_nothing(file):
    run("import_policy", file(OLD), "--dry-run")
    assert not PolicyPage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"no heading at all"])
def test_a_file_that_cannot_be_read_makes_no_page(tmp_path, content):
    path = tmp_path / "privacy.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        run("import_policy", path)
    assert not PolicyPage.objects.exists()


@pytest.mark.django_db
def test_versions_announced_elsewhere_keep_their_true_dates(file, client):
    run("record_policy", file(OLD), "--announced-on", "2015-03-01", "--effective-from", "2015-04-01")
    words = (*AMENDING, "--summary", "Fewer files.")
    run("record_policy", file(NEW), "--announced-on", "2018-05-01", "--effective-from", "2018-05-25", *words)
    first, second = PolicyVersion.objects.order_by("sequence")
    assert (first.number, first.announced_on, first.effective_from) == ("1.0", dt.date(2015, 3, 1), dt.date(2015, 4, 1))
    assert (second.number, second.effective_from) == ("2.0", dt.date(2018, 5, 25))
    assert first.recorded_at and second.recorded_at
    assert PolicyVersion.objects.in_force(on=dt.date(2016, 1, 1)).get() == first
    assert PolicyPage.objects.get().live
    assert list(verify()) == []


@pytest.mark.django_db
def test_versions_announced_elsewhere_are_recorded_in_order(file):
    run("record_policy", file(OLD), "--announced-on", "2018-03-01")
    with pytest.raises(CommandError, match="the oldest first"):
        run("record_policy", file(NEW), "--announced-on", "2015-03-01", "--significance", "amendment", "--summary", "x")
    with pytest.raises(CommandError, match="past"):
        run("record_policy", file(NEW), "--announced-on", "2999-03-01", "--significance", "amendment", "--summary", "x")
    assert PolicyVersion.objects.count() == 1


@pytest.mark.django_db
def test_after_recording_the_past_the_policy_is_amended_as_any_other(file):
    run("record_policy", file(OLD), "--announced-on", "2018-03-01")
    run("import_policy", file(NEW), "--announce", "--significance", "correction", "--summary", "A typo.")
    newest = PolicyVersion.objects.order_by("sequence").last()
    assert (newest.number, newest.recorded_at) == ("1.1", None)
    assert list(verify()) == []


@pytest.mark.django_db
@pytest.mark.skipif(not SEED.exists(), reason="the company's own document is not here")
def test_the_companys_own_policy_is_imported_whole(client):
    run("import_policy", SEED, "--announce", "--effective-from", "2099-01-01")
    version = PolicyVersion.objects.get()
    assert len(version.document.sections) == 12
    assert "Frogmore Cottage" in version.text
