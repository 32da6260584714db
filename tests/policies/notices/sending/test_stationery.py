"""The marks in a mail: each leads back to its delivery, and nobody else can make one."""

import datetime as dt

import pytest

from policies.notices.letter.marks import mark_of, read_message_id, read_return_address
from policies.notices.letter.message import FrozenMessage
from policies.notices.sending.outbox import Claimed
from policies.notices.sending.stationery import Stationery, trial_envelope
from tests.making.mailing import a_notice_to, delivery_to
from tests.making.notices import fresh

pytestmark = pytest.mark.django_db


def claimed(delivery) -> Claimed:
    return Claimed(delivery.pk, delivery.notice_id, delivery.person_id, delivery.address, "Ann", 0, 0, None)


@pytest.fixture
def notice(privacy):
    return a_notice_to(privacy, 2)


def test_a_message_id_leads_back_to_its_delivery(notice):
    envelope, _ = Stationery(notice).envelope(claimed(delivery_to(1)))
    line = next(line for line in envelope.body.decode().split("\r\n") if line.startswith("Message-ID: "))
    assert read_message_id(line.removeprefix("Message-ID: ")) == delivery_to(1).pk


def test_it_is_the_same_at_every_try_and_another_for_everybody(notice):
    marks = [mark_of(delivery_to(number).pk) for number in (0, 0, 1)]
    assert marks[0] == marks[1] != marks[2]


def test_reports_come_back_to_an_address_of_its_own_if_there_is_a_mailbox_for_them(notice, settings):
    settings.NOTICES_BOUNCE_ADDRESS = "bounces@plum.example"
    envelope, _ = Stationery(notice).envelope(claimed(delivery_to(1)))
    assert envelope.sender.startswith("bounces+") and envelope.sender.endswith("@plum.example")
    assert read_return_address(envelope.sender) == delivery_to(1).pk
    # Some servers change the case.
    assert read_return_address(f"<{envelope.sender.upper()}>") == delivery_to(1).pk


def test_otherwise_they_come_to_the_sender(notice, settings):
    settings.DEFAULT_FROM_EMAIL = "Plum <policies@plum.example>"
    envelope, _ = Stationery(notice).envelope(claimed(delivery_to(1)))
    assert envelope.sender == "policies@plum.example"


@pytest.mark.parametrize(
    "text", ["", "bounces@plum.example", "bounces+1@plum.example", "<a-1.1.00000000000000000000@x>"]
)
def test_what_is_not_ours_leads_nowhere(text):
    assert (read_return_address(text), read_message_id(text)) == (None, None)


def test_a_forged_number_leads_nowhere(notice):
    _, mac = mark_of(7).split(".")
    assert read_return_address(f"bounces+7.{mac}@plum.example") == 7
    assert read_return_address(f"bounces+8.{mac}@plum.example") is None
    assert read_return_address(f"bounces+7.{mac[:-1]}@plum.example") is None


def test_after_a_change_of_keys_the_old_marks_still_count(settings):
    mark = mark_of(7)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [settings.SECRET_KEY]
    assert mark_of(7) != mark
    assert read_return_address(f"bounces+{mark}@plum.example") == 7


def test_the_date_is_of_the_moment_it_is_offered(notice, freezer_at):
    envelope, _ = Stationery(notice).envelope(claimed(delivery_to(1)))
    assert b"\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n" in envelope.body


@pytest.fixture
def freezer_at():
    from freezegun import freeze_time

    with freeze_time(dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)):
        yield


def test_a_trial_belongs_to_nobody(notice):
    envelope = trial_envelope(FrozenMessage.from_json(fresh(notice).message), notice, "edith@example.org")
    line = next(line for line in envelope.body.decode().split("\r\n") if line.startswith("Message-ID: "))
    assert read_message_id(line.removeprefix("Message-ID: ")) is None
    assert envelope.recipient == "edith@example.org"
