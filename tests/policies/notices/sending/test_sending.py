"""Sending through real mail servers: everybody gets it once, and every answer is the right person's."""

from collections import Counter
from random import Random

import pytest
from django.core import mail
from django.utils import timezone

from accounts.flows.unsubscribe_links import POLICY_MAIL, read_unsubscribe_token
from policies.notices.letter.marks import read_message_id, read_return_address
from policies.notices.models import Delivery
from policies.notices.models.notices import NoticeState, NoticeWorker, Reason
from policies.notices.sending.loop import send
from policies.notices.sending.rounds import work
from tests.making.mailing import a_notice_to, address, delivery_to, drain, everybody, results, told
from tests.making.notices import a_notice, a_sending_notice, fresh
from tests.policies.notices.servers import At, Rule, accepting_server, scripted_server

pytestmark = pytest.mark.django_db


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
