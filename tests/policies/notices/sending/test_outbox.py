"""Who owns what: claims, leases, and the fence between a worker that was stopped and the one that took over."""

import datetime as dt
import time

import pytest
from django.db import OperationalError
from django.utils import timezone

from policies.notices.bounces.taking import take_bounce
from policies.notices.models import Delivery
from policies.notices.models.notices import DeliveryState, NoticeState, NoticeWorker, Reason
from policies.notices.sending import outbox
from policies.notices.sending.finishing import finish, recover
from policies.notices.sending.lease import Lease, LeaseLost, workers_alive
from policies.notices.sending.outbox import Settlement
from policies.notices.sending.verdicts import failed
from tests.making.mailing import a_notice_to, delivery_to, results
from tests.making.notices import a_sending_notice, fresh

pytestmark = pytest.mark.django_db

LONG = dt.timedelta(minutes=10)


@pytest.fixture
def notice(privacy):
    return a_notice_to(privacy, 6)


def worker() -> int:
    return Lease(LONG).worker


def end_lease(pk: int) -> None:
    NoticeWorker.objects.filter(pk=pk).update(leased_until=timezone.now() - dt.timedelta(seconds=1))


def pks(rows) -> list[int]:
    return [row.pk for row in rows]


def settle_sent(who: int, rows, at: dt.datetime | None = None) -> int:
    return outbox.settle(who, pks(rows), [], at or timezone.now())


class TestClaiming:
    def test_no_two_workers_have_the_same(self, notice):
        first, second = outbox.claim(worker(), notice.pk, 4), outbox.claim(worker(), notice.pk, 4)
        assert (len(first), len(second)) == (4, 2)
        assert not set(pks(first)) & set(pks(second))

    def test_the_longest_due_come_first(self, notice):
        Delivery.objects.filter(pk=delivery_to(3).pk).update(due_at=timezone.now() - dt.timedelta(days=1))
        assert outbox.claim(worker(), notice.pk, 1)[0].address == "p3@example.org"

    def test_what_is_not_due_is_left(self, notice):
        Delivery.objects.filter(pk=delivery_to(3).pk).update(due_at=timezone.now() + dt.timedelta(minutes=1))
        assert len(outbox.claim(worker(), notice.pk, 10)) == 5

    @pytest.mark.parametrize("state", [state for state in NoticeState if state != NoticeState.SENDING])
    def test_only_notices_being_sent_are_claimed_from(self, notice, state):
        type(notice).objects.update(state=state)
        assert outbox.claim(worker(), notice.pk, 10) == []

    def test_only_from_the_notice_asked_for(self, notice, privacy):
        other = a_sending_notice(privacy, words="cookies are small again")
        assert {row.notice_id for row in outbox.claim(worker(), other.pk, 100)} == {other.pk}

    def test_nothing_without_a_lease(self, notice):
        late = worker()
        end_lease(late)
        assert outbox.claim(late, notice.pk, 10) == []

    def test_times_come_back_with_their_zone(self, notice):
        tried = timezone.now() - dt.timedelta(hours=5)
        Delivery.objects.update(first_tried_at=tried)
        assert outbox.claim(worker(), notice.pk, 1)[0].first_tried_at == tried


class TestSettling:
    def test_it_may_be_repeated(self, notice):
        mine, now = worker(), timezone.now()
        rows = outbox.claim(mine, notice.pk, 3)
        assert [settle_sent(mine, rows, now) for _ in range(2)] == [3, 3]
        assert results(notice) == {"sent": 3, "pending": 3}

    def test_all_verdicts_in_one_go(self, notice):
        mine, now = worker(), timezone.now()
        one, two, three = outbox.claim(mine, notice.pk, 3)
        later = now + dt.timedelta(minutes=5)
        others = [
            Settlement(two.pk, DeliveryState.FAILED, Reason.REFUSED, "550 no", 1, 0, now, None, now),
            Settlement(three.pk, DeliveryState.PENDING, Reason.LATER, "451 busy", 1, 0, now, later),
        ]
        for _ in range(2):
            assert outbox.settle(mine, [one.pk], others, now) == 3
        assert results(notice) == {"sent": 1, "failed refused": 1, "pending later": 1, "pending": 3}
        late = Delivery.objects.get(pk=three.pk)
        assert (late.due_at, late.first_tried_at, late.attempts, late.reply) == (later, now, 1, "451 busy")
        assert {row.pk for row in outbox.claim(mine, notice.pk, 10)}.isdisjoint({one.pk, two.pk, three.pk})

    def test_a_worker_that_was_taken_over_from_settles_nothing(self, notice):
        stopped, next_one = worker(), worker()
        rows = outbox.claim(stopped, notice.pk, 10)
        end_lease(stopped)
        assert outbox.take_over() == 6
        assert settle_sent(stopped, rows) == 0
        again = outbox.claim(next_one, notice.pk, 10)
        assert settle_sent(stopped, rows) == 0
        assert results(notice) == {"sending": 6}
        assert settle_sent(next_one, again) == 6

    def test_what_another_has_is_not_settled_and_the_rest_is(self, notice):
        mine = worker()
        rows = outbox.claim(mine, notice.pk, 3)
        Delivery.objects.filter(pk=rows[0].pk).update(state="pending", worker=None)
        assert settle_sent(mine, rows) == 2
        assert results(notice) == {"sent": 2, "pending": 4}


