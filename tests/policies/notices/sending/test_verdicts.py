"""What an answer does to a delivery, and when a server is taken to refuse everybody."""

import datetime as dt

import pytest

from policies.notices.models.notices import DeliveryState, Reason
from policies.notices.sending.envelopes import Outcome, Verdict
from policies.notices.sending.outbox import Claimed
from policies.notices.sending.suspicion import FIRST, IN_A_ROW, Suspicion
from policies.notices.sending.verdicts import LONGEST_PAUSE, Rules, settlement

NOW = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
RULES = Rules(dt.timedelta(minutes=2), dt.timedelta(hours=72))
HOUR = dt.timedelta(hours=1)


def claimed(attempts: int = 0, doubts: int = 0, tried: dt.datetime | None = None, pk: int = 1) -> Claimed:
    return Claimed(pk, 1, 1, "ann@example.org", "Ann", attempts, doubts, tried)


def outcome(verdict: Verdict, code: int = 0, reply: str = "", *, everybody: bool = False) -> Outcome:
    return Outcome(1, verdict, code, reply, everybody)


LATER = outcome(Verdict.LATER, 451, "busy")


def wait_after(attempts: int) -> dt.timedelta:
    return settlement(claimed(attempts, tried=NOW - HOUR), LATER, NOW, RULES).due_at - NOW


def test_each_wait_is_longer_than_the_one_before_up_to_some_hours():
    longest = [max(wait_after(attempts) for _ in range(200)) for attempts in range(8)]
    assert dt.timedelta(minutes=2.5) < longest[0] <= dt.timedelta(minutes=3)
    assert longest[:5] == sorted(longest[:5])
    assert longest[7] <= 1.5 * LONGEST_PAUSE


def test_not_all_come_back_at_the_same_moment():
    waits = {wait_after(0) for _ in range(50)}
    assert len(waits) > 40
    assert min(waits) >= dt.timedelta(minutes=1)


def test_the_last_try_is_at_the_end_of_the_three_days():
    late = settlement(claimed(9, tried=NOW - 71.9 * HOUR), LATER, NOW, RULES)
    assert (late.state, late.due_at) == (DeliveryState.PENDING, NOW + 0.1 * HOUR)
    assert settlement(claimed(9, tried=NOW - 72 * HOUR), LATER, NOW, RULES).reason == Reason.GAVE_UP


def test_doubt_does_not_count_as_an_attempt_and_ends_after_the_third():
    doubt = outcome(Verdict.DOUBT, reply="timed out")
    results = [settlement(claimed(doubts=doubts), doubt, NOW, RULES) for doubts in range(3)]
    assert [one.state for one in results] == ["pending", "pending", "failed"]
    assert [(one.attempts, one.doubts) for one in results[:2]] == [(0, 1), (0, 2)]


def test_what_was_accepted_after_all_needs_no_words():
    assert settlement(claimed(2, 1), outcome(Verdict.ACCEPTED, 250, "taken"), NOW, RULES) is None


class TestSuspicion:
    def told(self, outcomes) -> list[bool]:
        suspicion = Suspicion()
        return [suspicion.note(claimed(pk=number), one) for number, one in enumerate(outcomes)]

    def refusal(self, number: int = 0) -> Outcome:
        return outcome(Verdict.REFUSED, 550, f"5.7.1 p{number}@example.org is blocked (id {number}x)")

    def test_the_first_ones_all_refused_in_the_same_words(self):
        told = self.told(self.refusal(number) for number in range(FIRST))
        assert told == [False] * (FIRST - 1) + [True]

    def test_after_mails_were_accepted_it_takes_more(self):
        outcomes = [outcome(Verdict.ACCEPTED, 250), *(self.refusal(number) for number in range(IN_A_ROW))]
        assert self.told(outcomes) == [False] * IN_A_ROW + [True]

    def test_one_acceptance_ends_the_run(self):
        outcomes = [outcome(Verdict.ACCEPTED, 250)]
        outcomes += [self.refusal()] * (IN_A_ROW - 1) + [outcome(Verdict.ACCEPTED, 250)] + [self.refusal()] * 50
        assert not any(self.told(outcomes))

    def test_other_words_begin_a_new_run(self):
        others = [outcome(Verdict.REFUSED, 550, words) for words in ("no such user", "mailbox closed")]
        assert not any(self.told(others * FIRST))

    def test_three_that_are_not_about_the_person_are_enough(self):
        assert self.told([outcome(Verdict.REFUSED, 530, "sign in", everybody=True)] * 3) == [False, False, True]

    @pytest.mark.parametrize("verdict", [Verdict.DOUBT, Verdict.NOT_HANDED_OVER])
    def test_no_answer_is_no_refusal(self, verdict):
        assert not any(self.told([outcome(verdict)] * 2 * IN_A_ROW))
