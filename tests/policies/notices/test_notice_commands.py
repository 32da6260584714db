"""`manage.py send_notices` and `manage.py notices`: what they do, and what they say to whoever types them."""

import os
import signal
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from policies.notices.management import progress
from policies.notices.models import AmendmentNotice, Delivery, Engagement
from policies.notices.models.notices import NoticeSettings, NoticeState
from policies.notices.sending.staging import stage_recipients
from tests.making.mailing import a_notice_to, address, delivery_to, results
from tests.making.notices import a_notice, a_sending_notice, fresh, who_chose
from tests.making.people import a_person
from tests.policies.notices.servers import At, Rule, Then, accepting_server, scripted_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_hold(db):
    NoticeSettings.objects.update_or_create(defaults={"hold_minutes": 0})


def said(*words) -> str:
    out = StringIO()
    call_command(*words, stdout=out, stderr=out)
    return out.getvalue()


def refused(*words) -> str:
    with pytest.raises(CommandError) as refusal:
        said(*words)
    return str(refusal.value)


def held(privacy) -> AmendmentNotice:
    a_person("ann@example.org")
    notice = a_notice(privacy)
    stage_recipients(notice)
    return fresh(notice)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class TestSendNotices:
    def test_it_stages_sends_and_ends_what_is_due(self, privacy, mailing, no_hold):
        for number in range(12):
            a_person(address(number))
        notice = a_notice(privacy)
        with accepting_server() as server:
            mailing.through(server)
            assert "12 sent, 0 failed" in said("send_notices")
        assert sorted(server.recipients) == sorted(address(number) for number in range(12))
        assert fresh(notice).state == NoticeState.DONE

    def test_a_held_notice_waits_and_it_says_until_when(self, privacy, mailing):
        notice = held(privacy)
        with accepting_server() as server:
            mailing.through(server)
            words = said("send_notices")
        at = f"{timezone.localtime(notice.held_until):%H:%M}"
        assert words.startswith("Nothing was due.")
        assert f"{at}, then it goes to 1 recipient." in words
        assert server.recipients == []

    def test_only_the_notice_that_is_named_is_sent(self, privacy, mailing):
        first = a_notice_to(privacy, 3)
        second = a_sending_notice(privacy, words="cookies are huge files")
        with accepting_server() as server:
            mailing.through(server)
            words = said("send_notices", "--notice", str(first.pk))
        assert len(server.recipients) == 3
        assert (fresh(first).state, fresh(second).state) == (NoticeState.DONE, NoticeState.SENDING)
        assert f"Notice {second.pk}, Privacy policy 3.0 (announced): 3 recipients left." in words

    def test_a_dry_run_sends_nothing_and_changes_nothing(self, privacy, mailing, no_hold):
        for number in range(3):
            a_person(address(number))
        who_chose("none", "never@example.org")
        a_person("unproved@example.org", verified=False)
        notice = a_notice(privacy)
        with accepting_server() as server:
            mailing.through(server)
            words = said("send_notices", "--dry-run")
            assert "it would go to 3 recipients" in words
            stage_recipients(notice)
            assert "it goes to 3 recipients" in said("send_notices", "--dry-run")
        assert server.connections == 0
        assert fresh(notice).state == NoticeState.HELD
        assert not Engagement.objects.filter(kind="notified").exists()

    def test_a_dry_run_where_nothing_is_open_says_so(self, db):
        assert said("send_notices", "--dry-run") == "No notice is open.\n"

    def test_an_unknown_notice_is_refused_with_where_to_look(self, db):
        assert refused("send_notices", "--notice", "7") == (
            "There is no notice 7. `manage.py notices list` shows them."
        )

    @pytest.mark.parametrize("state", [NoticeState.STOPPED, NoticeState.DONE])
    def test_a_notice_that_is_over_is_not_sent(self, privacy, mailing, state):
        notice = a_notice_to(privacy, 2)
        AmendmentNotice.objects.update(state=state)
        with accepting_server() as server:
            mailing.through(server)
            assert "there is nothing to send" in refused("send_notices", "--notice", str(notice.pk))
        assert server.recipients == []

    def test_what_is_put_off_is_said_with_the_time_of_the_next_try(self, privacy, mailing):
        a_notice_to(privacy, 4)
        with scripted_server({"p1": Rule(At.RCPT, "451 come back later,")}) as server:
            mailing.through(server)
            words = said("send_notices")
        at = f"{timezone.localtime(delivery_to(1).due_at):%H:%M}"
        assert "3 sent, 0 failed, 0 skipped, 1 put off." in words
        assert (
            f"1 recipient left, to be tried again at {timezone.localtime(delivery_to(1).due_at):%-d %B %Y}, {at}."
            in words
        )

    def test_a_server_that_takes_it_from_nobody_is_quoted(self, privacy, mailing):
        notice = a_notice_to(privacy, 3)
        with scripted_server({"*": Rule(At.CONNECT, "554 your address is blocked")}) as server:
            mailing.through(server)
            words = said("send_notices")
        assert fresh(notice).state == NoticeState.PAUSED
        assert "paused with 3 recipients left." in words
        assert "your address is blocked" in words

    def test_a_mail_server_that_is_away_is_named_until_it_is_stopped(self, privacy, mailing, caplog):
        notice = a_notice_to(privacy, 3)
        with accepting_server() as server:
            mailing.through(server)
        threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGINT)).start()
        with caplog.at_level("WARNING"):
            words = said("send_notices")
        assert "The mail server cannot be reached" in caplog.text
        assert "Ctrl-C again ends at once" in words
        assert "3 recipients left" in words
        assert (fresh(notice).state, results(notice)) == (NoticeState.SENDING, {"pending": 3})

    def test_stopping_it_in_the_middle_loses_nobody(self, privacy, mailing, settings):
        notice = a_notice_to(privacy, 60)
        settings.NOTICES_CONNECTIONS = 2
        usual = signal.getsignal(signal.SIGTERM)
        with scripted_server(latency=0.02) as server:
            mailing.through(server)
            threading.Timer(0.8, os.kill, (os.getpid(), signal.SIGINT)).start()
            said("send_notices")
            before = len(server.recipients)
            assert 0 < before < 60
            assert results(notice) == {"sent": before, "pending": 60 - before}
            assert signal.getsignal(signal.SIGTERM) is usual
            server.latency = 0
            said("send_notices")
            assert sorted(server.recipients) == sorted(address(number) for number in range(60))

    def test_a_second_signal_ends_it_at_once(self, privacy, mailing, settings):
        notice = a_notice_to(privacy, 1)
        with scripted_server({"p0": Rule(At.TAKEN, then=Then.HANG)}) as server:
            mailing.through(server)
            for seconds in (1, 2):
                threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT)).start()
            assert "taken up again in 10 minutes or less" in refused("send_notices")
            server.release.set()
        assert results(notice) == {"sending": 1}


