"""Who is put off, dropped or in doubt is tried again, as often as is right, and holds up nobody else."""

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone

from policies.notices.models import Delivery
from policies.notices.models.notices import NoticeState, Reason
from policies.notices.sending.loop import send
from tests.making.mailing import a_notice_to, address, delivery_to, drain, everybody, results
from tests.making.notices import fresh
from tests.policies.notices.servers import At, Rule, Then, scripted_server

pytestmark = pytest.mark.django_db


class TestLater:
    @pytest.mark.parametrize("at", [At.RCPT, At.DATA, At.DOT])
    def test_who_is_put_off_is_tried_again_until_accepted(self, privacy, mailing, at):
        notice = a_notice_to(privacy, 10)
        mailing.try_again_at_once()
        with scripted_server({f"p{n}": Rule(at, "451 later,", times=2) for n in range(5)}) as server:
            mailing.through(server)
            drain()
            assert sorted(server.recipients) == everybody(10)
        assert results(notice) == {"sent": 10}
        assert fresh(notice).state == NoticeState.DONE
        assert (delivery_to(0).attempts, delivery_to(9).attempts) == (2, 0)

    def test_until_then_the_notice_goes_on_and_nobody_waits_for_it(self, privacy, mailing, clock):
        notice = a_notice_to(privacy, 5)
        with scripted_server({"p1": Rule(At.RCPT, "452 mailbox full,")}) as server:
            mailing.through(server)
            tally = send(during=None)
        assert clock.passed < 1
        assert (tally.sent, tally.later) == (4, 1)
        assert (fresh(notice).state, fresh(notice).sent) == (NoticeState.SENDING, 4)
        late = delivery_to(1)
        assert (late.state, late.reason, late.attempts) == ("pending", Reason.LATER, 1)
        assert late.reply == f"452 mailbox full, {address(1)}"
        assert dt.timedelta(seconds=50) < late.due_at - timezone.now() < dt.timedelta(minutes=4)

    def test_after_three_days_it_is_given_up(self, privacy, mailing):
        notice = a_notice_to(privacy, 2)
        Delivery.objects.filter(address=address(1)).update(
            attempts=9, first_tried_at=timezone.now() - dt.timedelta(hours=73)
        )
        with scripted_server({"p1": Rule(At.RCPT, "452 mailbox full,")}) as server:
            mailing.through(server)
            drain()
        assert results(notice) == {"sent": 1, "failed gave-up": 1}
        assert fresh(notice).state == NoticeState.DONE

    @pytest.mark.parametrize("lines", [1, 3, 8, 20])
    def test_421_after_a_few_mails_is_nobodys_attempt(self, privacy, mailing, settings, clock, lines):
        """All lines can be at their limit at once, so that one mail comes back from each of them."""
        settings.NOTICES_CONNECTIONS = lines
        notice = a_notice_to(privacy, 3 * lines + 20)
        with scripted_server(mails_per_connection=3) as server:
            mailing.through(server)
            drain()
            assert sorted(server.recipients) == everybody(3 * lines + 20)
        assert clock.passed < 1
        assert set(Delivery.objects.filter(notice=notice).values_list("attempts", "doubts")) == {(0, 0)}

    def test_a_mail_that_each_line_brings_back_once_is_not_put_off(self, privacy, mailing, settings, clock):
        settings.NOTICES_CONNECTIONS = 8
        a_notice_to(privacy, 40)
        with scripted_server({"p20": Rule(At.RCPT, "421 enough for one connection,", times=8)}) as server:
            mailing.through(server)
            drain()
            assert sorted(server.recipients) == everybody(40)
        assert (delivery_to(20).attempts, delivery_to(20).doubts) == (0, 0)

    def test_a_mail_that_ends_every_line_is_put_off_before_long(self, privacy, mailing, settings, clock):
        settings.NOTICES_CONNECTIONS = 8
        notice = a_notice_to(privacy, 40)
        with scripted_server({"p20": Rule(At.RCPT, "421 enough for one connection,")}) as server:
            mailing.through(server)
            send(during=None)
            assert server.used["p20", At.RCPT] == 8 + 3 + 1
        assert results(notice) == {"sent": 39, "pending later": 1}

    @pytest.mark.parametrize("at", [At.MAIL, At.RCPT, At.DATA])
    def test_a_drop_before_the_dot_is_nobodys_attempt(self, privacy, mailing, at):
        notice = a_notice_to(privacy, 10)
        with scripted_server({"p3": Rule(at, then=Then.DROP, times=2)}) as server:
            mailing.through(server)
            drain()
            assert sorted(server.recipients) == everybody(10)
        assert (delivery_to(3).attempts, delivery_to(3).doubts) == (0, 0)
        assert fresh(notice).state == NoticeState.DONE

    def test_one_whose_connection_is_always_dropped_does_not_hold_up_the_others(self, privacy, mailing):
        notice = a_notice_to(privacy, 10)
        with scripted_server({"p3": Rule(At.RCPT, then=Then.DROP)}) as server:
            mailing.through(server)
            send(during=None)
        assert results(notice) == {"sent": 9, "pending later": 1}


class TestDoubt:
    @pytest.mark.parametrize("at", [At.BODY, At.DOT, At.TAKEN])
    def test_a_drop_behind_the_dot_is_tried_again_with_the_same_number(self, privacy, mailing, at):
        notice = a_notice_to(privacy, 10)
        mailing.try_again_at_once()
        with scripted_server({"p3": Rule(at, then=Then.DROP, times=1)}) as server:
            mailing.through(server)
            drain()
        times = Counter(server.recipients)
        assert times == dict.fromkeys(everybody(10), 1) | {address(3): 1 + (at is At.TAKEN)}
        assert len({taken.message_id for taken in server.accepted}) == 10
        assert (results(notice), delivery_to(3).doubts) == ({"sent": 10}, 1)

    def test_after_the_third_time_without_an_answer_it_fails_as_in_doubt(self, privacy, mailing):
        notice = a_notice_to(privacy, 4)
        mailing.try_again_at_once()
        with scripted_server({"p1": Rule(At.TAKEN, then=Then.DROP)}) as server:
            mailing.through(server)
            drain()
        assert Counter(server.recipients)[address(1)] == 3
        assert results(notice) == {"sent": 3, "failed in-doubt": 1}
        assert fresh(notice).state == NoticeState.DONE

    def test_one_that_hangs_does_not_hold_up_the_others(self, privacy, mailing):
        notice = a_notice_to(privacy, 20)
        mailing.impatient()
        with scripted_server({"p3": Rule(At.TAKEN, then=Then.HANG)}) as server:
            mailing.through(server)
            send(during=None)
        assert results(notice) == {"sent": 19, "pending in-doubt": 1}
        assert (delivery_to(3).doubts, delivery_to(3).attempts) == (1, 0)
