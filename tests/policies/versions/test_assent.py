"""Rooms above may object to an announcement: at the door, and when it is rehearsal_of."""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from policies.versions.announcing import AnnouncementRefused, rehearsal_of, rehearse
from policies.versions.asking import Asking
from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal, digest_of_proposal
from policies.writing.models import PolicyPage
from tests.making.editing import NEW, OTHER, a_waiting_draft, numbers_of
from tests.making.policies import announce


def proposal_of(revision):
    return revision.as_object().proposal(revision)


@pytest.fixture
def asked(monkeypatch) -> list:
    """What somebody above was asked, who objects to everything."""
    seen = []

    def objects(proposal, newest, kept):
        seen.append((proposal, newest, kept))
        yield AnnouncementRefused("Somebody has to approve it first.")

    monkeypatch.setattr("policies.versions.announcing.objections_of_others", [objects])
    return seen


def test_the_door_refuses_what_a_room_above_objects_to(privacy, asked):
    with pytest.raises(AnnouncementRefused, match="approve it first"):
        announce(privacy, NEW)
    assert numbers_of(privacy) == ["1.0"]
    proposal, newest, kept = asked[0]
    assert (proposal.page_id, newest.number, kept.number) == (privacy.pk, "1.0", "1.0")


def test_they_are_asked_in_the_rehearsal_unless_only_the_form_is_judged(privacy, asked):
    proposal = proposal_of(a_waiting_draft(privacy))
    assert [str(refusal) for refusal in rehearse(proposal)] == ["Somebody has to approve it first."]
    assert rehearse(proposal, asks_others=False) == []


def test_they_are_not_asked_about_a_text_that_makes_no_version(privacy, asked):
    announce(privacy)
    assert asked == []


def test_the_rehearsal_of_version_is_the_one_that_is_then_announced(privacy):
    revision = a_waiting_draft(privacy)
    version = rehearsal_of(proposal_of(revision)).version
    assert (version.number, version.sequence, version.effective_from) == ("2.0", 2, timezone.localdate())
    assert version.pk is None
    assert numbers_of(privacy) == ["1.0"]
    revision.publish()
    assert PolicyVersion.objects.get(revision=revision).digest == version.digest


CHANGES = {
    "document": OTHER,
    "struck": ("words",),
    "slug": "other",
    "significance": "correction",
    "change_summary": "Other words.",
    "effective_from": dt.date(2999, 1, 1),
    "scheduled_for": dt.datetime(2999, 1, 1, tzinfo=dt.UTC),
    "announced_elsewhere": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
    "tell_of_first": True,
    "tell_newcomers": True,
    "tell_of_correction": True,
    "always_because": "The law asks for it.",
    "about_personal_data": False,
    "kinds": ("rights",),
    "short_notice_because": "It only helps.",
    "asking": Asking(asks_for="acceptance"),
    "links_because": "The page comes on Monday.",
}


@pytest.mark.parametrize("field", CHANGES)
def test_whatever_is_changed_in_a_proposal_changes_its_digest(privacy, field):
    proposal = proposal_of(a_waiting_draft(privacy))
    other = dataclasses.replace(proposal, **{field: CHANGES[field]})
    assert digest_of_proposal(other) != digest_of_proposal(proposal)


def test_every_field_is_in_the_digest_but_who_and_by_which_draft():
    fields = {field.name for field in dataclasses.fields(Proposal)}
    assert fields - set(CHANGES) == {"page_id", "revision", "by", "amends"}


def _a_proposal():
    return Proposal(page_id=1, slug="privacy", revision=None, document=NEW)


@pytest.mark.parametrize(
    ("field", "empty"), [("change_summary", None), ("always_because", None), ("significance", None), ("kinds", None)]
)
def test_nothing_said_is_nothing_said_whether_empty_or_none(field, empty):
    proposal = _a_proposal()
    assert digest_of_proposal(dataclasses.replace(proposal, **{field: empty})) == digest_of_proposal(proposal)


def test_a_draft_that_is_saved_again_unchanged_keeps_its_digest(privacy):
    soon = timezone.now() + dt.timedelta(hours=1)
    first = a_waiting_draft(privacy, go_live_at=soon)
    again = PolicyPage.objects.get(pk=privacy.pk).get_latest_revision_as_object().save_revision()
    assert digest_of_proposal(proposal_of(first)) == digest_of_proposal(proposal_of(again))


def test_scheduling_a_draft_does_not_change_its_digest(privacy):
    revision = a_waiting_draft(privacy, go_live_at=timezone.now() + dt.timedelta(hours=1))
    before = digest_of_proposal(proposal_of(revision))
    revision.publish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    assert digest_of_proposal(proposal_of(revision)) == before
