"""Workers that are paused, stopped or told to end: what left is written down, the rest is given back."""

import datetime as dt
import threading
from collections import Counter

import pytest
from django.utils import timezone

from policies.notices import steering
from policies.notices.models import Delivery
from policies.notices.models.notices import DELIVERY_FINAL, NoticeState, NoticeWorker
from policies.notices.sending import outbox
from policies.notices.sending.loop import send
from tests.making.mailing import a_notice_to, everybody, results, told
from tests.making.notices import fresh
from tests.policies.notices.servers import scripted_server

pytestmark = pytest.mark.django_db


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
            tally = send(during=None, stop=stop, on_progress=lambda tally, *, total: tally.sent and stop.set())
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
