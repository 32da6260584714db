"""Who was told what, and when, is evidence: only retention and erasing change or delete it, and say so."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import triggers
from accounts.personal_data.erasing import erase
from accounts.personal_data.forgetting import forgetting
from accounts.personal_data.register import subject_of
from accounts.personal_data.retention import enforce_retention
from policies.notices import steering
from policies.notices.bounces.taking import take_bounce
from policies.notices.models import AmendmentNotice, Delivery, Engagement
from policies.notices.proof import discrepancies
from policies.notices.sending.finishing import finish
from policies.versions.announcing import withdraw
from tests.making.notices import a_notice, a_sending_notice, fresh
from tests.making.people import a_person
from tests.making.policies import a_document, announce

pytestmark = pytest.mark.django_db
KEPT, FROZEN, DONE = (
    "what became of a delivery is kept",
    "mail of a notice is frozen",
    "people did with a version is kept",
)


def run(sql: str, *params) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.rowcount


def refused(sql: str, *params, match: str) -> None:
    with pytest.raises(IntegrityError, match=match):
        run(sql, *params)


def become(state: str, reason: str = "") -> None:
    """What a worker writes when it is done with everybody."""
    run("UPDATE notices_delivery SET state = %s, reason = %s, settled_at = %s", state, reason, timezone.now())


@pytest.fixture
def sent(privacy) -> AmendmentNotice:
    """A notice to ann and ben that is done."""
    for name in ("ann", "ben"):
        a_person(f"{name}@example.org")
    notice = a_sending_notice(privacy)
    become("sent")
    assert finish(notice)
    return fresh(notice)


@pytest.mark.parametrize(
    "change",
    [
        "message = 'We never said so.'",
        "message = ''",
        "always_because = 'The law.'",
        "staged_at = NULL, message = ''",
        "kind = 'reminder'",
        "created_at = '2020-01-01 00:00:00+00:00'",
        "version_id = version_id - 1",
    ],
)
def test_the_mail_of_a_notice_cannot_be_changed_once_people_are_written_down(sent, change):
    refused(f"UPDATE notices_amendmentnotice SET {change}", match=FROZEN)


def test_what_a_notice_counts_can(sent):
    assert run("UPDATE notices_amendmentnotice SET sent = 7") == 1


def test_a_notice_that_waits_to_be_staged_has_no_mail_yet(privacy):
    assert a_notice(privacy).message == ""
    assert run("UPDATE notices_amendmentnotice SET message = 'a draft of it'") == 1


def test_a_notice_cannot_be_deleted(sent):
    refused("DELETE FROM notices_amendmentnotice", match=f"{FROZEN}|FOREIGN KEY|foreign key")
    with pytest.raises(IntegrityError, match=FROZEN), transaction.atomic():
        a = AmendmentNotice.objects.create(version=sent.version, kind="reminder", held_until=timezone.now())
        a.delete()


@pytest.mark.parametrize("state", ["sent", "failed", "unreachable", "skipped"])
@pytest.mark.parametrize(
    "change",
    [
        "state = 'skipped', reason = 'preference', reply = 'x'",
        "state = 'sending', settled_at = NULL",
        "reply = 'another answer'",
        "settled_at = '2020-01-01 00:00:00+00:00'",
        "settled_at = NULL",
        "first_tried_at = '2020-01-01 00:00:00+00:00'",
        "attempts = 9",
        "address = 'eve@example.org'",
        "name = 'Eve'",
        "person_id = person_id + 1",
        "state = 'unreachable', reason = 'bounced', address = 'eve@example.org'",
        "state = 'unreachable', reason = 'bounced', attempts = 9",
    ],
)
def test_what_became_of_a_delivery_cannot_be_changed(privacy, state, change):
    a_person("ann@example.org")
    a_sending_notice(privacy)
    become(state, "refused")
    refused(f"UPDATE notices_delivery SET {change}", match=KEPT)


def test_a_delivery_cannot_be_deleted(sent):
    refused("DELETE FROM notices_delivery", match=KEPT)
    with pytest.raises(IntegrityError, match=KEPT), transaction.atomic():
        Delivery.objects.all().delete()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="TRUNCATE is PostgreSQL's")
@pytest.mark.parametrize("table", ["notices_delivery", "notices_engagement"])
def test_nothing_of_it_can_be_truncated(sent, table):
    refused(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table}", match="is kept")


def test_settling_again_with_the_same_answer_is_no_change(sent):
    assert run("UPDATE notices_delivery SET state = state, reply = reply, worker = 8, due_at = %s", timezone.now()) == 2


def test_what_comes_back_is_marked_and_what_failed_is_tried_again(sent):
    ann = Delivery.objects.get(address="ann@example.org")
    take_bounce(ann.pk, dead=False, words="The mailbox is full.")
    assert fresh(ann).state == "unreachable"
    become_failed = "UPDATE notices_delivery SET state = 'failed', reason = 'refused' WHERE address = %s"
    with forgetting():
        run(become_failed, "ben@example.org")
    assert steering.retry_failed(sent) == 1


def test_what_people_did_cannot_be_changed_or_deleted(sent):
    refused("UPDATE notices_engagement SET kind = 'accepted'", match=DONE)
    refused("DELETE FROM notices_engagement", match=DONE)


def test_erasing_overwrites_a_persons_own_and_no_other(sent):
    ann = Delivery.objects.get(address="ann@example.org").person
    erase(subject_of(ann))
    assert set(Delivery.objects.values_list("address", "state")) == {("", "sent"), ("ben@example.org", "sent")}
    assert Engagement.objects.filter(kind="notified").count() == 1
    refused("UPDATE notices_delivery SET address = ''", match=KEPT)
    assert list(discrepancies()) == []


def test_retention_deletes_what_is_past_its_time(sent, settings):
    settings.NOTICE_DELIVERIES_KEPT = dt.timedelta(days=30)
    assert enforce_retention(timezone.now() + dt.timedelta(days=31))[1] == []
    assert not Delivery.objects.exists()
    settings.NOTICE_DELIVERIES_KEPT = dt.timedelta(0)
    assert list(discrepancies()) == []


def test_the_leave_to_forget_ends_with_the_block_and_with_what_failed_in_it(sent):
    with forgetting(), forgetting():
        run("UPDATE notices_delivery SET name = ''")
    refused("UPDATE notices_delivery SET name = 'Eve'", match=KEPT)
    with pytest.raises(ZeroDivisionError), forgetting():
        1 / 0  # noqa: B018
    refused("UPDATE notices_delivery SET name = 'Eve'", match=KEPT)


def listed() -> list[str]:
    return [f"{version.number}: {what}" for version, what in discrepancies()]


def test_as_sent_nothing_is_wrong(sent, capsys):
    call_command("verify_policies")
    assert "as they were announced" in capsys.readouterr().out


def behind_the_triggers(sql: str) -> None:
    triggers.lift()
    run(sql)


def test_deliveries_that_are_missing_added_or_changed_are_found(sent, capsys):
    behind_the_triggers(
        "UPDATE notices_delivery SET state = 'skipped', reason = 'preference' WHERE address LIKE 'ann%'"
    )
    one = f"2.0: notice {sent.pk}: of 2 deliveries "
    assert listed() == [one + "1 are “Accepted by the mail server”, and not 2", one + "1 are “Not sent”, and not 0"]
    run("DELETE FROM notices_delivery WHERE address LIKE 'ann%'")
    assert listed() == [one + "1 are missing"]
    for name in ("ann", "eve"):
        Delivery.objects.create(notice=sent, address=f"{name}@example.org", state="sent", settled_at=timezone.now())
    assert listed() == [f"2.0: notice {sent.pk}: 1 deliveries more than were written down for it"]
    with pytest.raises(CommandError):
        call_command("verify_policies")
    assert "privacy 2.0: notice" in capsys.readouterr().err


def test_a_notice_that_is_gone_is_found(sent):
    with forgetting():
        run("DELETE FROM notices_engagement")
        run("DELETE FROM notices_delivery")
        run("DELETE FROM notices_amendmentnotice")
    assert listed() == ["2.0: it is an amendment, but its notice is not there"]


def test_while_it_is_sent_and_after_a_stop_nothing_is_wrong(privacy):
    a_person("ann@example.org")
    notice = a_sending_notice(privacy)
    assert listed() == []
    steering.stop(notice, because="A wrong date.")
    assert listed() == []


def test_corrections_and_first_versions_need_no_notice(privacy):
    announce(privacy, a_document("cookies are tiny files"), significance="correction")
    later = announce(
        privacy, a_document("cookies are gone"), effective_from=timezone.localdate() + dt.timedelta(days=9)
    )
    withdraw(later, reason="A mistake.")
    assert listed() == []