class TestTakingOver:
    def test_only_from_the_dead(self, notice):
        alive, dead = worker(), worker()
        outbox.claim(alive, notice.pk, 2)
        outbox.claim(dead, notice.pk, 3)
        end_lease(dead)
        assert outbox.take_over() == 3
        assert results(notice) == {"sending": 2, "pending": 4}
        assert list(NoticeWorker.objects.values_list("pk", flat=True)) == [alive]

    def test_what_was_claimed_by_a_worker_that_is_forgotten_is_found(self, notice):
        dead = worker()
        outbox.claim(dead, notice.pk, 3)
        NoticeWorker.objects.all().delete()
        assert outbox.take_over() == 3

    def test_it_goes_to_the_end_of_the_line(self, notice):
        dead = worker()
        rows = outbox.claim(dead, notice.pk, 3)
        end_lease(dead)
        outbox.take_over()
        assert set(pks(outbox.claim(worker(), notice.pk, 3))).isdisjoint(pks(rows))
        assert pks(outbox.claim(worker(), notice.pk, 3)) == pks(rows)

    def test_given_back_it_is_anybodys_at_once(self, notice):
        mine = worker()
        rows = outbox.claim(mine, notice.pk, 5)
        settle_sent(mine, rows[:1])
        assert outbox.give_back(mine, rows[1:3]) == 2
        assert outbox.give_back(mine) == 2
        assert results(notice) == {"sent": 1, "pending": 5}
        assert Delivery.objects.get(pk=rows[0].pk).worker == mine

    def test_what_is_put_off_waits_for_its_own_time(self, notice):
        mine, now = worker(), timezone.now()
        rows = outbox.claim(mine, notice.pk, 2)
        outbox.put_off(mine, [(rows[0], now + dt.timedelta(hours=1)), (rows[1], now - dt.timedelta(hours=1))])
        assert rows[0].pk not in pks(outbox.claim(mine, notice.pk, 10))
        assert Delivery.objects.get(pk=rows[0].pk).attempts == 0


class TestAnAnswerOfTheDatabaseThatWasLost:
    """The COMMIT was done, its answer lost, and the worker writes the same once more."""

    def test_what_was_written_is_written_again(self, notice):
        mine, now = worker(), timezone.now()
        rows = outbox.claim(mine, notice.pk, 6)
        assert [settle_sent(mine, rows, now) for _ in range(2)] == [6, 6]

    def test_what_has_come_back_meanwhile_stays_so(self, notice):
        mine, now = worker(), timezone.now()
        first, second, *_ = rows = outbox.claim(mine, notice.pk, 6)
        refused = [failed(second, Reason.REFUSED, "550 no", now)]
        sent = [row.pk for row in rows if row is not second]
        assert outbox.settle(mine, sent, refused, now) == 6
        for row in (first, second):
            take_bounce(row.pk, dead=True, words="550 gone")
        assert outbox.settle(mine, sent, refused, now) == 6
        assert results(notice) == {"sent": 4, "unreachable bounced": 2}


class TestLease:
    def test_it_is_kept_by_heartbeats(self):
        lease = Lease(LONG)
        before = NoticeWorker.objects.get().leased_until
        time.sleep(0.01)
        lease.keep()
        assert NoticeWorker.objects.get().leased_until > before
        assert workers_alive() == 1

    def test_once_over_it_cannot_be_had_again(self):
        lease = Lease(LONG)
        end_lease(lease.worker)
        with pytest.raises(LeaseLost):
            lease.keep()
        assert workers_alive() == 0

    def test_while_the_database_is_away_it_is_asked_again_until_the_lease_is_over(self, clock):
        lease, asked = Lease(dt.timedelta(seconds=0.5)), []

        def away():
            asked.append(1)
            raise OperationalError("away")

        with pytest.raises(LeaseLost):
            lease.persist(away)
        assert 0.1 < clock.passed < 0.5
        assert len(asked) == clock.waits + 1 > 1


class TestEnding:
    def test_a_notice_ends_when_nothing_is_left_and_its_counts_are_right(self, notice):
        mine = worker()
        rows = outbox.claim(mine, notice.pk, 10)
        settle_sent(mine, rows[:5])
        assert not finish(notice)
        settle_sent(mine, rows[5:])
        type(notice).objects.update(sent=77)
        assert finish(notice)
        assert (fresh(notice).state, notice.sent) == (NoticeState.DONE, 6)
        assert not finish(notice)

    def test_housekeeping_ends_what_dead_workers_left(self, notice):
        mine = worker()
        rows = outbox.claim(mine, notice.pk, 10)
        settle_sent(mine, rows)
        end_lease(mine)
        assert recover() == 0
        assert fresh(notice).state == NoticeState.DONE
        assert NoticeWorker.objects.count() == 0

    def test_what_a_dead_worker_held_of_a_stopped_notice_is_not_sent(self, notice):
        mine = worker()
        outbox.claim(mine, notice.pk, 10)
        notice.move_to(NoticeState.STOPPED)
        end_lease(mine)
        recover()
        assert results(notice) == {"skipped stopped": 6}
        assert fresh(notice).skipped == 6
