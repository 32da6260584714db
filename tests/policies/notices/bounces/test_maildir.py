"""Reports are read from a Maildir: each mail once, whatever else happens in that folder meanwhile."""

import os
import threading

import pytest
from django.db import connection

from policies.notices.bounces import mailboxes
from policies.notices.bounces.looking import look_for_reports
from policies.notices.bounces.mailboxes import unread_mails
from policies.notices.bounces.reports import read_report
from policies.notices.bounces.taking import Effect, take_report
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import DeliveryState
from tests.making.notices import fresh
from tests.policies.notices.bounces import mails


def test_nothing_is_looked_at_without_a_mailbox(settings, delivery):
    settings.NOTICES_BOUNCE_MAILBOX = ""
    assert look_for_reports() == 0


def test_mails_that_were_seen_by_nobody_are_read_wherever_they_are(maildir, a_sent):
    ann, ben, eve = a_sent("ann@example.org", "ben@example.org", "eve@example.org")
    maildir.drop(mails.postfix(ann), "1.new")
    for name, delivery in {"2.in-cur:2,": ben, "3.seen:2,S": eve}.items():
        (maildir.folder / "cur" / name).write_bytes(mails.postfix(delivery))
    assert look_for_reports() == 2
    assert [fresh(row).state == DeliveryState.SENT for row in (ann, ben, eve)] == [False, False, True]
    assert sorted(path.name for path in (maildir.folder / "cur").iterdir()) == [
        "1.new:2,S",
        "2.in-cur:2,S",
        "3.seen:2,S",
    ]


def test_flags_of_others_are_kept(maildir, delivery):
    (maildir.folder / "cur" / "1.a:2,RT").write_bytes(b"Subject: what is this?\n\nHello")
    look_for_reports()
    assert maildir.flags() == ["FRST"]


def test_a_mail_that_vanishes_while_it_is_read_is_nobodys_matter(maildir, delivery):
    names = [
        maildir.drop(b"Subject: 1\n\nHello"),
        maildir.drop(b"Subject: 2\n\nHello"),
        maildir.drop(mails.postfix(delivery)),
    ]
    with unread_mails(f"maildir://{maildir.folder}") as unread:
        first = next(unread)
        for name in names[:2]:
            (maildir.folder / "new" / name).unlink()
        first.flag()
        assert b"Undelivered" in next(unread).raw
    assert maildir.flags() == ["new"]


@pytest.mark.parametrize("place", ["a folder", "a loop"])
def test_what_cannot_be_read_stops_no_other(maildir, delivery, caplog, place):
    strange = maildir.folder / "new" / "1.strange"
    strange.mkdir() if place == "a folder" else strange.symlink_to(strange)
    maildir.drop(mails.postfix(delivery))
    caplog.set_level("WARNING")
    assert look_for_reports() == 1
    assert "cannot be read" in caplog.text


@pytest.mark.parametrize("trouble", ["no such folder", "no Maildir", "a file", "no permission"])
def test_a_folder_that_cannot_be_used_is_said_and_raises_nothing(maildir, delivery, caplog, settings, trouble):
    maildir.drop(mails.postfix(delivery))
    new = maildir.folder / "new"
    match trouble:
        case "no such folder":
            settings.NOTICES_BOUNCE_MAILBOX += "-elsewhere"
        case "no Maildir":
            (maildir.folder / "cur").rmdir()
        case "a file":
            new.rename(maildir.folder / "old")
            new.write_text("")
        case "no permission":
            if os.geteuid() == 0:
                pytest.skip("root may read everything")
            new.chmod(0)
    caplog.set_level("WARNING")
    assert look_for_reports() == 0
    assert f"The mailbox for reports at {maildir.folder}" in caplog.text
    assert fresh(delivery).state == DeliveryState.SENT


def test_one_look_takes_so_many_and_the_next_goes_on(maildir, delivery, monkeypatch):
    monkeypatch.setattr(mailboxes, "AT_MOST", 3)
    for _ in range(5):
        maildir.drop(b"Auto-Submitted: auto-replied\n\nI am away.")
    maildir.drop(mails.postfix(delivery))
    assert look_for_reports() == 0
    assert maildir.flags() == ["S", "S", "S", "new", "new", "new"]
    assert look_for_reports() == 1
    assert maildir.flags() == ["S"] * 6


def test_a_look_that_is_overtaken_by_another_changes_nothing_more(maildir, a_sent):
    deliveries = a_sent("ann@example.org", "ben@example.org")
    for delivery in deliveries:
        maildir.drop(mails.postfix(delivery))
    with unread_mails(f"maildir://{maildir.folder}") as unread:
        first = next(unread)
        assert look_for_reports() == 2
        assert take_report(read_report(first.raw)) is Effect.NOTHING
        first.keep()
        assert list(unread) == []
    assert AmendmentNotice.objects.get(pk=deliveries[0].notice_id).unreachable == 2
    assert maildir.flags() == ["S", "S"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share no SQLite in memory")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_looks_at_once_count_everything_once(maildir, a_sent):
    deliveries = a_sent(*(f"p{number}@example.org" for number in range(20)))
    before = AmendmentNotice.objects.get(pk=deliveries[0].notice_id)
    for delivery in deliveries:
        maildir.drop(mails.postfix(delivery))
    marked, start = [], threading.Barrier(2)

    def look() -> None:
        start.wait(10)
        try:
            marked.append(look_for_reports())
        finally:
            connection.close()

    looks = [threading.Thread(target=look) for _ in range(2)]
    for thread in looks:
        thread.start()
    for thread in looks:
        thread.join(60)
    notice = AmendmentNotice.objects.get(pk=before.pk)
    assert (notice.sent, notice.unreachable) == (before.sent - 20, before.unreachable + 20)
    assert sum(marked) == 20
    assert maildir.flags() == ["S"] * 20
