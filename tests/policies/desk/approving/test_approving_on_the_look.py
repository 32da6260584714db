"""Draft, submit, and a second person who approves on the look: by its token, exactly what was looked at."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from policies.desk.approving.deciding.approving import approve
from policies.desk.approving.models import Approval, ApprovalKind
from policies.desk.look.looking import look_at
from policies.desk.look.token import token_of
from policies.versions.refused import AnnouncementRefused
from tests.making.approving import changed_after, one_of, rule
from tests.making.editing import AMENDMENT, NEW, OTHER, Editor, a_waiting_draft, fresh, messages_of, numbers_of
from tests.making.people import text_of
from tests.making.staff import confirmed

pytestmark = pytest.mark.django_db
SUBMIT = {"action-submit": "action-submit"}
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


EDITHS = "a long enough password"


class Looker:
    """Somebody on the look of a policy."""

    def __init__(self, client, page):
        self.client, self.page = client, page
        self.look = f"/cms/policies/{page.pk}/look/"

    def looks(self):
        return self.client.get(self.look)

    def token(self) -> str:
        """The token of the page, or where it has no form, what it would be."""
        found = re.search(r'name="token" value="([^"]+)"', self.looks().text)
        return found[1] if found else token_of(look_at(fresh(self.page), by=None))

    def panel(self) -> str:
        """The part of the look about two people."""
        return self.looks().text.split('id="two-people', 1)[1]

    def decides(self, deed, words="", token=None):
        sent = {"token": token or self.token(), "deed": deed, "words": words}
        return self.client.post(f"/cms/policies/{self.page.pk}/reviews/decide/", sent, follow=True)


@pytest.fixture
def submitted(privacy, two_people, signed_in, wanda):
    """Wanda wrote a draft in the editor and submitted it."""
    Editor(signed_in(wanda), privacy).saves(NEW, **AMENDMENT, **SUBMIT)
    return privacy


@pytest.fixture
def looker(submitted, signed_in, archie) -> Looker:
    return Looker(signed_in(archie), submitted)


def step(page) -> TaskState:
    return TaskState.objects.filter(workflow_state__object_id=str(page.pk)).latest("pk")


class TestTheStepOfTheWorkflow:
    def test_leads_to_the_look_from_the_form(self, looker):
        response = Editor(looker.client, looker.page).saves(NEW, **AMENDMENT, **APPROVE)
        assert response.redirect_chain[-1][0] == looker.look, (response.redirect_chain, messages_of(response))
        assert "has been" not in messages_of(response)
        assert numbers_of(looker.page) == ["1.0"]

    def test_and_from_the_dashboard(self, looker):
        url = reverse("wagtailadmin_pages:workflow_action", args=[looker.page.pk, "approve", step(looker.page).pk])
        assert looker.client.post(url).url == looker.look
        answer = looker.client.post(url, headers={"x-requested-with": "XMLHttpRequest"})
        assert answer.json() == {"step": "success", "redirect": looker.look}
        assert (step(looker.page).status, numbers_of(looker.page)) == ("in_progress", ["1.0"])

    def test_its_button_says_so(self, looker):
        page = looker.client.get(f"/cms/pages/{looker.page.pk}/edit/").text
        assert "Look at it and approve…" in page
        assert "and Publish" not in page


class TestApproving:
    def test_announces_what_was_looked_at(self, looker, archie, wanda):
        assert "Written by Wanda" in text_of(looker.looks())
        response = looker.decides("announce", "Fine by me.")
        assert "version 2.0 announced" in messages_of(response)
        version = looker.page.versions.get(sequence=2)
        approval = version.approvals.get()
        assert (approval.by, approval.words, approval.kind) == (archie, "Fine by me.", ApprovalKind.APPROVAL)
        assert version.announced_by == archie
        assert (step(looker.page).status, WorkflowState.objects.get().status) == ("approved", "approved")
        assert version.revision.user == wanda

    def test_works_where_forgery_is_looked_for(self, submitted, verified, archie):
        looker = Looker(verified(Client(enforce_csrf_checks=True), archie), submitted)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', looker.panel())[1]
        sent = {"token": looker.token(), "deed": "announce", "words": "", "csrfmiddlewaretoken": token}
        address = f"/cms/policies/{submitted.pk}/reviews/decide/"
        looker.client.post(address, sent, headers={"referer": "https://testserver/"}, secure=True)
        assert numbers_of(submitted) == ["1.0", "2.0"]

    def test_only_approving_leaves_the_announcing_to_somebody(self, looker, signed_in, editor):
        looker.decides("approve")
        assert numbers_of(looker.page) == ["1.0"]
        assert "Enough people stand behind exactly this draft" in text_of(looker.looks())
        other = Looker(signed_in(editor), looker.page)
        other.client.post(other.look, {"token": other.token()})
        assert numbers_of(looker.page) == ["1.0", "2.0"]

    def test_is_logged_with_the_digest(self, looker, archie):
        looker.decides("announce")
        entry = PageLogEntry.objects.get(action="policies.approval")
        assert (entry.user, entry.data) == (archie, {"digest": Approval.objects.get().digest})
        assert "approved" in looker.client.get(f"/cms/pages/{looker.page.pk}/history/").text

    def test_of_one_who_wrote_part_of_it_is_refused(self, looker, archie):
        changed_after(looker.page, archie)
        assert "somebody else must approve it" in text_of(looker.looks())
        response = looker.decides("announce")
        assert "You wrote part of this draft" in messages_of(response)
        assert (numbers_of(looker.page), Approval.objects.count()) == (["1.0"], 0)

    def test_of_an_administrator_who_wrote_it_too(self, privacy, two_people, cms, editor):
        a_waiting_draft(privacy, user=editor)
        looker = Looker(cms, privacy)
        for deed in ("approve", "announce"):
            assert "You wrote part of this draft" in messages_of(looker.decides(deed))
        assert (numbers_of(privacy), Approval.objects.count()) == (["1.0"], 0)

    def test_editing_and_approving_in_one_go_makes_one_an_author(self, looker):
        Editor(looker.client, looker.page).saves(OTHER, **AMENDMENT, **APPROVE)
        assert "somebody else must approve it" in text_of(looker.looks())

    def test_of_what_was_changed_meanwhile_is_refused(self, looker, wanda):
        token = looker.token()
        changed_after(looker.page, wanda)
        response = looker.decides("announce", token=token)
        assert "changed" in messages_of(response)
        assert (numbers_of(looker.page), Approval.objects.count()) == (["1.0"], 0)

    def test_is_for_the_digest_whoever_calls(self, looker, archie):
        with pytest.raises(AnnouncementRefused, match="changed while you looked"):
            approve(fresh(looker.page), "0" * 64, by=archie)
        assert not Approval.objects.exists()

    @pytest.mark.parametrize("token", ["", "rubbish", "eyJhIjoxfQ:1:x"])
    def test_without_a_token_is_refused(self, looker, token):
        looker.decides("announce", token=token or " ")
        assert (numbers_of(looker.page), Approval.objects.count()) == (["1.0"], 0)

    def test_by_nobody_who_may_not_announce(self, looker, signed_in, wanda, dora):
        token = looker.token()
        for person in (wanda, dora):
            Looker(signed_in(person), looker.page).decides("announce", token=token)
        looker.client.logout()
        looker.decides("announce", token=token)
        assert (numbers_of(looker.page), Approval.objects.count()) == (["1.0"], 0)

    def test_a_refusal_of_the_door_takes_the_approval_back(self, looker, wanda):
        draft = fresh(looker.page).get_latest_revision_as_object()
        draft.change_summary = ""
        draft.save_revision(user=wanda)
        looker.decides("announce")
        assert (numbers_of(looker.page), Approval.objects.count()) == (["1.0"], 0)

    def test_the_draft_that_an_autosave_would_write_over_stays(self, privacy, two_people, signed_in, archie, wanda):
        """Approved by its number it would be another text by now. It was not submitted: that would keep it, too."""
        a_waiting_draft(privacy, user=wanda)
        Looker(signed_in(archie), privacy).decides("approve")
        approved = Approval.objects.get().revision
        content = approved.content
        draft = fresh(privacy).get_latest_revision_as_object()
        draft.change_summary = "Other words."
        draft.save_revision(user=wanda, overwrite_revision=approved)
        approved.refresh_from_db()
        assert approved.content == content


class TestAskingForChanges:
    def test_sends_it_back_with_the_words(self, looker, wanda, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            response = looker.decides("changes", "Shorter, please.")
        assert "You asked for changes" in messages_of(response)
        assert (step(looker.page).status, step(looker.page).comment) == ("rejected", "Shorter, please.")
        (message,) = [one for one in mail.outbox if one.to == [wanda.email]]
        assert "Shorter, please." in message.body

    def test_needs_words(self, looker):
        assert "Say what should be changed" in messages_of(looker.decides("changes", " "))
        assert step(looker.page).status == "in_progress"


class TestTakingItBack:
    @pytest.fixture
    def approved(self, looker) -> Approval:
        looker.decides("approve", "Fine by me.")
        return Approval.objects.get()

    def address(self, approval) -> str:
        return f"/cms/policies/{approval.page_id}/reviews/approvals/{approval.pk}/take-back/"

    def test_it_counts_no_more_and_stays_in_the_history(self, looker, approved, archie):
        assert "Take back my approval" in looker.panel()
        answer = looker.client.post(self.address(approved), follow=True)
        assert "Your approval is taken back" in messages_of(answer)
        approved.refresh_from_db()
        assert (approved.taken_back_at is not None, approved.words) == (True, "Fine by me.")
        assert "Taken back on" in text_of(answer)
        assert PageLogEntry.objects.get(action="policies.approval_taken_back").user == archie
        looker.client.post(looker.look, {"token": looker.token()})
        assert numbers_of(looker.page) == ["1.0"]
        looker.decides("announce")
        assert numbers_of(looker.page) == ["1.0", "2.0"]
        assert [one.version_id is None for one in Approval.objects.order_by("pk")] == [True, False]

    def test_only_ones_own_and_only_before_it_served(self, looker, approved, signed_in, dora):
        other = signed_in(one_of("Policy approvers", "Berta"))
        assert "Take back my approval" not in Looker(other, looker.page).panel()
        for client in (other, signed_in(dora)):
            client.post(self.address(approved))
            approved.refresh_from_db()
            assert approved.taken_back_at is None
        looker.client.post(looker.look, {"token": looker.token()})
        assert numbers_of(looker.page) == ["1.0", "2.0"]
        answer = looker.client.post(self.address(approved), follow=True)
        assert "A version was announced by this approval" in messages_of(answer)
        approved.refresh_from_db()
        assert approved.taken_back_at is None

    def test_what_is_scheduled_by_it_is_refused_when_its_time_comes(self, looker, wanda):
        from policies.desk.scheduled import do_what_is_scheduled

        at = timezone.now() + dt.timedelta(hours=1)
        a_waiting_draft(looker.page, user=wanda, go_live_at=at)
        looker.decides("announce")
        assert fresh(looker.page).scheduled_revision
        looker.client.post(self.address(Approval.objects.get()))
        with pytest.MonkeyPatch.context() as later:
            later.setattr(timezone, "now", lambda: at + dt.timedelta(minutes=5))
            assert do_what_is_scheduled()["refused"] == 1
        assert numbers_of(looker.page) == ["1.0"]


class TestAnEmergency:
    @pytest.fixture
    def alone(self, privacy, two_people, cms, editor, archie) -> Looker:
        """An administrator who wrote the draft, with nobody there."""
        a_waiting_draft(privacy, user=editor)
        return Looker(confirmed(cms, editor, EDITHS), privacy)

    def test_asks_first_who_one_is(self, privacy, two_people, cms, editor):
        a_waiting_draft(privacy, user=editor)
        answer = Looker(cms, privacy).decides("emergency", "A breach, tonight.")
        assert "/reauthenticate/" in answer.redirect_chain[-1][0]
        assert (numbers_of(privacy), Approval.objects.count()) == (["1.0"], 0)

    def test_is_announced_with_a_reason_and_told(self, alone, archie, editor, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            response = alone.decides("emergency", "A breach, tonight.")
        assert "version 2.0 announced" in messages_of(response)
        approval = alone.page.versions.get(sequence=2).approvals.get()
        assert (approval.kind, approval.words, approval.by) == ("emergency", "A breach, tonight.", editor)
        told = {one.to[0]: one.body for one in mail.outbox if "one person" in one.subject}
        assert set(told) == {archie.email, editor.email}
        assert "A breach, tonight." in told[archie.email]
        entry = PageLogEntry.objects.get(action="policies.emergency")
        assert (entry.user, entry.data["reason"]) == (editor, "A breach, tonight.")
        versions = alone.client.get(f"/cms/policies/{alone.page.pk}/versions/").text
        assert "A breach, tonight." in versions

    def test_needs_a_reason(self, alone):
        assert "Say why it cannot wait" in messages_of(alone.decides("emergency", "  "))
        assert (numbers_of(alone.page), Approval.objects.count()) == (["1.0"], 0)

    def test_needs_a_permission_of_its_own(self, looker):
        looker.decides("emergency", "A breach, tonight.")
        assert (numbers_of(looker.page), Approval.objects.count()) == (["1.0"], 0)
        assert "cannot wait" not in looker.looks().text

    def test_is_not_scheduled(self, alone, editor):
        a_waiting_draft(alone.page, user=editor, go_live_at=timezone.now() + dt.timedelta(hours=3))
        assert "announced at once" in messages_of(alone.decides("emergency", "A breach, tonight."))
        assert not fresh(alone.page).scheduled_revision


def test_nothing_is_asked_where_the_rule_is_off(privacy, cms, editor):
    a_waiting_draft(privacy, user=editor)
    looker = Looker(cms, privacy)
    assert "Who stands behind it" not in looker.looks().text
    cms.post(looker.look, {"token": looker.token()})
    assert numbers_of(privacy) == ["1.0", "2.0"]


def test_the_author_may_approve_in_the_workflow_where_the_rule_is_off(privacy, signed_in, archie):
    browser = Editor(signed_in(archie), privacy)
    browser.saves(NEW, **AMENDMENT, **SUBMIT)
    looker = Looker(browser.client, privacy)
    looker.client.post(looker.look, {"token": looker.token()})
    assert (numbers_of(privacy), step(privacy).status) == (["1.0", "2.0"], "approved")


def test_approved_and_scheduled_it_is_announced_by_who_approved(looker, wanda, archie):
    import datetime as dt

    from django.utils import timezone

    at = timezone.now() + dt.timedelta(hours=1)
    draft = fresh(looker.page).get_latest_revision_as_object()
    draft.go_live_at = at
    draft.save_revision(user=wanda)
    looker.decides("announce")
    assert fresh(looker.page).scheduled_revision
    assert WorkflowState.objects.get().status == "approved"
    with pytest.MonkeyPatch.context() as later:
        later.setattr(timezone, "now", lambda: at + dt.timedelta(minutes=5))
        call_command("housekeeping")
    version = looker.page.versions.get(sequence=2)
    assert (version.announced_by, version.approvals.get().by) == (archie, archie)


def test_two_who_approve_one_after_the_other_both_count(looker, signed_in):
    other = Looker(signed_in(one_of("Policy approvers", "Ada")), looker.page)
    looker.decides("approve")
    other.decides("announce")
    assert looker.page.versions.get(sequence=2).approvals.count() == 2


def test_a_rule_switched_off_meanwhile_asks_no_more(looker, signed_in, editor):
    rule(is_on=False)
    other = Looker(signed_in(editor), looker.page)
    other.client.post(other.look, {"token": other.token()})
    assert numbers_of(looker.page) == ["1.0", "2.0"]
