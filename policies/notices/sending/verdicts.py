"""What a mail server's answer does to a delivery. Pure."""

import datetime as dt
from dataclasses import dataclass

from policies.notices.models.notices import DeliveryState, Reason
from policies.notices.sending.backoff import backoff
from policies.notices.sending.envelopes import Outcome, Verdict
from policies.notices.sending.outbox import Claimed, Settlement

LONGEST_PAUSE = dt.timedelta(hours=4)
TIMES_AS_LONG = 3
MOST_DOUBTS = 2  # so often it is tried again without knowing whether it arrived
LOCAL_REFUSAL = 553


@dataclass(frozen=True, slots=True)
class Rules:
    """How long to wait before the second try, and when to give up."""

    retry_after: dt.timedelta
    give_up_after: dt.timedelta


def settlement(claimed: Claimed, outcome: Outcome, now: dt.datetime, rules: Rules) -> Settlement | None:
    """Return what becomes of a delivery after this answer; None if it was simply accepted.

    A mail that was not handed over is not settled: its worker offers it to the server again. If it comes here all the
    same, it has been offered often enough, and waits as if the server had asked for it.
    """
    tried = claimed.first_tried_at or now
    match outcome.verdict:
        case Verdict.ACCEPTED:
            return None
        case Verdict.REFUSED:
            refused = Reason.BAD_ADDRESS if is_bad_address(claimed, outcome) else Reason.REFUSED
            return failed(claimed, refused, words(outcome), now)
        case Verdict.DOUBT if claimed.doubts >= MOST_DOUBTS:
            return failed(claimed, Reason.IN_DOUBT, words(outcome), now, doubts=claimed.doubts + 1)
    if now - tried >= rules.give_up_after:
        return failed(claimed, Reason.GAVE_UP, words(outcome), now)
    in_doubt = outcome.verdict is Verdict.DOUBT
    before = claimed.doubts if in_doubt else claimed.attempts
    return Settlement(
        claimed.pk,
        DeliveryState.PENDING,
        Reason.IN_DOUBT if in_doubt else Reason.LATER,
        words(outcome),
        attempts=claimed.attempts + (not in_doubt),
        doubts=claimed.doubts + in_doubt,
        first_tried_at=tried,
        due_at=min(now + pause(before, rules), tried + rules.give_up_after),
    )


def failed(claimed: Claimed, reason: Reason, reply: str, now: dt.datetime, *, doubts: int | None = None) -> Settlement:
    """Return the settlement of a delivery that is not tried again.

    Args:
        claimed: the delivery.
        reason: why it failed.
        reply: the words of the mail server.
        now: when it is settled.
        doubts: how often no answer came, if this try adds to it.
    """
    return Settlement(
        claimed.pk,
        DeliveryState.FAILED,
        reason,
        reply,
        attempts=claimed.attempts + 1,
        doubts=claimed.doubts if doubts is None else doubts,
        first_tried_at=claimed.first_tried_at or now,
        settled_at=now,
    )


def person_gone(claimed: Claimed, now: dt.datetime) -> Settlement:
    """Skipped: the person left after staging."""
    return Settlement(claimed.pk, DeliveryState.SKIPPED, Reason.NO_ADDRESS, settled_at=now)


def untouched(claimed: Claimed, now: dt.datetime) -> Settlement:
    """Restore the state before the try, for mails that met a server which refused everybody."""
    return Settlement(
        claimed.pk,
        DeliveryState.PENDING,
        attempts=claimed.attempts,
        doubts=claimed.doubts,
        first_tried_at=claimed.first_tried_at,
        due_at=now,
    )


def is_bad_address(claimed: Claimed, outcome: Outcome) -> bool:
    """Whether the server was not asked, as it does not take letters beyond ASCII."""
    return claimed.needs_utf8 and outcome.code == LOCAL_REFUSAL


def words(outcome: Outcome) -> str:
    """Return the server's code and words as they are kept."""
    return f"{outcome.code} {outcome.reply}".removeprefix("0 ").strip()[:500]


def pause(before: int, rules: Rules) -> dt.timedelta:
    """Return how long to wait before a mail is tried again, which the server has put off so often before."""
    first = rules.retry_after.total_seconds()
    longest = max(LONGEST_PAUSE.total_seconds(), first)
    return dt.timedelta(seconds=backoff(before, first=first, longest=longest, times_as_long=TIMES_AS_LONG))