class TestProgress:
    @pytest.fixture(autouse=True)
    def _at_once(self, monkeypatch):
        monkeypatch.setattr(progress, "EVERY", {True: 0, False: 0})

    def test_a_log_gets_lines_with_counts_rate_and_failures(self, privacy, mailing):
        a_notice_to(privacy, 40)
        with scripted_server({"p3": Rule(At.RCPT, "550 gone,")}, latency=0.01) as server:
            mailing.through(server)
            lines = [line for line in said("send_notices").splitlines() if line.startswith("[")]
        assert any("of 40, " in line and "/s, " in line and "failed" in line for line in lines)
        assert not any("\x1b" in line for line in lines)

    def test_a_terminal_gets_one_line_that_is_written_over(self, privacy, mailing):
        a_notice_to(privacy, 40)
        out = Terminal()
        with scripted_server(latency=0.01) as server:
            mailing.through(server)
            call_command("send_notices", stdout=out)
        shown = out.getvalue()
        assert shown.count("\r") > 1
        assert shown.count("\n") == 1
        assert shown.rsplit("\r", 1)[1] == "40 sent, 0 failed, 0 skipped, 0 put off.\n"

    @pytest.mark.parametrize(
        ("seconds", "words"), [(4.4, "4 s"), (75, "1 min 15 s"), (7260, "2 h 1 min"), (59.6, "1 min 0 s")]
    )
    def test_the_time_left_is_said_in_words(self, seconds, words):
        assert progress.in_time(seconds) == words

    def test_the_rate_is_that_of_the_last_moments(self):
        bar = progress.ProgressBar(Terminal())
        began = bar.moments[0][0]
        counts = {4: 500, 9: 500, 15: 500, 20: 500, 22: 600}
        rates = [bar._rate(began + second, done) for second, done in counts.items()]
        assert rates == pytest.approx([125, 500 / 9, 0, 0, 100 / 13])


