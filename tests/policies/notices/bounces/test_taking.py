"""What a report changes, once: the delivery, the counts of its notice, the address. Nobody can forge one."""

import pytest

from accounts.flows.addresses import mark_working
from accounts.flows.recipients import recipients
from accounts.models import DeadAddress
from accounts.personal_data.forgetting import forgetting
from policies.notices.bounces.looking import look_for_reports
from policies.notices.letter.marks import mark_of
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.models.notices import DeliveryState, Reason
from tests.making.notices import fresh
from tests.policies.notices.bounces import mails

STRANGERS = "Status: 5.2.2\nDiagnostic-Code: smtp; 552 full"


def test_the_counts_of_the_notice_follow(maildir, a_sent):
    ann, ben, eve = a_sent("ann@example.org", "ben@example.org", "eve@example.org")
    before = AmendmentNotice.objects.get(pk=ann.notice_id)
    maildir.drop(mails.postfix(ann))
    maildir.drop(mails.postfix(ben, STRANGERS))
    assert look_for_reports() == 2
    notice = fresh(AmendmentNotice.objects.get(pk=ann.notice_id))
    assert (notice.sent, notice.unreachable) == (before.sent - 2, before.unreachable + 2)
    assert notice.settled == before.settled
    assert fresh(eve).state == DeliveryState.SENT


def test_nothing_more_is_sent_to_a_dead_address_until_its_owner_says_that_it_works(maildir, delivery):
    maildir.drop(mails.postfix(delivery))
    look_for_reports()
    person = delivery.person
    assert not recipients().filter(pk=person.pk).exists()
    mark_working(person)
    assert recipients().filter(pk=person.pk).exists()
    maildir.drop(mails.postfix(delivery))
    assert look_for_reports() == 0
    assert recipients().filter(pk=person.pk).exists()


def test_a_report_that_comes_twice_changes_nothing_more(maildir, delivery):
    maildir.drop(mails.postfix(delivery))
    maildir.drop(mails.exim(delivery))
    assert look_for_reports() == 1
    before = Delivery.objects.filter(pk=delivery.pk).values().get()
    maildir.drop(mails.postfix(delivery))
    assert look_for_reports() == 0
    assert Delivery.objects.filter(pk=delivery.pk).values().get() == before
    assert AmendmentNotice.objects.get(pk=delivery.notice_id).unreachable == 1
    assert maildir.flags() == ["S", "S", "S"]


@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.SENDING])
def test_a_report_that_comes_before_the_delivery_is_settled_waits_for_it(maildir, delivery, state):
    Delivery.objects.filter(pk=delivery.pk).update(state=state)
    maildir.drop(mails.postfix(delivery))
    assert look_for_reports() == 0
    assert (fresh(delivery).state, maildir.flags()) == (state, ["new"])
    assert not DeadAddress.objects.exists()
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SENT)
    assert look_for_reports() == 1
    assert (fresh(delivery).state, maildir.flags()) == (DeliveryState.UNREACHABLE, ["S"])


def test_a_mail_that_was_given_up_on_may_have_left_all_the_same(maildir, delivery):
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.FAILED, reason=Reason.IN_DOUBT)
    AmendmentNotice.objects.filter(pk=delivery.notice_id).update(sent=0, failed=1)
    maildir.drop(mails.postfix(delivery))
    assert look_for_reports() == 1
    notice = AmendmentNotice.objects.get(pk=delivery.notice_id)
    assert (fresh(delivery).state, notice.failed, notice.unreachable) == (DeliveryState.UNREACHABLE, 0, 1)


def test_what_was_not_sent_stays_as_it_is(maildir, delivery):
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SKIPPED, reason=Reason.STOPPED)
    maildir.drop(mails.postfix(delivery))
    assert look_for_reports() == 0
    assert (fresh(delivery).state, maildir.flags()) == (DeliveryState.SKIPPED, ["S"])


def test_a_report_about_somebody_who_has_left(maildir, delivery):
    delivery.person.delete()
    maildir.drop(mails.postfix(delivery))
    assert look_for_reports() == 1
    assert fresh(delivery).state == DeliveryState.UNREACHABLE
    assert not DeadAddress.objects.exists()


def test_an_address_that_was_changed_since_is_not_dead(maildir, delivery):
    delivery.person.emailaddress_set.update(email="ann@example.com")
    maildir.drop(mails.postfix(delivery))
    assert look_for_reports() == 1
    assert not DeadAddress.objects.exists()


@pytest.mark.parametrize("forge", ["wrong proof", "proof of another", "no proof", "a number too big"])
def test_a_forged_mark_changes_nothing_and_is_shown_to_a_person(maildir, delivery, forge):
    mark = mark_of(delivery.pk)
    marks = {
        "wrong proof": f"{mark[:-1]}{'0' if mark[-1] != '0' else '1'}",
        "proof of another": f"{delivery.pk}.{mark_of(delivery.pk + 1).partition('.')[2]}",
        "no proof": f"{delivery.pk}.",
        "a number too big": f"9{'0' * 18}.{'0' * 20}",
    }
    raw = mails.postfix(delivery).replace(mark.encode(), marks[forge].encode())
    assert mark.encode() not in raw
    maildir.drop(raw)
    assert look_for_reports() == 0
    assert (fresh(delivery).state, maildir.flags()) == (DeliveryState.SENT, ["FS"])
    assert not DeadAddress.objects.exists()


def test_a_report_about_a_delivery_that_is_gone_is_shown_to_a_person(maildir, delivery):
    maildir.drop(mails.postfix(delivery))
    with forgetting():
        Delivery.objects.filter(pk=delivery.pk).delete()
    assert look_for_reports() == 0
    assert maildir.flags() == ["FS"]
