"""Followers have a notice of their own beside that to people: each is mailed once, and none is counted as told."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.desk.reports.counting import counts_of
from policies.notices.bounces.taking import take_bounce
from policies.notices.followers.links import LEAVING
from policies.notices.following import correct
from policies.notices.models import AmendmentNotice, Delivery, Engagement, Follower
from policies.notices.models.notices import NoticeKind, NoticeState
from policies.notices.proof import discrepancies
from policies.notices.sending.rounds import prepare, work
from policies.notices.sending.staging import stage_recipients
from policies.notices.steering import pause, resume, stop
from tests.making.followers import a_follower, followers_notice, many_followers, who_may_leave, written_to
from tests.making.mailing import drain
from tests.making.notices import a_notice, fresh, who_chose
from tests.making.people import a_person
from tests.making.policies import a_draft, announce
from tests.policies.notices.servers import accepting_server

pytestmark = pytest.mark.django_db


def staged(privacy) -> AmendmentNotice:
    """The notice to people of a new amendment; it and the followers' are staged."""
    notice = a_notice(privacy)
    prepare()
    return fresh(notice)


def sent(privacy, mailing) -> tuple[AmendmentNotice, list]:
    """The notice to people of an amendment that went out, and what the server took."""
    from policies.notices.models import NoticeSettings

    NoticeSettings.objects.update_or_create(defaults={"hold_minutes": 0})
    notice = a_notice(privacy)
    with accepting_server() as server:
        mailing.through(server)
        prepare()
        prepare()
        drain()
        return fresh(notice), list(server.accepted)


