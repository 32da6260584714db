"""A lawyer without an account: a signed link shows one draft, and takes one answer."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from policies.desk.approving.models import OutsideReview
from policies.desk.approving.outsiders import public
from policies.desk.approving.outsiders.reviewing import link_of
from policies.versions.announcing import AnnouncementRefused
from tests.making.approving import changed_after, rule
from tests.making.editing import a_waiting_draft, fresh, messages_of, numbers_of
from tests.making.people import text_of

pytestmark = pytest.mark.django_db
AGREES = {"answer": "agrees", "name": "Lea Law", "words": ""}
ASKS = {"answer": "asks", "name": "Lea Law", "words": "Section 2 is vague."}


@pytest.fixture
def draft(privacy, two_people, wanda):
    return a_waiting_draft(privacy, user=wanda)


@pytest.fixture
def asking(signed_in, archie):
    """Archie's browser."""
    return signed_in(archie)


@pytest.fixture
def link(draft, privacy, asking, django_capture_on_commit_callbacks) -> str:
    """The link that Lea gets by mail from Archie, for a week."""
    with django_capture_on_commit_callbacks(execute=True):
        said = {"name": "Lea Law", "address": "lea@example.org", "days": "7"}
        response = asking.post(f"/cms/policies/{privacy.pk}/reviews/ask/", said, follow=True)
    assert "mailed to lea@example.org" in messages_of(response)
    (message,) = [one for one in mail.outbox if one.to == ["lea@example.org"]]
    (found,) = [line for line in message.body.split() if "/policies/review/" in line]
    return found.removeprefix("https://testserver")


@pytest.fixture
def lea() -> Client:
    return Client()


def review() -> OutsideReview:
    return OutsideReview.objects.get()


class TestThePage:
    def test_shows_what_changes_and_the_mail(self, link, lea):
        page = lea.get(link)
        assert page.status_code == 200
        assert "<ins" in page.text
        text = text_of(page)
        for words in ("Lea Law", "large", "Clearer words.", "The mail about it", "I ask for changes"):
            assert words in text

    def test_shows_the_text_of_a_first_version(self, privacy, two_people, asking, lea, wanda):
        from tests.making.policies import a_draft

        page = a_draft(slug="terms")
        page.save_revision(user=wanda)
        asking.post(f"/cms/policies/{page.pk}/reviews/ask/", {"name": "Lea", "days": "7"})
        assert "contact us by post" in text_of(lea.get(link_of(review())))

    def test_is_kept_and_found_by_nobody(self, link, lea):
        page = lea.get(link)
        assert page.headers["Cache-Control"] == "no-store, private"
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert not page.cookies
        assert 'name="robots" content="noindex' in page.text

    def test_the_whole_link_is_needed(self, link, lea, draft):
        number = link.split("/")[-2].split(".")[0]
        for token in (number, f"{number}.", f"{number}.x", link.split("/")[-2][:-1], f"9{link.split('/')[-2]}", "x"):
            answer = lea.get(f"/policies/review/{token}/")
            assert (answer.status_code, "large" in answer.text) == (404, False), token

    def test_others_see_nothing_of_the_draft(self, link, lea):
        for address in ("/policies/privacy/", "/policies/", "/policies/feed.atom", "/sitemap.xml", "/robots.txt"):
            assert "large" not in lea.get(address).text

    def test_is_not_asked_for_again_and_again(self, link, lea, monkeypatch):
        monkeypatch.setattr(public, "A_MINUTE", 3)
        assert [lea.get(link).status_code for _ in range(4)] == [200, 200, 200, 429]
        assert Client(REMOTE_ADDR="192.0.2.7").get(link).status_code == 200


class TestTheAnswer:
    def test_is_kept_with_name_and_words_and_told(self, link, lea, archie, django_capture_on_commit_callbacks):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            answer = lea.post(link, ASKS, follow=True)
        assert "I ask for changes" in answer.text
        assert (review().answer, review().signed_name, review().words) == ("asks", "Lea Law", "Section 2 is vague.")
        (message,) = mail.outbox
        assert message.to == [archie.email]
        assert "Section 2 is vague." in message.body
        entry = PageLogEntry.objects.get(action="policies.review_answered")
        assert entry.data == {"review": review().pk, "answer": "asks"}

    def test_is_given_once(self, link, lea):
        lea.post(link, ASKS)
        answer = lea.post(link, AGREES)
        assert review().answer == "asks"
        assert "Thank you" in answer.text

    @pytest.mark.parametrize(
        "said", [{}, AGREES | {"name": " "}, ASKS | {"words": " "}, AGREES | {"answer": "perhaps"}], ids=str
    )
    def test_that_lacks_something_is_asked_for_again(self, link, lea, said):
        page = lea.post(link, said)
        assert page.status_code == 422
        assert "There is a problem" in page.text
        assert review().answer == ""

    def test_shows_in_the_cms(self, link, lea, asking, privacy):
        lea.post(link, AGREES | {"words": "Well done."})
        page = text_of(asking.get(f"/cms/policies/{privacy.pk}/reviews/"))
        assert "Agrees" in page
        assert "Well done." in page

    def test_is_a_review_and_no_approval(self, link, lea, draft, editor):
        lea.post(link, AGREES)
        with pytest.raises(AnnouncementRefused, match="must approve"):
            draft.publish(user=editor)

    def test_counts_as_the_second_person_where_the_rule_says_so(self, link, lea, draft, editor, asking, privacy):
        rule(outsiders_count=True)
        with pytest.raises(AnnouncementRefused, match="must approve"):
            draft.publish(user=editor)
        lea.post(link, AGREES)
        draft.publish(user=editor)
        assert numbers_of(privacy) == ["1.0", "2.0"]
        assert review().version.number == "2.0"
        assert "Reviewed by Lea Law" in text_of(asking.get(f"/cms/policies/{privacy.pk}/versions/"))

    def test_does_not_count_where_an_author_asked_and_so_has_the_link(
        self, draft, privacy, wanda, signed_in, lea, editor
    ):
        rule(outsiders_count=True)
        wanda.user_permissions.add(Permission.objects.get(codename="ask_outsiders"))
        hers = signed_in(wanda)
        hers.post(f"/cms/policies/{privacy.pk}/reviews/ask/", {"name": "Lea Law", "days": "7"})
        link = link_of(review())
        assert link not in hers.get(f"/cms/policies/{privacy.pk}/reviews/").text
        lea.post(link, AGREES)
        assert review().answer == "agrees"
        with pytest.raises(AnnouncementRefused, match="must approve"):
            draft.publish(user=editor)

    def test_whose_link_an_author_sees_only_where_it_does_not_count(self, link, privacy, wanda, signed_in):
        wanda.user_permissions.add(Permission.objects.get(codename="ask_outsiders"))
        reviews = f"/cms/policies/{privacy.pk}/reviews/"
        assert link in signed_in(wanda).get(reviews).text
        rule(outsiders_count=True)
        assert link not in signed_in(wanda).get(reviews).text

    def test_that_asks_for_changes_does_not_count(self, link, lea, draft, editor):
        rule(outsiders_count=True)
        lea.post(link, ASKS)
        with pytest.raises(AnnouncementRefused, match="must approve"):
            draft.publish(user=editor)


