"""A mail that cannot be sent is tried again, each time later, for as long as it takes."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from accounts.values.mail_waits import wait_after


def test_each_wait_is_twice_the_one_before_up_to_six_hours():
    minutes = [wait_after(attempts) / dt.timedelta(minutes=1) for attempts in range(1, 10)]
    assert minutes == [4, 8, 16, 32, 64, 128, 256, 360, 360]


@given(st.integers(0, 10**6))
def test_however_often_it_was_tried_there_is_a_next_time(attempts):
    assert dt.timedelta(minutes=2) <= wait_after(attempts) <= dt.timedelta(hours=6)
