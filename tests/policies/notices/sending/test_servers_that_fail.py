"""Mail servers that refuse everybody, or are away: nobody is marked as failed for it."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from policies.notices import steering
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.models.notices import NoticeState, NoticeWorker
from policies.notices.sending.loop import send
from tests.making.mailing import a_notice_to, drain, everybody, results
from tests.making.notices import fresh
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

    def test_one_that_is_full_for_everybody_is_left_alone_for_a_while(self, privacy, editor, mailing, clock):
        notice = a_notice_to(privacy, 5)
        with scripted_server({"*": Rule(At.MAIL, "452 no space,")}) as server:
            mailing.through(server)
            send(during=dt.timedelta(seconds=2))
            assert len(server.mail_commands) < 40
        assert set(results(notice)) == {"pending"}
        assert (fresh(notice).state, mail.outbox) == (NoticeState.SENDING, [])


class TestAServerThatIsAway:
    def test_it_is_tried_again_now_and_then_and_nobody_suffers(self, privacy, mailing, clock):
        notice = a_notice_to(privacy, 5)
        with scripted_server({"*": Rule(At.CONNECT, then=Then.DROP)}) as server:
            mailing.through(server)
            send(during=dt.timedelta(seconds=3))
            assert clock.waits < 20
            assert 2 <= server.connections <= 8
        assert results(notice) == {"pending": 5}
        assert NoticeWorker.objects.count() == 0

    def test_when_it_is_back_it_goes_on(self, privacy, mailing, clock):
        a_notice_to(privacy, 5)
        with scripted_server({"*": Rule(At.CONNECT, "421 busy", times=2)}) as server:
            mailing.through(server)
            drain()
            assert sorted(server.recipients) == everybody(5)
