"""How long is waited before the next try."""

from policies.notices.sending.backoff import backoff


def waits(tries: int, **rules) -> list[float]:
    return [backoff(tries, **rules) for _ in range(200)]


def test_each_wait_is_longer_than_the_one_before_by_its_factor():
    for tries, middle in enumerate((2, 6, 18, 54)):
        found = waits(tries, first=2, longest=1000, times_as_long=3)
        assert middle * 0.5 <= min(found) < middle < max(found) <= middle * 1.5


def test_no_wait_is_longer_than_the_longest_however_often_it_was_tried():
    for tries in (10, 1000, 10**9):
        assert max(waits(tries, first=0.5, longest=60)) <= 90


def test_many_who_were_refused_at_once_do_not_come_back_at_once():
    assert len(set(waits(3, first=1, longest=60))) > 150
