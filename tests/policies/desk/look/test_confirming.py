"""Confirming the look announces exactly what it showed, or says what changed meanwhile."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from accounts.models import User
from policies.desk.look.token import NAMES
from policies.desk.scheduled import do_what_is_scheduled
from policies.versions.proposals import facts_of_proposal
from tests.making.editing import (
    AMENDMENT,
    OTHER,
    a_waiting_draft,
    confirms,
    form_with,
    messages_of,
)
from tests.making.look import due, look_of, looks, words_of
from tests.making.policies import a_draft, announce
from tests.making.versions import TODAY

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


class TestConfirming:
    def test_it_is_announced_by_whoever_confirms_and_logged(self, edith, editor):
        writer = User.objects.create_superuser("writer@example.org", "a long enough password")
        revision = a_waiting_draft(edith.page, user=writer)
        response = confirms(edith.client, looks(edith.client, edith.page))
        assert "version 2.0 announced, in force from today" in messages_of(response)
        version = edith.page.versions.get(sequence=2)
        assert (version.announced_by, version.revision) == (editor, revision)
        entry = PageLogEntry.objects.get(action="policies.confirm")
        assert (entry.user, entry.revision, entry.data["number"]) == (editor, revision, "2.0")
        assert "confirmed that it is announced" in entry.message

    def test_of_a_scheduled_one_whoever_confirmed_it_is_the_announcer(self, edith, editor):
        writer = User.objects.create_superuser("writer@example.org", "a long enough password")
        revision = a_waiting_draft(edith.page, user=writer, go_live_at=timezone.now() + HOUR)
        confirms(edith.client, looks(edith.client, edith.page))
        due(revision)
        do_what_is_scheduled()
        assert edith.page.versions.get(sequence=2).announced_by == editor

    @pytest.mark.parametrize("token", ["", "garbage", "a:b:c", "é"])
    def test_without_the_token_nothing_is_announced(self, edith, token):
        a_waiting_draft(edith.page)
        answer = edith.client.post(look_of(edith.page), {"token": token})
        assert answer.status_code == 409
        assert "The form was not complete" in answer.text
        assert edith.versions == ["1.0"]

    def test_the_token_of_another_policy_is_none_of_this_one(self, edith):
        other = a_draft(slug="terms")
        other.save_revision()
        a_waiting_draft(edith.page)
        token = looks(edith.client, other).context["token"]
        answer = edith.client.post(look_of(edith.page), {"token": token})
        assert answer.status_code == 409
        assert "about another policy" in answer.text

    def test_a_second_click_announces_nothing_more(self, edith):
        a_waiting_draft(edith.page)
        looked = looks(edith.client, edith.page)
        confirms(edith.client, looked)
        again = confirms(edith.client, looked)
        assert again.status_code == 409
        assert edith.versions == ["1.0", "2.0"]

    @pytest.mark.parametrize("action", ["lock", "schedule"])
    def test_a_locked_policy_is_not_announced(self, edith, action):
        a_waiting_draft(edith.page)
        looked = looks(edith.client, edith.page)
        if action == "lock":
            other = User.objects.create_superuser("otto@example.org", "a long enough password")
            Page.objects.filter(pk=edith.page.pk).update(locked=True, locked_by=other)
        else:
            Revision.objects.filter(pk=edith.row.latest_revision_id).update(approved_go_live_at=timezone.now() + HOUR)
        answer = confirms(edith.client, looked)
        assert "Locked by" in messages_of(answer)
        assert not answer.context["may_confirm"]
        assert edith.versions == ["1.0"]


class TestWhatChangedMeanwhile:
    """It is sent back, and said."""

    @pytest.fixture
    def looked(self, edith):
        a_waiting_draft(edith.page, user=User.objects.get(email="editor@example.org"))
        return looks(edith.client, edith.page)

    def sent_back(self, edith, looked, versions=("1.0",)) -> str:
        answer = confirms(edith.client, looked)
        assert answer.status_code == 409
        assert edith.versions == list(versions)
        words = words_of(answer)
        assert "Nothing was announced: something changed while you looked." in words
        assert answer.context["token"] != looked.context["token"]
        return words

    def test_the_text_by_an_autosave_under_the_same_revision(self, edith, looked):
        """The id of the revision alone would confirm words that nobody looked at."""
        page, revision = edith.row, edith.row.latest_revision
        autosaved = edith.client.post(
            edith.url,
            form_with(OTHER, overwrite_revision_id=revision.pk, **AMENDMENT),
            headers={"Accept": "application/json"},
        ).json()
        assert (autosaved["success"], autosaved["revision_id"]) == (True, revision.pk)
        assert page.pk
        words = self.sent_back(edith, looked)
        assert "The text was changed by Edith" in words

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"change_summary": "Other words."}, "The words on what changes and why was changed"),
            ({"significance": "correction"}, "Whether it is an amendment was changed"),
            ({"effective_from": dt.date(2999, 1, 1)}, "It would now be in force from 1 January 2999."),
            ({"significance": "correction"}, "It would now become version 1.1, no longer 2.0."),
            ({"tell_newcomers": True}, "Whether newcomers are told, too was changed"),
            ({"always_notify_because": "So it is."}, "Why everybody is told was changed"),
            ({"about_personal_data": False}, "Whether it is about personal data was changed"),
            ({"title": "Privacy notice"}, "The title was changed"),
            ({"go_live_at": timezone.now() + HOUR}, "The time at which it is announced by itself was changed"),
        ],
    )
    def test_any_of_the_words(self, edith, looked, change, said):
        draft = edith.draft
        for name, value in change.items():
            setattr(draft, name, value)
        draft.save_revision()
        assert said in self.sent_back(edith, looked)

    def test_a_draft_saved_again_without_a_change(self, edith, looked, editor):
        edith.draft.save_revision(user=editor)
        assert "The draft was saved again by Edith" in self.sent_back(edith, looked)

    def test_the_number_since_somebody_else_announced(self, edith, looked):
        newest = edith.row.latest_revision
        announce(edith.page, OTHER)
        newest.created_at = timezone.now()
        newest.save()
        newest.as_object().save_revision()
        words = self.sent_back(edith, looked, ("1.0", "2.0"))
        assert "It would now become version 3.0, no longer 2.0." in words

    def test_the_day_at_midnight(self, a_minute_to_midnight, edith, looked):
        a_minute_to_midnight(TODAY + dt.timedelta(days=1), dt.time(0, 1))
        assert "It would now be in force from 16 June 2026." in self.sent_back(edith, looked)


@pytest.fixture
def a_minute_to_midnight(today):
    today(TODAY, dt.time(23, 59))
    return today


def test_each_fact_of_a_proposal_has_a_name_for_people(privacy):
    revision = a_waiting_draft(privacy)
    assert set(NAMES) == set(facts_of_proposal(revision.as_object().proposal(revision)))
