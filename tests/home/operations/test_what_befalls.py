"""What a full disk and a wrong clock do to visitors, editors and notices, and what the operator is told."""

import datetime as dt
import errno
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from freezegun import freeze_time
from PIL import Image as Pillow
from wagtail.images.models import Image

from home.operations.housekeeping import keep_house
from policies.notices.models import AmendmentNotice
from tests.making.doctor import is_well, to_do
from tests.making.notices import a_notice
from tests.making.people import a_person, text_of
from tests.making.policies import a_document, announce

DAY = dt.timedelta(days=1)


def a_day_ahead():
    return freeze_time(dt.datetime.now(dt.UTC) + DAY, ignore=["uuid"], tick=True)


class Full(FileSystemStorage):
    """A volume on which nothing is left."""

    def _save(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")


class TestAFullDisk:
    @pytest.fixture(autouse=True)
    def _full(self, settings, tmp_path):
        full = {"BACKEND": f"{__name__}.Full", "OPTIONS": {"location": str(tmp_path)}}
        settings.STORAGES = settings.STORAGES | {"default": full}

    def test_policies_are_read_as_ever(self, client, privacy):
        assert client.get("/policies/privacy/").status_code == 200

    def test_an_upload_is_refused_for_now_and_nothing_of_it_stays(self, cms):
        file = BytesIO()
        Pillow.new("RGB", (40, 20), "red").save(file, "PNG")
        form = {"title": "Us", "file": SimpleUploadedFile("us.png", file.getvalue()), "collection": "1"}
        answer = cms.post("/cms/images/add/", form)
        assert answer.status_code == 503
        assert "not available for a moment" in text_of(answer)
        assert not Image.objects.exists()

    def test_other_errors_of_files_are_errors(self, cms, monkeypatch):
        def broken(*_: object) -> None:
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(Full, "_save", broken)
        cms.raise_request_exception = False
        form = {"title": "Us", "file": SimpleUploadedFile("us.png", b"x"), "collection": "1"}
        assert cms.post("/cms/documents/add/", form).status_code == 500


class TestAClockThatIsADayAhead:
    def test_a_visitor_reads_tomorrows_version_today_and_the_right_one_once_the_clock_is_right(self, client, privacy):
        tomorrow = timezone.localdate() + DAY
        announce(privacy, a_document("cookies are gone"), effective_from=tomorrow, change_summary="None.")
        assert "cookies are gone" not in text_of(client.get("/policies/privacy/"))
        with a_day_ahead():
            assert "cookies are gone" in text_of(client.get("/policies/privacy/"))
        assert "cookies are gone" not in text_of(client.get("/policies/privacy/"))

    def test_the_wait_of_a_notice_ends_early_and_nobody_gets_it_twice(self, privacy):
        a_person("ann@example.org")
        a_notice(privacy, held_until=timezone.now() + dt.timedelta(hours=6))
        keep_house()
        assert not mail.outbox
        with a_day_ahead():
            keep_house()
            keep_house()
        keep_house()
        assert len(mail.outbox) == 1
        assert AmendmentNotice.objects.get().state == "done"

    def test_the_operator_is_told(self, db):
        assert is_well("clock")
        with a_day_ahead():
            assert "86,4" in to_do("clock")
