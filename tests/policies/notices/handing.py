"""Mails and a small sender for tests that hand them to a real server."""

import re
from collections.abc import Callable, Iterable

from policies.notices.sending.pipelining import Envelope, Outcome, Pipelining, Verdict


def text_for(name: str, text: str = "") -> bytes:
    """A mail as its reader should get it; some lines begin with dots."""
    headers = f"Message-ID: <m.{name}@plum.example>\r\nTo: {name}@example.org\r\nSubject: Amended\r\n"
    return f"{headers}\r\nHello {name}\r\n.\r\n..two\r\n.one {text}\r\n".encode()


def envelope(key: int, text: str = "", **changes) -> Envelope:
    """The mail to `p<key>@example.org`."""
    name = f"p{key}"
    body = re.sub(rb"(?m)^\.", b"..", text_for(name, text))
    values = {"sender": f"notices+{name}@plum.example", "recipient": f"{name}@example.org", "body": body}
    return Envelope(key=key, **(values | changes))


def hand_over(connection: Pipelining, envelopes: Iterable[Envelope]) -> list[Outcome]:
    """Post and collect in turn, until all are settled or the connection is of no use."""
    outcomes = []
    for next_one in [*envelopes, None]:
        connection.post(next_one)
        outcomes += connection.collect()
        if not connection.usable:
            break
    connection.quit()
    return outcomes


def deliver(
    connect: Callable[[], Pipelining], envelopes: Iterable[Envelope]
) -> tuple[dict[int, Outcome], list[Outcome]]:
    """As a sender does: reconnect when a connection is of no use, and offer again what was not handed over."""
    waiting, settled, not_handed_over = list(envelopes), {}, []
    while waiting:
        for outcome in hand_over(connect(), waiting):
            if outcome.verdict is Verdict.NOT_HANDED_OVER:
                not_handed_over.append(outcome)
            else:
                assert outcome.key not in settled
                settled[outcome.key] = outcome
        waiting = [envelope for envelope in waiting if envelope.key not in settled]
    return settled, not_handed_over
