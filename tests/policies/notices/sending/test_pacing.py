"""How fast mails leave: never faster than allowed, and a slow domain holds up nobody else."""

import datetime as dt
from collections import Counter

import pytest

from policies.notices.models import Delivery
from policies.notices.sending.hand import HORIZON_SECONDS, Hand
from policies.notices.sending.lease import Lease
from policies.notices.sending.loop import send
from policies.notices.sending.outbox import Claimed
from policies.notices.sending.pacing import Pace
from tests.making.mailing import a_notice_to, address, results
from tests.policies.notices.servers import scripted_server


def a_mail(number: int, domain: str = "example.org") -> Claimed:
    return Claimed(number, 1, number, f"p{number}@{domain}", "", 0, 0, None)


def leave(hand: Hand, until: float, step: float = 0.01) -> list[tuple[float, str]]:
    """What leaves in so many seconds, if it is asked again and again."""
    left, now = [], 100.0
    while now < 100.0 + until:
        while claimed := hand.next(now):
            left.append((now - 100.0, claimed.address.rpartition("@")[2]))
        now += step
    return left


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_no_more_leave_a_second_than_allowed_by_all_workers_together(workers):
    hand = Hand(Pace(per_second=50, workers=workers))
    hand.add([a_mail(number) for number in range(500)])
    left = leave(hand, 4)
    assert 0.9 * 200 / workers <= len(left) <= 210 / workers
    seconds = Counter(int(moment) for moment, _ in left)
    assert max(seconds.values()) <= 50 / workers * 1.1 + 1


def test_without_limits_all_leave_at_once():
    hand = Hand(Pace())
    hand.add([a_mail(number) for number in range(500)])
    assert len(leave(hand, 0.01)) == 500


def test_a_slow_domain_does_not_hold_up_the_others():
    hand = Hand(Pace(per_domain=10))
    hand.add([a_mail(number, "slow.example") for number in range(30)])
    hand.add([a_mail(number, f"d{number}.example") for number in range(100)])
    left = leave(hand, 2.95)
    assert Counter(domain for _, domain in left)["slow.example"] == 30
    assert max(moment for moment, domain in left if domain != "slow.example") < 0.02


def test_what_comes_much_later_waits_in_the_database_each_until_its_turn():
    hand = Hand(Pace(per_domain=10))
    hand.add([a_mail(number, "slow.example") for number in range(100)])
    assert [hand.next(100.0) is None for _ in range(2)] == [False, True]
    late = hand.take_late()
    assert len(hand) + len(late) == 99
    waits = [seconds for _, seconds in late]
    assert min(waits) > HORIZON_SECONDS
    assert waits == sorted(waits)
    assert 9.5 < waits[-1] < 11


def test_who_comes_back_in_time_finds_a_turn():
    pace = Pace(per_domain=10)
    hand = Hand(pace)
    hand.add([a_mail(number, "slow.example") for number in range(100)])
    assert [hand.next(100.0) is None for _ in range(2)] == [False, True]
    (late, seconds), *_ = hand.take_late()
    hand.take_late()
    assert len(leave(hand, HORIZON_SECONDS + 0.2)) == 50
    hand.add([late])
    assert hand.next(100.0 + seconds + 0.2) is late


def test_domains_are_forgotten_when_they_are_free_again():
    pace = Pace(per_domain=10)
    for number in range(1000):
        pace.turn_of(f"d{number}.example", 100.0, HORIZON_SECONDS)
    pace.forget_the_past(101.0)
    assert not pace._domains


def test_a_mail_that_comes_back_goes_first_and_needs_no_second_turn():
    hand = Hand(Pace(per_domain=1))
    hand.add([a_mail(1), a_mail(2)])
    first = hand.next(100.0)
    hand.take_back(first)
    assert hand.next(100.0) is first


@pytest.mark.django_db
class TestAWorker:
    def test_sends_no_faster_than_allowed(self, privacy, settings, mailing, clock):
        notice = a_notice_to(privacy, 40)
        settings.NOTICES_PER_SECOND = 20
        with scripted_server() as server:
            mailing.through(server)
            send(during=None)
        assert 1.8 <= clock.passed <= 2.0
        assert results(notice) == {"sent": 40}

    def test_shares_the_limit_with_the_other_workers(self, privacy, settings, mailing, clock):
        notice = a_notice_to(privacy, 40)
        settings.NOTICES_PER_SECOND = 20
        Lease(dt.timedelta(minutes=5))
        with scripted_server() as server:
            mailing.through(server)
            send(during=dt.timedelta(seconds=2))
        assert 20 <= results(notice)["sent"] <= 22

    def test_leaves_no_envelope_open_while_it_waits(self, privacy, settings, mailing, clock):
        a_notice_to(privacy, 3)
        settings.NOTICES_PER_SECOND = 1
        with scripted_server() as server:
            mailing.through(server)
            send(during=dt.timedelta(seconds=1.5))
            # Each that was offered has left.
            assert len(server.mail_commands) == len(server.accepted) == 2

    def test_writes_to_others_while_one_domain_waits(self, privacy, settings, mailing, clock):
        notice = a_notice_to(privacy, 40)
        for number in range(20):
            Delivery.objects.filter(address=address(number)).update(address=f"p{number}@slow.example")
        Delivery.objects.filter(address__endswith="@example.org").update(address="x@example.net")
        settings.NOTICES_PER_DOMAIN = 5
        with scripted_server() as server:
            mailing.through(server)
            send(during=dt.timedelta(seconds=2))
            domains = Counter(recipient.rpartition("@")[2] for recipient in server.recipients)
        assert all(10 <= domains[domain] <= 11 for domain in ("slow.example", "example.net"))
        assert results(notice)["pending"] == 40 - sum(domains.values())
