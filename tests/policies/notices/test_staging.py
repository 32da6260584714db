"""To whom a notice goes: everybody active, each once, frozen at one moment."""

import pytest
from django.db import IntegrityError
from django.db.models import F, Value

from accounts.flows.addresses import mark_undeliverable
from accounts.models import User
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.models.notices import NoticeState
from policies.notices.sending.staging import insert_select, stage_recipients
from tests.making.notices import a_notice, fresh, states, who_chose
from tests.making.people import a_person
from tests.making.policies import a_draft, announce

pytestmark = pytest.mark.django_db


def staged(privacy, **fields) -> AmendmentNotice:
    notice = a_notice(privacy, **fields)
    assert stage_recipients(notice)
    return fresh(notice)


def test_everybody_active_has_a_row_and_it_says_why_who_gets_no_mail(privacy):
    a_person("ann@example.org", preferred_name="Ann")
    a_person("unproved@example.org", verified=False)
    a_person("gone@example.org", is_active=False)
    who_chose("none", "quiet@example.org")
    who_chose("every", "eager@example.org")
    notice = staged(privacy)
    assert states(notice) == {
        "ann@example.org": "pending",
        "unproved@example.org": "unreachable no-address",
        "quiet@example.org": "skipped preference",
        "eager@example.org": "pending",
    }
    assert (notice.recipients, notice.unreachable, notice.skipped, notice.waiting) == (4, 1, 1, 2)
    assert (notice.state, notice.staged_at is None) == (NoticeState.HELD, False)
    assert Delivery.objects.get(person__email="ann@example.org").name == "Ann"
    settled = Delivery.objects.exclude(settled_at=None).values_list("person__email", flat=True)
    assert set(settled) == {"unproved@example.org", "quiet@example.org"}


def test_where_mail_came_back_from_nothing_is_sent_again(privacy):
    ann = a_person("ann@example.org")
    mark_undeliverable(ann.pk, "ann@example.org", "550 5.1.1 No such user")
    assert states(staged(privacy)) == {"ann@example.org": "unreachable bounced"}


def test_where_everybody_must_be_told_the_choice_does_not_count(privacy):
    who_chose("none", "quiet@example.org")
    assert states(staged(privacy, always_notify_because="The law requires it."))["quiet@example.org"] == "pending"


def test_of_a_new_policy_only_those_are_told_who_want_every_announcement(db):
    a_person("ann@example.org")
    who_chose("every", "eager@example.org")
    announce(a_draft(), tell_of_first=True)
    notice = AmendmentNotice.objects.get()
    stage_recipients(notice)
    assert states(notice) == {"ann@example.org": "skipped preference", "eager@example.org": "pending"}


def test_the_address_is_frozen(privacy):
    person = a_person("ann@example.org")
    notice = staged(privacy)
    person.emailaddress_set.update(email="new@example.org")
    assert Delivery.objects.get(notice=notice, person=person).address == "ann@example.org"


def test_nobody_is_added_or_dropped_by_doing_it_again(privacy):
    a_person("ann@example.org")
    notice = staged(privacy)
    a_person("late@example.org")
    assert not stage_recipients(notice)
    assert list(states(notice)) == ["ann@example.org"]


def test_the_mail_is_frozen_with_the_recipients(privacy):
    notice = staged(privacy)
    assert "Clearer words." in notice.message


def test_nobody_at_all_is_a_notice_too(privacy):
    notice = staged(privacy)
    assert (notice.recipients, notice.state) == (0, NoticeState.HELD)


def test_what_breaks_another_rule_is_an_error_and_not_left_out(privacy):
    a_person("ann@example.org")
    notice = a_notice(privacy)
    values = {"notice_id": Value(notice.pk), "person_id": F("pk"), "state": Value("nonsense")}
    with pytest.raises(IntegrityError):
        insert_select(Delivery, User.objects.all(), values, unique=("notice", "person"))


def test_what_is_there_already_stays_as_it_is(privacy):
    ann, ben = a_person("ann@example.org"), a_person("ben@example.org")
    notice = a_notice(privacy)
    Delivery.objects.create(notice=notice, person=ann, address="old@example.org")
    values = {"notice_id": Value(notice.pk), "person_id": F("pk"), "address": F("email")}
    assert insert_select(Delivery, User.objects.all(), values, unique=("notice", "person")) == 1
    assert Delivery.objects.get(person=ann).address == "old@example.org"
    assert Delivery.objects.get(person=ben).address == "ben@example.org"
