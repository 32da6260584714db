"""Sending through real mail servers, good ones and bad ones: nobody is lost, and every answer is the right person's."""

import datetime as dt
import threading
import time
from collections import Counter
from random import Random

import pytest
from django.core import mail
from django.utils import timezone

from accounts.flows.unsubscribe_links import POLICY_MAIL, read_unsubscribe_token
from policies.notices import steering
from policies.notices.letter.marks import read_message_id, read_return_address
from policies.notices.models import AmendmentNotice, Delivery, Engagement
from policies.notices.models.notices import DELIVERY_FINAL, NoticeState, NoticeWorker, Reason
from policies.notices.sending import outbox
from policies.notices.sending.loop import send
from policies.notices.sending.rounds import work
from tests.making.mailing import Mailing, a_notice_to, address, delivery_to, results
from tests.making.notices import a_notice, a_sending_notice, fresh
from tests.policies.notices.servers import (
    At,
    Rule,
    Then,
    accepting_server,
    certificate_for,
    scripted_server,
    serving_tls,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailing(settings) -> Mailing:
    return Mailing(settings)


def drain():
    return send(during=dt.timedelta(seconds=30))


def told() -> list[str]:
    return sorted(Engagement.objects.filter(kind="notified").values_list("person__email", flat=True))


def everybody(how_many: int) -> list[str]:
    return sorted(address(number) for number in range(how_many))


class TestAGoodServer:
    def test_everybody_gets_it_once_and_the_notice_ends(self, privacy, mailing):
        notice = a_notice_to(privacy, 30)
        with accepting_server() as server:
            mailing.through(server)
            tally = drain()
            assert sorted(server.recipients) == everybody(30)
        notice = fresh(notice)
        assert (notice.state, notice.sent, notice.failed, notice.waiting) == (NoticeState.DONE, 30, 0, 0)
        assert (tally.sent, tally.failed, tally.later) == (30, 0, 0)
        assert told() == everybody(30)
        assert Delivery.objects.filter(settled_at=None).count() == 0
        assert NoticeWorker.objects.count() == 0

    @pytest.mark.parametrize("pipelining", [True, False])
    def test_refusals_are_counted_for_the_right_person_with_the_servers_words(self, privacy, mailing, pipelining):
        notice, chance = a_notice_to(privacy, 40), Random(5)
        points = [At.RCPT, At.DATA, At.DOT]
        rules = {f"p{n}": Rule(chance.choice(points), "550 not here,") for n in range(40) if chance.random() < 0.4}
        with scripted_server(rules, pipelining=pipelining) as server:
            mailing.through(server)
            drain()
            assert sorted(server.recipients) == sorted(address(n) for n in range(40) if f"p{n}" not in rules)
        for number in range(40):
            delivery = delivery_to(number)
            if f"p{number}" in rules:
                assert (delivery.state, delivery.reason) == ("failed", Reason.REFUSED)
                assert delivery.reply == f"550 not here, {address(number)}" or "notices" in delivery.reply
            else:
                assert (delivery.state, delivery.reply) == ("sent", "")
        notice = fresh(notice)
        assert (notice.state, notice.failed, notice.sent) == (NoticeState.DONE, len(rules), 40 - len(rules))
        assert told() == sorted(server.recipients)

    def test_each_mail_has_the_marks_and_the_way_out_of_its_own_person(self, privacy, mailing, settings):
        settings.NOTICES_BOUNCE_ADDRESS = "bounces@plum.example"
        a_notice_to(privacy, 5)
        with scripted_server() as server:
            mailing.through(server)
            drain()
        senders = [command.partition("<")[2].partition(">")[0] for command in server.mail_commands]
        assert len({read_return_address(sender) for sender in senders}) == 5
        for taken in server.accepted:
            delivery = Delivery.objects.get(address=taken.recipient)
            assert read_message_id(taken.message_id) == delivery.pk
            header = next(line for line in taken.body.split(b"\r\n") if line.startswith(b"List-Unsubscribe:"))
            token = header.decode().partition("/unsubscribe/")[2].removesuffix("/>")
            assert read_unsubscribe_token(token) == (delivery.person_id, POLICY_MAIL)

    def test_two_notices_are_sent_in_turn(self, privacy, mailing):
        first = a_notice_to(privacy, 3)
        second = a_sending_notice(privacy, words="cookies are small again")
        with accepting_server() as server:
            mailing.through(server)
            drain()
            assert Counter(server.recipients) == dict.fromkeys(everybody(3), 2)
        assert [fresh(notice).state for notice in (first, second)] == ["done", "done"]

    def test_only_one_notice_is_sent_if_asked(self, privacy, mailing):
        first = a_notice_to(privacy, 2)
        second = a_sending_notice(privacy, words="cookies are small again")
        with accepting_server() as server:
            mailing.through(server)
            send(during=None, notice=second)
        assert (results(first), results(second)) == ({"pending": 2}, {"sent": 2})

    def test_a_worker_stages_ends_the_hold_and_sends(self, privacy, mailing):
        notice = a_notice(privacy)
        notice.held_until = timezone.now()
        notice.save()
        with accepting_server() as server:
            mailing.through(server)
            work()
        assert fresh(notice).state == NoticeState.DONE

    def test_without_a_mail_server_of_its_own_any_backend_of_django_is_used(self, privacy, settings):
        settings.NOTICES_EMAIL = {}
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        a_notice_to(privacy, 5)
        drain()
        assert sorted(message.envelope.recipient for message in mail.outbox) == everybody(5)

    def test_who_has_left_since_it_was_staged_gets_nothing(self, privacy, mailing):
        notice = a_notice_to(privacy, 3)
        Delivery.objects.filter(address=address(1)).update(person=None)
        with accepting_server() as server:
            mailing.through(server)
            drain()
            assert sorted(server.recipients) == [address(0), address(2)]
        assert results(notice) == {"sent": 2, "skipped no-address": 1}

    def test_progress_is_told_while_it_is_sent(self, privacy, mailing):
        a_notice_to(privacy, 20)
        seen = []
        with scripted_server(latency=0.02) as server:
            mailing.through(server)
            send(during=None, on_progress=lambda tally, *, total: seen.append((tally.sent, total)))
        assert seen[0] == (0, 20)
        assert {total for _, total in seen} == {20}
        assert len(seen) > 1


class TestOneAddress:
    def test_an_address_that_cannot_be_written_to_fails_with_a_reason(self, privacy, mailing):
        notice = a_notice_to(privacy, 3)
        Delivery.objects.filter(address=address(1)).update(address="not an address")
        with scripted_server() as server:
            mailing.through(server)
            drain()
            assert len(server.accepted) == 2
        assert results(notice) == {"sent": 2, "failed bad-address": 1}
        assert Delivery.objects.get(address="not an address").reply == "The address has no @."

    @pytest.mark.parametrize("offered", [True, False])
    def test_letters_beyond_ascii_depend_on_the_server(self, privacy, mailing, offered):
        notice = a_notice_to(privacy, 2)
        Delivery.objects.filter(address=address(1)).update(address="zoë@example.org")
        with scripted_server(smtputf8=offered) as server:
            mailing.through(server)
            drain()
        assert results(notice) == ({"sent": 2} if offered else {"sent": 1, "failed bad-address": 1})

    def test_a_mail_that_is_too_large_for_the_server_fails(self, privacy, mailing):
        notice = a_notice_to(privacy, 3)
        with scripted_server(size=300) as server:
            mailing.through(server)
            drain()
        assert results(notice) == {"failed refused": 3}
        assert delivery_to(0).reply.startswith("552 The mail has ")


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

    def test_until_then_the_notice_goes_on_and_nobody_waits_for_it(self, privacy, mailing):
        notice = a_notice_to(privacy, 5)
        with scripted_server({"p1": Rule(At.RCPT, "452 mailbox full,")}) as server:
            mailing.through(server)
            began = time.monotonic()
            tally = send(during=None)
            assert time.monotonic() - began < 20
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

    def test_421_after_a_few_mails_is_nobodys_attempt(self, privacy, mailing, settings):
        # With many connections, all at their limit at once, a mail can come back so often that it is put off.
        settings.NOTICES_CONNECTIONS = 3
        notice = a_notice_to(privacy, 40)
        with scripted_server(mails_per_connection=3) as server:
            mailing.through(server)
            began = time.monotonic()
            drain()
            assert time.monotonic() - began < 30
            assert sorted(server.recipients) == everybody(40)
        assert set(Delivery.objects.filter(notice=notice).values_list("attempts", "doubts")) == {(0, 0)}

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


class TestAServerThatRefusesEverybody:
    def paused(self, notice, editor, words):
        notice = fresh(notice)
        assert notice.state == NoticeState.PAUSED
        assert words in notice.state_reason
        assert [message.to for message in mail.outbox] == [[editor.email]]
        assert words in mail.outbox[0].body
        assert (notice.sent, notice.failed) == (0, 0)
        untried = Delivery.objects.filter(notice=notice, attempts=0, first_tried_at=None, reply="")
        assert untried.count() == notice.recipients

    def test_a_wrong_password_pauses_the_notice_and_staff_are_told(self, privacy, editor, mailing):
        notice = a_notice_to(privacy, 5)
        with accepting_server(login=("plum", "right")) as server:
            mailing.through(server, EMAIL_HOST_USER="plum", EMAIL_HOST_PASSWORD="wrong")
            drain()
        self.paused(notice, editor, "does not accept our name and password")
        assert results(notice) == {"pending": 5}

    def test_so_does_an_unknown_certificate(self, privacy, editor, mailing, tmp_path):
        notice = a_notice_to(privacy, 5)
        with accepting_server(starttls=serving_tls(certificate_for("127.0.0.1", tmp_path))) as server:
            mailing.through(server, EMAIL_USE_TLS=True)
            drain()
        self.paused(notice, editor, "certificate")

    def test_so_does_one_that_refuses_our_address(self, privacy, editor, mailing):
        notice = a_notice_to(privacy, 8)
        with scripted_server({"*": Rule(At.MAIL, "550 we do not know you,")}) as server:
            mailing.through(server)
            tally = drain()
            assert len(server.mail_commands) < 10
        self.paused(notice, editor, "we do not know you")
        assert (results(notice), tally.failed) == ({"pending": 8}, 0)

    def test_so_does_a_long_run_of_the_same_words(self, privacy, editor, mailing):
        notice = a_notice_to(privacy, 60)
        with scripted_server({"*": Rule(At.RCPT, "554 5.7.1 your computer is on a list,")}) as server:
            mailing.through(server)
            drain()
            assert len(server.mail_commands) < 60
        notice = fresh(notice)
        assert notice.state == NoticeState.PAUSED
        # What was being offered in that moment.
        assert results(notice)["failed refused"] <= 16
        assert results(notice)["pending"] >= 44
        assert notice.failed == results(notice)["failed refused"]

    def test_after_mending_it_and_going_on_everybody_gets_it(self, privacy, editor, mailing):
        notice = a_notice_to(privacy, 8)
        with scripted_server({"*": Rule(At.MAIL, "550 we do not know you,")}) as server:
            mailing.through(server)
            drain()
            server.rules.clear()
            AmendmentNotice.objects.update(held_until=timezone.now())
            steering.resume(fresh(notice))
            drain()
            assert sorted(server.recipients) == everybody(8)
        assert fresh(notice).state == NoticeState.DONE

    def test_refusals_with_different_words_are_about_the_people(self, privacy, editor, mailing):
        notice = a_notice_to(privacy, 36)
        rules = {f"p{n}": Rule(At.RCPT, f"550 {'abcdefghi'[n % 9]} is not here,") for n in range(36)}
        with scripted_server(rules) as server:
            mailing.through(server)
            drain()
        assert results(notice) == {"failed refused": 36}
        assert mail.outbox == []

    def test_one_that_is_full_for_everybody_is_left_alone_for_a_while(self, privacy, editor, mailing):
        notice = a_notice_to(privacy, 5)
        with scripted_server({"*": Rule(At.MAIL, "452 no space,")}) as server:
            mailing.through(server)
            send(during=dt.timedelta(seconds=2))
            assert len(server.mail_commands) < 40
        assert set(results(notice)) == {"pending"}
        assert (fresh(notice).state, mail.outbox) == (NoticeState.SENDING, [])


class TestAServerThatIsAway:
    def test_it_is_tried_again_now_and_then_and_nobody_suffers(self, privacy, mailing):
        notice = a_notice_to(privacy, 5)
        with scripted_server({"*": Rule(At.CONNECT, then=Then.DROP)}) as server:
            mailing.through(server)
            began = time.process_time()
            send(during=dt.timedelta(seconds=3))
            assert time.process_time() - began < 5
            assert 2 <= server.connections <= 8
        assert results(notice) == {"pending": 5}
        assert NoticeWorker.objects.count() == 0

    def test_when_it_is_back_it_goes_on(self, privacy, mailing):
        a_notice_to(privacy, 5)
        with scripted_server({"*": Rule(At.CONNECT, "421 busy", times=2)}) as server:
            mailing.through(server)
            drain()
            assert sorted(server.recipients) == everybody(5)


class TestBeingStopped:
    def test_a_paused_notice_is_noticed_and_the_rest_given_back(self, privacy, mailing):
        notice = a_notice_to(privacy, 100)
        done = []

        def pause_it(tally, *, total):
            if tally.sent and not done:
                steering.pause(notice, because="A mistake.")
                done.append(tally.sent)

        with scripted_server(latency=0.02) as server:
            mailing.through(server)
            send(during=None, on_progress=pause_it)
            assert len(server.accepted) <= done[0] + 80
        states = results(notice)
        assert states["sent"] == len(server.accepted) < 100
        assert states == {"sent": states["sent"], "pending": 100 - states["sent"]}
        assert fresh(notice).sent == states["sent"]

    def test_what_a_worker_held_of_a_stopped_notice_is_not_sent(self, privacy, mailing):
        notice = a_notice_to(privacy, 100)

        def stop_it(tally, *, total):
            if tally.sent and fresh(notice).state == NoticeState.SENDING:
                steering.stop(notice, because="A mistake.")

        with scripted_server(latency=0.02) as server:
            mailing.through(server)
            send(during=None, on_progress=stop_it)
        sent = len(server.accepted)
        assert results(notice) == {"sent": sent, "skipped stopped": 100 - sent}
        assert (fresh(notice).sent, fresh(notice).skipped) == (sent, 100 - sent)
        assert told() == sorted(server.recipients)

    def test_told_to_stop_it_waits_for_answers_and_gives_the_rest_back(self, privacy, mailing):
        notice = a_notice_to(privacy, 100)
        stop = threading.Event()
        with scripted_server(latency=0.02) as server:
            mailing.through(server)
            threading.Timer(0.8, stop.set).start()
            tally = send(during=None, stop=stop)
            assert 0 < len(server.accepted) < 100
            assert tally.sent == len(server.accepted)
        assert results(notice) == {"sent": tally.sent, "pending": 100 - tally.sent}
        assert not Delivery.objects.filter(state="pending").exclude(worker=None).exists()
        assert NoticeWorker.objects.count() == 0

    def test_a_lost_lease_ends_in_nothing_settled_and_a_new_beginning(self, privacy, mailing):
        notice = a_notice_to(privacy, 60)
        lost = []

        def lose_it(tally, *, total):
            if tally.sent and not lost:
                NoticeWorker.objects.update(leased_until=timezone.now() - dt.timedelta(hours=1))
                outbox.take_over()
                lost.append(len(server.accepted))

        with scripted_server(latency=0.01) as server:
            mailing.through(server)
            send(during=None, on_progress=lose_it)
        assert lost
        times = Counter(server.recipients)
        assert sorted(times) == everybody(60)
        assert times.total() - 60 <= 16
        assert len({taken.message_id for taken in server.accepted}) == 60
        assert set(Delivery.objects.filter(notice=notice).values_list("state", flat=True)) <= DELIVERY_FINAL
