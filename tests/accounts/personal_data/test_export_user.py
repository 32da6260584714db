"""`manage.py export_user`: the same file, made by staff."""

import stat

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import SecurityEvent
from tests.accounts.personal_data.archives import Opened, download
from tests.making.people import confirm_identity, text_of


def test_staff_get_the_same_file(ann, signed_in, tmp_path):
    target = tmp_path / "ann.zip"
    call_command("export_user", "ANN@example.org", output=str(target))
    confirm_identity(signed_in)
    by_staff, own = Opened(target.read_bytes()), download(signed_in)
    assert by_staff.names == own.names
    assert by_staff.rows("account") == own.rows("account")
    assert by_staff.text("schema.json") == own.text("schema.json")


def test_without_a_name_the_file_has_that_of_a_download(ann, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call_command("export_user", ann.email)
    [file] = tmp_path.iterdir()
    assert file.name.startswith("testserver-data-")
    assert file.suffix == ".zip"


def test_only_its_owner_can_read_the_file(ann, tmp_path):
    call_command("export_user", ann.email, output=str(tmp_path / "ann.zip"))
    assert stat.S_IMODE((tmp_path / "ann.zip").stat().st_mode) == 0o600


def test_the_person_sees_that_it_was_made_and_is_not_mailed(ann, signed_in, tmp_path):
    mail.outbox.clear()
    call_command("export_user", ann.email, output=str(tmp_path / "ann.zip"))
    assert "Copy of your data made by staff" in text_of(signed_in.get("/account/data/"))
    assert mail.outbox == []


def test_a_file_that_is_there_already_stays(ann, tmp_path):
    (tmp_path / "ann.zip").write_text("mine")
    with pytest.raises(CommandError, match="Name another with --output"):
        call_command("export_user", ann.email, output=str(tmp_path / "ann.zip"))
    assert (tmp_path / "ann.zip").read_text() == "mine"
    assert not SecurityEvent.objects.exists()


def test_a_folder_that_is_not_there_is_said(ann, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_user", ann.email, output=str(tmp_path / "nowhere" / "ann.zip"))


def test_an_address_nobody_has_is_said(db):
    with pytest.raises(CommandError, match="Nobody signs in with this address"):
        call_command("export_user", "nobody@example.org")
    assert not SecurityEvent.objects.exists()


def test_it_goes_to_standard_output_if_asked(ann, capfdbinary):
    call_command("export_user", ann.email, output="-")
    assert Opened(capfdbinary.readouterr().out).rows("account")[0]["email"] == ann.email
