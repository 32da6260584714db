"""Each mail is answered for as the server meant it, however the server behaves."""

import random
import select
import selectors

import pytest

from policies.notices.sending.pipelining import Verdict
from tests.policies.notices.handing import deliver, envelope, hand_over, text_for
from tests.policies.notices.servers import At, Rule, Then, accepting_server, scripted_server

REFUSED = {4: Verdict.LATER, 5: Verdict.REFUSED}
BOTH = pytest.mark.parametrize("pipelining", [True, False], ids=["pipelined", "one at a time"])


def chance_refusals(count: int, seed: int) -> dict[str, Rule]:
    """For each person nothing, or a refusal at some point, for now or for ever."""
    chance = random.Random(seed)
    points = [None, None, At.MAIL, At.RCPT, At.RCPT, At.DATA, At.DOT]
    rules = {}
    for key in range(count):
        at, code = chance.choice(points), chance.choice([450, 451, 550, 552, 554])
        if at:
            rules[f"p{key}"] = Rule(at, f"{code} not you,")
    return rules


def meant(rule: Rule | None) -> tuple[Verdict, int, bool]:
    if rule is None:
        return Verdict.ACCEPTED, 250, False
    code = int(rule.reply[:3])
    return REFUSED[code // 100], code, rule.at is At.MAIL


def assert_as_meant(outcomes, rules, count):
    assert [outcome.key for outcome in outcomes] == list(range(count))
    for outcome in outcomes:
        found = (outcome.verdict, outcome.code, outcome.everybody)
        assert (outcome.key, *found) == (outcome.key, *meant(rules.get(f"p{outcome.key}")))
        assert f"p{outcome.key}@" in outcome.reply


def assert_taken(server, outcomes):
    """What the server has is what we say it has, each mail once and whole."""
    names = [f"p{outcome.key}" for outcome in outcomes if outcome.verdict is Verdict.ACCEPTED]
    assert sorted(server.recipients) == sorted(f"{name}@example.org" for name in names)
    for mail in server.accepted:
        name = mail.recipient.removesuffix("@example.org")
        assert mail.message_id == f"<m.{name}@plum.example>"
        assert mail.body == text_for(name)


@BOTH
@pytest.mark.parametrize("data", ["354 go on", "554 nobody to send to"], ids=["354", "554"])
def test_refusals_at_any_point_reach_the_person_they_are_for(connect, pipelining, data):
    rules = chance_refusals(300, seed=len(data))
    with scripted_server(rules, pipelining=pipelining, data_without_recipients=data) as server:
        outcomes = hand_over(connect(server), map(envelope, range(300)))
        assert_as_meant(outcomes, rules, 300)
        assert_taken(server, outcomes)
        assert server.connections == 1
        assert server.too_early == 0
        assert bool(server.lone_dots) == (pipelining and data.startswith("354"))


def test_replies_may_arrive_byte_by_byte(connect):
    rules = chance_refusals(60, seed=3)
    with scripted_server(rules, byte_by_byte=True) as server:
        outcomes = hand_over(connect(server), map(envelope, range(60)))
        assert_as_meant(outcomes, rules, 60)
        assert_taken(server, outcomes)


ENDINGS = {
    **{(at, "421"): (Rule(at, "421 too busy for", times=1), None) for at in (At.MAIL, At.RCPT, At.DATA)},
    **{(at, "drop"): (Rule(at, then=Then.DROP, times=1), None) for at in (At.MAIL, At.RCPT, At.DATA)},
    **{(at, "nonsense"): (Rule(at, "Hello?", times=1), None) for at in (At.MAIL, At.RCPT, At.DATA)},
    **{(at, "421"): (Rule(at, "421 too busy for"), Verdict.LATER) for at in (At.BODY, At.DOT)},
    **{(at, "drop"): (Rule(at, then=Then.DROP), Verdict.DOUBT) for at in (At.BODY, At.DOT, At.TAKEN)},
    **{(at, "nonsense"): (Rule(at, "Hello?"), Verdict.DOUBT) for at in (At.DOT, At.TAKEN)},
    **{(at, "no such code"): (Rule(at, "999"), Verdict.DOUBT) for at in (At.DOT, At.TAKEN)},
}


@BOTH
def test_a_connection_that_ends_anywhere_costs_nobody_an_attempt_but_whose_dot_had_left(connect, pipelining):
    """Every ending after every other; between them mails that must not notice."""
    chance = random.Random(7)
    endings = [chance.choice([None, *ENDINGS.values()]) for _ in range(150)] + list(ENDINGS.values())
    rules = {f"p{key}": ending[0] for key, ending in enumerate(endings) if ending}
    with scripted_server(rules, pipelining=pipelining) as server:
        outcomes, not_handed_over = deliver(lambda: connect(server), map(envelope, range(len(endings))))
        for key, ending in enumerate(endings):
            expected = (ending[1] if ending else None) or Verdict.ACCEPTED
            assert (key, outcomes[key].verdict) == (key, expected)
            if outcomes[key].code:
                assert f"p{key}@" in outcomes[key].reply
        assert not any(outcome.everybody for outcome in not_handed_over)
        taken = [key for key, ending in enumerate(endings) if not (ending and ending[1]) or ending[0].at is At.TAKEN]
        assert sorted(server.recipients) == sorted(f"p{key}@example.org" for key in taken)


def test_what_was_refused_before_the_connection_broke_stays_refused(connect):
    with scripted_server({"p0": Rule(At.RCPT, "550 unknown", Then.DROP)}) as server:
        connection = connect(server)
        (outcome,) = hand_over(connection, [envelope(0)])
        assert (outcome.verdict, outcome.reply) == (Verdict.REFUSED, "unknown p0@example.org")
        assert not connection.usable


def test_silence_behind_the_dot_is_doubt_and_the_rest_is_sent(connect):
    with scripted_server({"p1": Rule(At.TAKEN, then=Then.HANG)}) as server:
        connection = connect(server)
        connection.post(envelope(0))
        assert connection.collect() == []
        connection.post(envelope(1))
        assert [outcome.verdict for outcome in connection.collect()] == [Verdict.ACCEPTED]
        connection.sock.settimeout(0.2)
        connection.post(envelope(2))
        silent, next_one = connection.collect()
        assert (silent.key, silent.verdict, silent.code) == (1, Verdict.DOUBT, 0)
        assert (next_one.key, next_one.verdict) == (2, Verdict.NOT_HANDED_OVER)
        assert not connection.usable
        assert [outcome.verdict for outcome in hand_over(connect(server), [envelope(2)])] == [Verdict.ACCEPTED]


def test_a_server_that_stops_reading_does_not_hold_us_for_ever(connect):
    with scripted_server({"p0": Rule(At.BODY, then=Then.HANG)}) as server:
        connection = connect(server)
        connection.post(envelope(0, "x" * 60 + ("\r\n" + "y" * 70) * 300_000))
        assert connection.collect() == []
        connection.sock.settimeout(0.2)
        connection.post(None)
        assert [outcome.verdict for outcome in connection.collect()] == [Verdict.DOUBT]
        assert not connection.usable


def test_what_a_server_says_before_it_stops_reading_is_heard(connect):
    with scripted_server({"p0": Rule(At.BODY, "552 too large for", Then.DROP)}) as server:
        (outcome,) = hand_over(connect(server), [envelope(0, ("\r\n" + "y" * 70) * 300_000)])
        assert (outcome.verdict, outcome.reply) == (Verdict.REFUSED, "too large for p0@example.org")


@BOTH
def test_a_server_that_wants_a_new_connection_after_every_seventh_mail_gets_each_once(connect, pipelining):
    with scripted_server(mails_per_connection=7, pipelining=pipelining) as server:
        outcomes, not_handed_over = deliver(lambda: connect(server), map(envelope, range(100)))
        assert_taken(server, outcomes.values())
        assert len(server.accepted) == 100
        assert server.connections == 15
        assert {outcome.code for outcome in not_handed_over} == {421}


@pytest.mark.parametrize("reply", ["354 go on", "354 go on\r\n421 too slow for"], ids=["hung up", "said 421"])
def test_no_body_leaves_for_a_server_that_went_while_we_settled(connect, reply):
    with scripted_server({"p0": Rule(At.DATA, reply, Then.DROP)}) as server:
        connection = connect(server)
        connection.post(envelope(0))
        assert connection.collect() == []
        assert connection.open_key == 0
        select.select([connection], [], [], 10)
        connection.post(envelope(1))
        assert connection.has_buffered()
        assert [(o.key, o.verdict) for o in connection.collect()] == [
            (0, Verdict.NOT_HANDED_OVER),
            (1, Verdict.NOT_HANDED_OVER),
        ]
        assert not connection.usable


def test_nobody_gets_an_empty_mail_from_a_server_that_takes_the_recipient_of_a_refused_sender(connect):
    rules = {"notices+p0@plum.example": Rule(At.MAIL, "550 not from you,")}
    with scripted_server(rules, forgets_mail=True) as server:
        connection = connect(server)
        (outcome,) = hand_over(connection, [envelope(0)])
        assert (outcome.verdict, outcome.everybody) == (Verdict.REFUSED, True)
        assert not connection.usable
        assert server.accepted == []


def test_closing_with_an_open_envelope_sends_nothing(connect):
    with scripted_server() as server:
        connection = connect(server)
        connection.post(envelope(0))
        assert connection.collect() == []
        connection.quit()
        assert connection.open_key == 0
        assert server.cut_off.get(timeout=10) == b""
        hand_over(connect(server), [envelope(1)])
        assert server.recipients == ["p1@example.org"]


def test_goodbye_never_fails(connect):
    with scripted_server() as server:
        connection = connect(server)
    connection.quit()
    connection.quit()
    connection.close()
    connection.post(envelope(0))
    assert [outcome.verdict for outcome in connection.collect()] == [Verdict.NOT_HANDED_OVER]


def test_what_nobody_asked_for_needs_no_answer(connect):
    with scripted_server() as server:
        connection = connect(server)
        assert connection.collect() == []
        connection.post(None)
        assert connection.has_buffered()
        assert connection.collect() == []


def answered(connections):
    """Those that can be collected now."""
    if at_once := [connection for connection in connections if connection.has_buffered()]:
        return at_once
    with selectors.DefaultSelector() as waiting:
        for connection in connections:
            waiting.register(connection, selectors.EVENT_READ)
        ready = [key.fileobj for key, _ in waiting.select(10)]
    assert ready, "a reply was left where select() does not see it"
    return ready


@BOTH
def test_many_connections_are_waited_for_in_one_select(connect, pipelining):
    rules = chance_refusals(200, seed=11)
    rules |= {f"p{key}": Rule(At.RCPT, "421 not now,", times=1) for key in range(0, 200, 23)}
    queue, settled, connections = list(map(envelope, range(200))), {}, []
    with scripted_server(rules, pipelining=pipelining, latency=0.0003) as server:
        while len(settled) < 200:
            while queue and len(connections) < 4:
                connections.append(connect(server))
                connections[-1].post(queue.pop())
            for connection in answered(connections):
                for outcome in connection.collect():
                    if outcome.verdict is Verdict.NOT_HANDED_OVER:
                        queue.append(envelope(outcome.key))
                    else:
                        settled[outcome.key] = outcome
                if connection.usable and (queue or connection.open_key is not None):
                    connection.post(queue.pop() if queue else None)
                else:
                    connection.quit()
                    connections.remove(connection)
        refused = {name: rule for name, rule in rules.items() if not rule.times}
        assert_as_meant([settled[key] for key in range(200)], refused, 200)
        assert_taken(server, settled.values())


def test_a_server_of_another_make_answers_the_same(connect):
    refuse = {
        f"p{key}@example.org": f"{code} not you," for key, code in zip(range(0, 60, 3), [450, 550] * 10, strict=True)
    }
    with accepting_server(refuse=refuse) as server:
        outcomes = hand_over(connect(server), map(envelope, range(60)))
        rules = {address.split("@")[0]: Rule(At.RCPT, reply) for address, reply in refuse.items()}
        assert_as_meant(outcomes, rules, 60)
        assert_taken(server, outcomes)


@pytest.mark.parametrize("offered", [True, False], ids=["SMTPUTF8", "no SMTPUTF8"])
def test_letters_beyond_ascii_in_an_address_need_a_server_that_takes_them(connect, offered):
    with scripted_server(smtputf8=offered) as server:
        mails = [envelope(0, recipient="zoë@example.org"), envelope(1)]
        first, second = hand_over(connect(server), mails)
        assert second.verdict is Verdict.ACCEPTED
        if offered:
            assert server.recipients == ["zoë@example.org", "p1@example.org"]
            assert [command.endswith(" SMTPUTF8") for command in server.mail_commands] == [True, False]
        else:
            assert (first.verdict, first.code, first.everybody) == (Verdict.REFUSED, 553, False)
            assert len(server.mail_commands) == 1


def test_a_mail_larger_than_the_server_takes_is_not_offered(connect):
    with scripted_server(size=300) as server:
        first, second = hand_over(connect(server), [envelope(0, "x" * 300), envelope(1)])
        assert (first.verdict, first.code, second.verdict) == (Verdict.REFUSED, 552, Verdict.ACCEPTED)
        assert [command.partition(" SIZE=")[2] for command in server.mail_commands] == [str(len(envelope(1).body))]


def test_a_large_mail_with_many_dots_arrives_unharmed(connect):
    text = "\r\n.dot\r\n..\r\n" * 10_000
    with scripted_server() as server:
        (outcome,) = hand_over(connect(server), [envelope(0, text)])
        assert outcome.verdict is Verdict.ACCEPTED
        assert server.accepted[0].body == text_for("p0", text)


HOSTILE = ["a@b\r\nRCPT TO:<c@d>", "a@b\n", "a\0@b", "<a@b", "a@b> SIZE=1", "a@b\x85", "a\ud800@b", ""]


@pytest.mark.parametrize("address", HOSTILE)
def test_an_address_that_could_end_the_command_is_never_sent(connect, address):
    with scripted_server(smtputf8=True) as server:
        first, second = hand_over(connect(server), [envelope(0, recipient=address), envelope(1)])
        assert (first.verdict, first.code, first.everybody) == (Verdict.REFUSED, 553, False)
        assert second.verdict is Verdict.ACCEPTED
        assert len(server.mail_commands) == 1


def test_a_sender_that_could_end_the_command_is_never_sent(connect):
    with scripted_server() as server:
        (outcome,) = hand_over(connect(server), [envelope(0, sender="a@b>\r\nRSET\r\n")])
        assert (outcome.verdict, outcome.code, outcome.everybody) == (Verdict.REFUSED, 553, True)
        assert server.mail_commands == []


@pytest.mark.parametrize("body", [b"no end", b".\r\n", b"Subject: x\r\n\r\n.\r\nMAIL FROM:<>\r\n"])
def test_a_body_that_would_end_early_cannot_be_posted(body):
    with pytest.raises(ValueError, match="dots doubled"):
        envelope(0, body=body)


@BOTH
@pytest.mark.parametrize("code", [530, 535])
def test_a_server_that_wants_a_password_first_does_not_mean_this_person(connect, pipelining, code):
    with scripted_server({"p0": Rule(At.RCPT, f"{code} sign in first,")}, pipelining=pipelining) as server:
        (outcome,) = hand_over(connect(server), [envelope(0)])
        assert (outcome.verdict, outcome.code, outcome.everybody) == (Verdict.REFUSED, code, True)


def test_what_the_server_says_is_kept_in_one_short_line(connect):
    reply = "550-first\r\n550-\x00\x1b[31msecond\r\n550 " + "x" * 600
    with scripted_server({"p0": Rule(At.RCPT, reply)}) as server:
        (outcome,) = hand_over(connect(server), [envelope(0)])
        assert outcome.reply.startswith("first [31msecond xxx")
        assert len(outcome.reply) == 500