class TestWhenItEnds:
    def closed(self, lea, link, words):
        for answer in (lea.get(link), lea.post(link, AGREES)):
            assert words in answer.text
            assert "large" not in answer.text
            assert answer.headers["Cache-Control"] == "no-store, private"
        assert review().answer == ""

    def test_because_the_draft_was_changed(self, link, lea, privacy, wanda):
        changed_after(privacy, wanda)
        self.closed(lea, link, "no longer the draft in question")

    def test_it_goes_on_when_the_draft_was_only_saved_again(self, link, lea, privacy, wanda):
        fresh(privacy).get_latest_revision_as_object().save_revision(user=wanda)
        assert lea.get(link).status_code == 200

    def test_because_its_days_are_over(self, link, lea, monkeypatch):
        later = timezone.now() + dt.timedelta(days=8)
        monkeypatch.setattr(timezone, "now", lambda: later)
        self.closed(lea, link, "This link has ended")

    def test_because_it_was_taken_back(self, link, lea, asking, privacy):
        address = f"/cms/policies/{privacy.pk}/reviews/{review().pk}/take-back/"
        assert "The link ends at once" in asking.get(address).text
        assert review().revoked_at is None
        asking.post(address)
        self.closed(lea, link, "taken back")
        assert PageLogEntry.objects.filter(action="policies.review_taken_back").exists()

    def test_because_it_was_announced(self, link, lea, draft, editor):
        rule(is_on=False)
        draft.publish(user=editor)
        answer = lea.get(link)
        assert answer.status_code == 410
        assert "I agree" not in answer.text

    def test_an_answer_that_was_taken_back_counts_no_more(self, link, lea, asking, privacy, draft, editor):
        rule(outsiders_count=True)
        lea.post(link, AGREES)
        asking.post(f"/cms/policies/{privacy.pk}/reviews/{review().pk}/take-back/")
        with pytest.raises(AnnouncementRefused, match="must approve"):
            draft.publish(user=editor)


class TestAsking:
    def test_shows_the_link_to_hand_over(self, draft, privacy, asking, lea):
        asking.post(f"/cms/policies/{privacy.pk}/reviews/ask/", {"name": "Lea Law", "days": "7"})
        assert not mail.outbox
        assert link_of(review()) in asking.get(f"/cms/policies/{privacy.pk}/reviews/").text

    @pytest.mark.parametrize("days", ["0", "61", "", "x"])
    def test_for_some_days(self, draft, privacy, asking, days):
        asking.post(f"/cms/policies/{privacy.pk}/reviews/ask/", {"name": "Lea Law", "days": days})
        assert not OutsideReview.objects.exists()

    def test_is_not_for_everybody(self, draft, privacy, signed_in, wanda, dora, link):
        for person in (wanda, dora):
            browser = signed_in(person)
            browser.post(f"/cms/policies/{privacy.pk}/reviews/ask/", {"name": "Me", "days": "7"})
            browser.post(f"/cms/policies/{privacy.pk}/reviews/{review().pk}/take-back/")
            assert link not in browser.get(f"/cms/policies/{privacy.pk}/reviews/").text
        assert (review().name, review().revoked_at) == ("Lea Law", None)

    def test_is_logged_without_the_name(self, link, archie):
        entry = PageLogEntry.objects.get(action="policies.review_asked")
        assert (entry.user, entry.data) == (archie, {"review": review().pk})

    def test_of_another_policy_is_not_taken_back_here(self, link, asking):
        from tests.making.policies import a_draft

        other = a_draft(slug="terms")
        asking.post(f"/cms/policies/{other.pk}/reviews/{review().pk}/take-back/")
        assert review().revoked_at is None