class TestSteering:
    def test_the_list_shows_where_each_stands(self, privacy):
        assert said("notices", "list") == "There is no notice yet. Announcing an amendment makes one.\n"
        notice = held(privacy)
        assert said("notices", "list").startswith(f"Notice {notice.pk}, Privacy policy 2.0 (announced): held until")

    @pytest.mark.parametrize("action", ["stop", "pause", "resume", "retry-failed", "test"])
    def test_an_unknown_notice_is_refused_with_where_to_look(self, db, action):
        words = ["ann@example.org"] if action == "test" else []
        assert "`manage.py notices list` shows them" in refused("notices", action, "7", *words)

    def test_stopping_needs_a_reason_and_shows_it(self, privacy):
        notice = held(privacy)
        assert "--because" in refused("notices", "stop", str(notice.pk))
        assert fresh(notice).state == NoticeState.HELD
        assert "Wrong date." in said("notices", "stop", str(notice.pk), "--because", " Wrong date. ")
        assert (fresh(notice).state, notice.state_reason) == (NoticeState.STOPPED, "Wrong date.")
        assert "It is over: there is nothing to stop." in refused(
            "notices", "stop", str(notice.pk), "--because", "Again."
        )

    def test_a_stopped_notice_is_sent_to_nobody(self, privacy, mailing):
        notice = a_notice_to(privacy, 3)
        said("notices", "stop", str(notice.pk), "--because", "Wrong date.")
        with accepting_server() as server:
            mailing.through(server)
            assert said("send_notices") == "Nothing was due.\n"
        assert server.recipients == []
        assert results(notice) == {"skipped stopped": 3}

    def test_pausing_and_resuming(self, privacy, mailing):
        notice = a_notice_to(privacy, 3)
        assert f"notices resume {notice.pk}" in said("notices", "pause", str(notice.pk), "--because", "A question.")
        assert "paused" in refused("notices", "pause", str(notice.pk))
        with accepting_server() as server:
            mailing.through(server)
            assert "A question." in said("send_notices")
            assert server.recipients == []
            assert "it goes to 3 recipients" in said("notices", "resume", str(notice.pk))
            AmendmentNotice.objects.update(held_until=timezone.now())
            said("send_notices")
            assert len(server.recipients) == 3
        assert "Only one that is paused can be resumed." in refused("notices", "resume", str(notice.pk))

    @pytest.mark.parametrize("state", [NoticeState.SENDING, NoticeState.DONE, NoticeState.PAUSED])
    def test_those_that_failed_are_tried_again_whatever_the_others_do(self, privacy, state):
        notice = a_notice_to(privacy, 2)
        Delivery.objects.filter(address=address(1)).update(state="failed", reason="refused")
        AmendmentNotice.objects.update(state=state)
        assert said("notices", "retry-failed", str(notice.pk)).startswith("1 recipient will be tried again.")
        assert delivery_to(1).state == "pending"
        paused = state == NoticeState.PAUSED
        assert fresh(notice).state == (NoticeState.PAUSED if paused else NoticeState.SENDING)

    def test_trying_again_where_nobody_failed_says_so(self, privacy):
        assert "Nobody failed" in said("notices", "retry-failed", str(held(privacy).pk))


class TestTrying:
    def test_a_test_mail_goes_to_one_address_and_counts_nothing(self, privacy, mailing):
        notice = held(privacy)
        with accepting_server() as server:
            mailing.through(server)
            assert "Nobody else was written to" in said("notices", "test", str(notice.pk), "lea@example.org")
        assert server.recipients == ["lea@example.org"]
        assert b"Subject: Privacy policy: changes from" in server.accepted[0].body
        assert results(notice) == {"pending": 1}
        assert (fresh(notice).state, notice.sent) == (NoticeState.HELD, 0)
        assert not Engagement.objects.filter(kind="notified").exists()

    def test_it_can_be_tried_before_the_recipients_are_written_down(self, privacy, mailing):
        notice = a_notice(privacy)
        with accepting_server() as server:
            mailing.through(server)
            said("notices", "test", str(notice.pk), "lea@example.org")
        assert server.recipients == ["lea@example.org"]
        assert fresh(notice).state == NoticeState.STAGING

    def test_what_the_mail_server_says_against_it_is_quoted(self, privacy, mailing):
        notice = held(privacy)
        with accepting_server(refuse={"lea@example.org": "550 5.1.1 nobody here"}) as server:
            mailing.through(server)
            words = refused("notices", "test", str(notice.pk), "lea@example.org")
        assert "550 5.1.1 nobody here" in words

    def test_a_mail_server_that_is_away_is_said_to_be(self, privacy, mailing):
        notice = held(privacy)
        with accepting_server() as server:
            mailing.through(server)
        assert "The mail server cannot be reached" in refused("notices", "test", str(notice.pk), "lea@example.org")

    def test_an_address_that_is_none_is_refused(self, privacy):
        assert "has no @" in refused("notices", "test", str(held(privacy).pk), "lea")
