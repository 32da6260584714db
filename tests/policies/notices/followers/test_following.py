"""Somebody without an account asks for e-mails about policies, confirms it, sees what is kept, and leaves."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.personal_data.retention import enforce_retention
from home.operations.housekeeping import keep_house
from policies.notices.followers.links import CONFIRMING, LEAVING
from policies.notices.models import Delivery, Follower
from policies.notices.sending.staging import stage_recipients
from tests.making.followers import a_follower, ask_to_follow, followers_notice, link_to, who_may_leave
from tests.making.notices import a_notice, fresh
from tests.making.people import a_person, text_of
from tests.making.policies import a_draft, announce

pytestmark = pytest.mark.django_db


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def asked(client, privacy, commits):
    """Send the form; the queue sends the mail."""

    def ask(address="flo@example.org", where="/policies/privacy/follow/"):
        with commits():
            return ask_to_follow(client, address, where)

    return ask


class TestAsking:
    def test_nobody_is_mailed_before_the_link_in_the_mail_is_used_by_a_button(self, client, privacy, asked):
        assert "Look into your mailbox" in text_of(asked())
        (told,) = mail.outbox
        assert told.to == ["flo@example.org"] and "Privacy policy" in told.subject
        assert not Follower.objects.reached().exists()
        page = client.get(link_to("confirm"))
        assert "Was that you?" in text_of(page)
        assert not Follower.objects.reached().exists(), "mail scanners open every link"
        assert "You get e-mails from now on" in text_of(client.post(link_to("confirm")))
        follower = Follower.objects.reached().get()
        assert (follower.page_id, follower.address) == (privacy.pk, "flo@example.org")

    def test_the_form_for_all_policies_follows_all(self, client, asked):
        asked(where="/policies/follow/")
        client.post(link_to("confirm"))
        assert Follower.objects.get().page is None
        assert "all our policies" in mail.outbox[0].subject

    def test_the_pages_say_the_same_whether_an_address_is_known_or_not(self, client, privacy, asked):
        a_follower("known@example.org", privacy)
        a_person("ann@example.org")
        answers = {text_of(asked(address)) for address in ("known@example.org", "ann@example.org", "new@example.org")}
        assert len(answers) == 1
        assert [len(mail.outbox), {message.to[0] for message in mail.outbox}] == [
            3,
            {"known@example.org", "ann@example.org", "new@example.org"},
        ]

    def test_who_follows_already_is_told_so_and_how_to_leave(self, client, privacy, asked):
        follower = a_follower(page=privacy)
        asked(" Flo@Example.ORG ")
        assert "already" in mail.outbox[0].subject
        assert who_may_leave(mail.outbox[0].body) == [follower.pk]
        assert Follower.objects.count() == 1 and fresh(follower).is_confirmed

    def test_an_address_that_is_none_is_refused_in_words_and_kept_in_the_form(self, client, privacy):
        answer = ask_to_follow(client, "flo at example.org")
        assert answer.status_code == 422
        assert "flo at example.org" in answer.content.decode()
        assert not Follower.objects.exists() and not mail.outbox

    def test_an_address_is_written_to_three_times_an_hour_at_most(self, client, privacy, asked):
        statuses = [asked().status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        assert len(mail.outbox) == 3

    def test_of_a_policy_that_is_not_there_or_not_announced_there_is_no_form(self, client, privacy):
        a_draft(slug="terms")
        assert client.get("/policies/terms/follow/").status_code == 404
        assert client.get("/policies/nothing/follow/").status_code == 404

    def test_a_mail_server_that_is_away_loses_nothing(self, client, privacy, asked, monkeypatch):
        def away(self, messages):
            raise ConnectionRefusedError

        with monkeypatch.context() as patch:
            patch.setattr(EmailBackend, "send_messages", away)
            asked()
        assert not mail.outbox
        Follower.objects.update(mail_due_at=timezone.now())
        keep_house()
        assert [message.to for message in mail.outbox] == [["flo@example.org"]]
        keep_house()
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize(
        "page", ["/policies/", "/policies/privacy/", "/policies/privacy/versions/", "/policies/privacy/versions/1.0/"]
    )
    def test_the_pages_about_policies_lead_to_it(self, client, privacy, page):
        where = "/policies/follow/" if page == "/policies/" else "/policies/privacy/follow/"
        assert f'href="{where}"' in client.get(page).content.decode()

    def test_who_is_signed_in_is_led_to_the_preferences(self, client, privacy):
        client.force_login(a_person())
        page = client.get("/policies/privacy/follow/").content.decode()
        assert 'href="/account/preferences/"' in page and "You have an account" in page

    def test_no_policy_can_take_the_address_of_the_form(self):
        for slug in ("follow", "review"):
            with pytest.raises(ValidationError, match="address of another page"):
                a_draft(slug=slug)


class TestConfirming:
    def test_the_link_ends_after_a_week_and_says_what_to_do(self, client, privacy, monkeypatch):
        import time

        token = CONFIRMING.token(a_follower(page=privacy, confirmed_at=None).pk)
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 8 * 24 * 3600)
        answer = client.post(f"/policies/follow/confirm/{token}/")
        assert answer.status_code == 404 and "send the form again" in text_of(answer)

    @pytest.mark.parametrize("token", ["x", "1:abc:def", "999:aaaaaa:" + "b" * 43])
    def test_a_forged_link_does_nothing(self, client, privacy, token):
        a_follower(page=privacy, confirmed_at=None)
        for deed in ("confirm", "leave", "kept"):
            assert client.post(f"/policies/follow/{deed}/{token}/").status_code == 404
        assert not Follower.objects.reached().exists() and Follower.objects.exists()

    def test_a_link_that_leaves_does_not_confirm(self, client, privacy):
        token = LEAVING.token(a_follower(page=privacy, confirmed_at=None).pk)
        assert client.post(f"/policies/follow/confirm/{token}/").status_code == 404
        assert not Follower.objects.reached().exists()


class TestLeaving:
    @pytest.fixture
    def leave(self, client):
        return lambda follower, **said: client.post(f"/policies/follow/leave/{LEAVING.token(follower.pk)}/", said)

    def test_looking_asks_and_the_button_deletes(self, client, privacy, leave):
        follower = a_follower(page=privacy)
        page = client.get(f"/policies/follow/leave/{LEAVING.token(follower.pk)}/")
        assert "What we keep about you" in text_of(page) and Follower.objects.exists()
        assert "You get no more" in text_of(leave(follower))
        assert not Follower.objects.exists()

    def test_a_mail_programs_own_button_is_answered_shortly_and_may_be_pressed_again(self, client, privacy, leave):
        follower = a_follower(page=privacy)
        program = {"List-Unsubscribe": "One-Click"}
        for _ in range(2):
            answer = leave(follower, **program)
            assert (answer.status_code, answer.content) == (200, b"You are unsubscribed.\n")
        assert not Follower.objects.exists()

    def test_it_needs_no_token_against_forgery_and_sets_no_cookie(self, privacy):
        from django.test import Client

        follower, strict = a_follower(page=privacy), Client(enforce_csrf_checks=True)
        answer = strict.post(f"/policies/follow/leave/{LEAVING.token(follower.pk)}/")
        assert answer.status_code == 200 and not answer.cookies

    def test_who_follows_all_leaves_everything_and_who_follows_one_is_asked_about_the_rest(
        self, client, privacy, leave
    ):
        terms = a_draft(slug="terms")
        announce(terms)
        one, other = a_follower(page=privacy), a_follower(page=terms)
        of_all = a_follower("all@example.org")
        a_follower("all@example.org", privacy)
        page = leave(one)
        assert "You still get e-mails about these" in text_of(page)
        assert who_may_leave(page.content.decode()) == [other.pk]
        assert Follower.objects.filter(address="flo@example.org").get() == other
        leave(of_all)
        assert not Follower.objects.filter(address="all@example.org").exists()

    def test_what_was_sent_forgets_the_address_and_what_waits_is_never_sent(self, privacy, leave):
        follower = a_follower(page=privacy)
        notice = a_notice(privacy)
        stage_recipients(notice)
        stage_recipients(followers_notice(notice))
        leave(follower)
        delivery = Delivery.objects.get(notice=followers_notice(notice))
        assert (delivery.address, delivery.follower, delivery.state, delivery.reason) == ("", None, "skipped", "left")
        assert fresh(followers_notice(notice)).skipped == 1

    def test_all_that_is_kept_can_be_taken_along(self, client, privacy):
        follower = a_follower(page=privacy)
        page = client.get(f"/policies/follow/leave/{LEAVING.token(follower.pk)}/").content.decode()
        link = page.partition('href="/policies/follow/kept/')[2].partition('"')[0]
        kept = client.get(f"/policies/follow/kept/{link}").json()
        assert kept["address"] == "flo@example.org"
        assert kept["follows"][0]["what"] == "our Privacy policy"


class TestForgetting:
    def test_what_was_never_confirmed_goes_after_a_week_and_what_comes_back_after_a_month(self, privacy):
        now = timezone.now()
        stays = a_follower("stays@example.org")
        a_follower("old@example.org", confirmed_at=None, asked_at=now - dt.timedelta(days=8))
        young = a_follower("young@example.org", confirmed_at=None, asked_at=now - dt.timedelta(days=6))
        a_follower("back@example.org", came_back_at=now - dt.timedelta(days=31))
        enforce_retention()
        assert set(Follower.objects.all()) == {stays, young}
        enforce_retention()
        assert Follower.objects.count() == 2

    def test_an_account_with_the_address_has_it_in_its_download(self, privacy):
        from accounts.personal_data.register import kind_of, rows_of, subject_of

        follower = a_follower("ann@example.org", privacy)
        a_follower("ben@example.org", privacy)
        assert list(rows_of(kind_of("followers"), subject_of(a_person("ann@example.org")))) == [follower]
