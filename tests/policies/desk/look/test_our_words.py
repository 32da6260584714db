"""The CMS speaks of announcing where Wagtail says “publish”, and the look says what people will be asked."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from tests.making.editing import OTHER, a_waiting_draft, fresh, words_shown
from tests.making.look import looks, words_of
from tests.making.policies import a_draft, announce

pytestmark = pytest.mark.django_db


def publishing(response) -> list[str]:
    """What a reader of the page is told about publishing, with the words around it; not by what a list is filtered."""
    words = " ".join(words_shown(response).split("Action Create Publish", 1)[::-1])
    words = words.replace("Cancel scheduled publish", "")  # Wagtail's, in the menu of a line of the history
    return re.findall(r".{0,40}\bpublish.{0,40}", words, re.IGNORECASE)


class TestNobodyPublishesAPolicy:
    @pytest.mark.parametrize("page", ["edit", "history", "workflow_history", "versions"])
    def test_wherever_it_stands(self, privacy, cms, editor, page):
        address = f"/cms/policies/{privacy.pk}/versions/" if page == "versions" else f"/cms/pages/{privacy.pk}/{page}/"
        assert publishing(cms.get(address)) == []
        announce(privacy, OTHER)
        draft = a_waiting_draft(privacy, user=editor)
        assert publishing(cms.get(address)) == []
        fresh(privacy).get_workflow().start(fresh(privacy), editor)
        assert publishing(cms.get(address)) == []
        fresh(privacy).current_workflow_state.cancel(user=editor)
        soon = timezone.now() + dt.timedelta(hours=3)
        draft = a_waiting_draft(privacy, user=editor, go_live_at=soon)
        draft.publish(user=editor)
        assert publishing(cms.get(address)) == []

    def test_another_page_keeps_wagtails_words(self, privacy, cms):
        home = privacy.get_parent().get_parent()
        assert "No publishing schedule set" in words_shown(cms.get(f"/cms/pages/{home.pk}/edit/"))

    def test_the_status_says_when_it_is_announced_by_itself(self, privacy, cms):
        assert "No time is set for announcing" in words_shown(cms.get(f"/cms/pages/{privacy.pk}/edit/"))
        a_waiting_draft(privacy, go_live_at=timezone.now() + dt.timedelta(hours=3)).publish()
        assert "Announced by itself:" in words_shown(cms.get(f"/cms/pages/{privacy.pk}/edit/"))


class TestWhatPeopleAreAsked:
    def test_nothing_unless_the_policy_asks(self, privacy, cms):
        a_waiting_draft(privacy)
        assert "Nothing is asked of anybody" in words_of(looks(cms, privacy))

    def test_acceptance_with_days_and_an_age(self, privacy, cms):
        a_waiting_draft(privacy, asks_for="acceptance", grace_days=14, least_age=16)
        words = words_of(looks(cms, privacy))
        assert "Everybody with an account is asked to say that they accept it, at the next sign-in" in words
        assert "They may put the answer off for 14 days." in words
        assert "at least 16 years old" in words

    def test_nobody_again_with_its_reason(self, privacy, cms):
        words = {"asks_this_time": "nobody-again", "asks_because": "Only commas change."}
        a_waiting_draft(privacy, asks_for="acknowledgement", grace_days=0, **words)
        shown = words_of(looks(cms, privacy))
        assert "Only people who register from the day in force on are asked to say that they have read it" in shown
        assert "because: Only commas change." in shown

    def test_of_a_first_version_as_well(self, cms):
        page = a_draft(slug="terms")
        page.asks_for = "acknowledgement"
        page.save_revision()
        assert "that they have read it" in words_of(looks(cms, page))