class TestWho:
    def test_those_who_follow_this_policy_or_all_get_it_each_once(self, privacy):
        terms = a_draft(slug="terms")
        announce(terms)
        a_follower("one@example.org", privacy)
        a_follower("all@example.org")
        a_follower("both@example.org")
        a_follower("both@example.org", privacy)
        a_follower("other@example.org", terms)
        a_follower("unconfirmed@example.org", privacy, confirmed_at=None)
        a_follower("dead@example.org", privacy, came_back_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        beside = followers_notice(staged(privacy))
        assert written_to(beside) == ["all@example.org", "both@example.org", "one@example.org"]
        assert (beside.recipients, beside.state) == (3, NoticeState.HELD)

    def test_whose_address_gets_it_in_an_account_is_mailed_once(self, privacy):
        a_person("ann@example.org")
        who_chose("none", "quiet@example.org")
        a_person("unproved@example.org", verified=False)
        for address in ("ANN@example.org", "quiet@example.org", "unproved@example.org"):
            a_follower(address)
        notice = staged(privacy)
        assert "ann@example.org" in written_to(notice)
        assert written_to(followers_notice(notice)) == ["quiet@example.org", "unproved@example.org"]

    def test_it_waits_until_it_is_known_who_is_written_to_in_an_account(self, privacy):
        a_person("ann@example.org")
        a_follower("ann@example.org")
        notice = a_notice(privacy)
        assert not stage_recipients(followers_notice(notice))
        assert stage_recipients(notice) and stage_recipients(followers_notice(notice))
        assert written_to(followers_notice(notice)) == []

    def test_where_nobody_follows_there_is_no_such_notice(self, privacy):
        a_follower(confirmed_at=None)
        assert a_notice(privacy).beside() is None

    def test_so_many_followers_as_there_are_are_written_down_by_one_statement(self, privacy):
        counts = []
        for number in (3, 300):
            Follower.objects.all().delete()
            many_followers(number)
            notice = a_notice(privacy, change_summary=f"Number {number}.") if number == 3 else a_later_notice(privacy)
            stage_recipients(notice)
            with CaptureQueriesContext(connection) as asked:
                assert stage_recipients(followers_notice(notice))
            inserts = [one for one in asked if one["sql"].startswith("INSERT INTO")]
            assert len(inserts) == 1 and followers_notice(notice).recipients == number
            counts.append(len(asked))
        assert counts[0] == counts[1]


def a_later_notice(privacy) -> AmendmentNotice:
    from tests.making.notices import an_amendment

    return AmendmentNotice.objects.to_people().get(version=an_amendment(privacy, "cookies are very large files"))


class TestTheMail:
    def test_a_real_server_gets_it_once_with_a_way_out_and_no_word_of_an_account(self, privacy, mailing):
        follower = a_follower(page=privacy)
        notice, (taken,) = sent(privacy, mailing)
        assert taken.recipient == "flo@example.org"
        text = taken.body.decode().replace("=\r\n", "")
        (header,) = re.findall(r"^List-Unsubscribe: <https://testserver(\S+)>", text, re.MULTILINE)
        assert who_may_leave(header) == [follower.pk]
        assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in text
        assert "List-Id: <followers." in text
        assert "You have an account" not in text and "Close your account" not in text and "Sign in" not in text
        assert followers_notice(notice).state == NoticeState.DONE

    def test_who_left_before_the_turn_came_gets_nothing(self, client, privacy, mailing):
        from policies.notices.models import NoticeSettings

        NoticeSettings.objects.update_or_create(defaults={"hold_minutes": 0})
        follower = a_follower(page=privacy)
        notice = a_notice(privacy)
        prepare()
        client.post(f"/policies/follow/leave/{LEAVING.token(follower.pk)}/", {"List-Unsubscribe": "One-Click"})
        with accepting_server() as server:
            mailing.through(server)
            work(during=dt.timedelta(seconds=5))
            assert server.recipients == []
        beside = followers_notice(notice)
        assert (beside.state, beside.skipped, beside.sent) == (NoticeState.DONE, 1, 0)

    def test_the_mail_to_people_says_that_others_can_follow(self, privacy, mailing):
        a_person("ann@example.org")
        _, (taken,) = sent(privacy, mailing)
        assert "https://testserver/policies/follow/" in taken.body.decode().replace("=\r\n", "")

    def test_where_it_comes_back_for_good_nothing_more_is_sent(self, privacy, mailing):
        follower = a_follower(page=privacy)
        notice, _ = sent(privacy, mailing)
        delivery = Delivery.objects.get(notice=followers_notice(notice))
        take_bounce(delivery.pk, dead=False, words="452 full")
        assert fresh(follower).came_back_at is None
        Delivery.objects.filter(pk=delivery.pk)
        later = a_later_notice(privacy)
        prepare()
        other = Delivery.objects.get(notice=followers_notice(later))
        Delivery.objects.filter(pk=other.pk).update(state="sent")
        take_bounce(other.pk, dead=True, words="550 5.1.1 no such user")
        assert fresh(follower).came_back_at is not None
        assert not Follower.objects.reached().exists()


class TestCounting:
    def test_followers_are_never_counted_as_people_who_were_told(self, privacy, mailing):
        a_person("ann@example.org")
        a_follower(page=privacy)
        notice, taken = sent(privacy, mailing)
        assert sorted(one.recipient for one in taken) == ["ann@example.org", "flo@example.org"]
        assert list(Engagement.objects.values_list("person__email", "kind")) == [("ann@example.org", "notified")]
        (counts,) = counts_of([notice.version])
        assert (counts.meant, counts.told) == (1, 1)
        assert (notice.recipients, notice.sent) == (1, 1)
        assert (followers_notice(notice).recipients, followers_notice(notice).sent) == (1, 1)
        assert list(discrepancies()) == []

    def test_the_pages_of_the_cms_show_them_apart(self, cms, privacy, mailing):
        a_follower(page=privacy)
        notice, _ = sent(privacy, mailing)
        page = cms.get(f"/cms/notices/inspect/{notice.pk}/").content.decode()
        assert "Followers without an account" in page and "1 of 1 sent" in page
        own = cms.get(f"/cms/notices/inspect/{followers_notice(notice).pk}/").content.decode()
        assert "They are not counted among the people who were told" in own
        listed = cms.get("/cms/notices/").content.decode()
        assert "Followers without an account" in listed and "People with an account" in listed
        deliveries = cms.get(f"/cms/notices/{followers_notice(notice).pk}/deliveries/").content.decode()
        assert "flo@example.org" in deliveries

    def test_the_evidence_has_them_apart(self, privacy, mailing):
        import json

        from policies.desk.evidence.reached import figures_of, notices_of

        a_person("ann@example.org")
        a_follower(page=privacy)
        notice, _ = sent(privacy, mailing)
        (figures,) = (json.loads(file.content) for file in figures_of(notice.version))
        assert figures["deliveries"] == [{"notice": "announced", "state": "sent", "people": 1}]
        assert figures["deliveries_to_followers_who_are_not_counted_as_told"] == [
            {"notice": "announced", "state": "sent", "followers": 1}
        ]
        names = [file.path for file in notices_of(notice.version)]
        assert "notice/2-announced-to-followers.json" in names


class TestSteering:
    def test_stopping_the_notice_to_people_stops_the_followers_too(self, privacy):
        a_follower()
        notice = staged(privacy)
        stop(notice, because="It is wrong.")
        beside = fresh(followers_notice(notice))
        assert (beside.state, beside.state_reason, beside.skipped) == (NoticeState.STOPPED, "It is wrong.", 1)

    def test_pausing_and_going_on_do_the_same_to_both(self, privacy):
        a_follower()
        notice = staged(privacy)
        pause(notice, because="Wait.")
        assert fresh(followers_notice(notice)).state == NoticeState.PAUSED
        resume(notice)
        assert fresh(followers_notice(notice)).state == NoticeState.HELD

    def test_a_withdrawn_version_stops_both(self, privacy):
        from django.utils import timezone

        from policies.versions.announcing import withdraw

        a_follower()
        notice = a_notice(privacy, effective_from=timezone.localdate() + dt.timedelta(days=40))
        withdraw(notice.version, reason="A mistake.", by=None)
        assert set(AmendmentNotice.objects.values_list("state", flat=True)) == {NoticeState.STOPPED}

    def test_a_correction_goes_to_the_followers_who_got_the_mail_in_its_thread(self, privacy, mailing):
        a_person("ann@example.org")
        a_follower("early@example.org")
        notice, _ = sent(privacy, mailing)
        a_follower("late@example.org")
        following = correct(notice, "The date was wrong.")
        beside = followers_notice(following)
        assert (beside.kind, beside.follows) == (NoticeKind.CORRECTION, followers_notice(notice))
        prepare()
        assert written_to(beside) == ["early@example.org"]
        assert Delivery.objects.get(notice=beside).follows == Delivery.objects.get(notice=followers_notice(notice)).pk
