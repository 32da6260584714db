"""Between the button “Announce” and the announcement stands a page that shows all of what it will do."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Workflow

from accounts.models import MailPreference, User
from policies.notices.letter.composing import compose
from policies.notices.letter.showing import shown
from policies.notices.models import AmendmentNotice, NoticeSettings
from policies.notices.sending.staging import stage_recipients
from tests.making.editing import (
    AMENDMENT,
    NEW,
    PUBLISH,
    a_waiting_draft,
    confirms,
    form_with,
    fresh,
    messages_of,
    numbers_of,
    says,
)
from tests.making.look import look_of, looks, the_policy_index, words_of
from tests.making.people import a_person
from tests.making.policies import a_document, a_draft, announce
from tests.making.staff import with_rights

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


class TestTheWayThere:
    def test_the_button_saves_the_draft_and_leads_to_the_look(self, edith):
        response = edith.client.post(edith.url, form_with(NEW, **PUBLISH, **AMENDMENT))
        assert (response.status_code, response.url) == (302, look_of(edith.page))
        assert edith.versions == ["1.0"]
        assert says(edith.page, NEW)

    def test_whoever_came_from_somewhere_goes_back_there(self, edith):
        fields = form_with(NEW, next="/cms/policies/", **PUBLISH, **AMENDMENT)
        looked = edith.client.post(edith.url, fields, follow=True)
        answer = confirms(edith.client, looked)
        assert edith.versions == ["1.0", "2.0"]
        assert answer.redirect_chain[-1] == ("/cms/policies/", 302)

    def test_nobody_is_led_to_another_site(self, edith):
        a_waiting_draft(edith.page)
        looked = edith.client.get(f"{look_of(edith.page)}?next=https://evil.example/")
        assert "evil.example" not in looked.text

    def test_a_new_policy_is_looked_at_as_well(self, cms, privacy):
        add = f"/cms/pages/add/policies/policypage/{the_policy_index().pk}/"
        response = cms.post(add, form_with(NEW, slug="terms", **PUBLISH))
        page = the_policy_index().get_children().get(slug="terms")
        assert response.url == look_of(page)
        assert numbers_of(page) == []

    def test_an_old_text_that_is_taken_back_is_looked_at_as_well(self, edith):
        first = edith.row.live_revision
        edith.announces(NEW)
        text = edith.page.versions.get(sequence=1).document
        response = edith.client.post(edith.url, form_with(text, revision=str(first.pk), **PUBLISH, **AMENDMENT))
        assert response.url == look_of(edith.page)
        assert edith.versions == ["1.0", "2.0"]
        shown = edith.client.get(f"/cms/pages/{edith.page.pk}/revisions/{first.pk}/revert/").text
        assert "Announce this text…" in shown
        assert "Publish this version" not in shown

    def test_a_scheduled_one_is_looked_at_before_it_is_scheduled(self, edith):
        soon = timezone.localtime(timezone.now() + HOUR).replace(second=0, microsecond=0)
        looked = edith.presses_announce(NEW, go_live_at=soon.isoformat())
        assert not edith.row.scheduled_revision
        assert f"By itself on {soon:%A} {soon.day} {soon:%B %Y, %H:%M}" in words_of(looked)
        confirms(edith.client, looked)
        assert edith.row.scheduled_revision
        assert edith.versions == ["1.0"]

    def test_several_at_once_are_a_list_of_looks(self, edith, cms):
        a_waiting_draft(edith.page)
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        for answer in (cms.get(f"{url}?id={edith.page.pk}"), cms.post(f"{url}?id={edith.page.pk}", {})):
            assert answer.status_code == 409
            assert look_of(edith.page) in answer.text
        assert edith.versions == ["1.0"]

    def test_a_policy_without_a_saved_draft_leads_back_to_the_form(self, cms, privacy):
        page = a_draft(slug="terms")
        response = cms.get(look_of(page), follow=True)
        assert response.redirect_chain == [(f"/cms/pages/{page.pk}/edit/", 302)]
        assert "no saved draft" in messages_of(response)


class TestWhatItShows:
    def test_the_number_the_day_in_words_and_in_how_many_days(self, privacy, cms):
        day = timezone.localdate() + dt.timedelta(days=35)
        a_waiting_draft(privacy, effective_from=day)
        words = words_of(looks(cms, privacy))
        assert "Number 2.0 , after 1.0" in words
        assert f"from {day:%A} {day.day} {day:%B %Y}, in 35 days" in words
        assert "Announce version 2.0" in words

    def test_a_day_left_empty_is_said_to_be_today(self, privacy, cms):
        a_waiting_draft(privacy)
        assert f"from today, {timezone.localdate():%A}" in words_of(looks(cms, privacy))

    def test_the_redline_and_the_words(self, privacy, cms):
        a_waiting_draft(privacy, change_summary="Because\n\nof larger files.")
        response = looks(cms, privacy)
        assert "<p>Because</p><p>of larger files.</p>" in response.text
        assert f'src="/cms/policies/{privacy.pk}/redline/"' in response.text
        assert "1. Cookies: 1 word added, 1 word removed" in words_of(response)

    def test_the_redline_may_stand_in_its_frame(self, privacy, cms):
        a_waiting_draft(privacy)
        assert cms.get(f"/cms/policies/{privacy.pk}/redline/").headers["X-Frame-Options"] == "SAMEORIGIN"

    def test_how_many_are_mailed_and_how_many_are_not_and_why(self, privacy, cms):
        before = looks(cms, privacy_with_a_draft(privacy)).context["look"].audience
        for number in range(3):
            a_person(f"one{number}@example.org")
        User.objects.create_user("nobody@example.org", "a long enough password")  # never confirmed
        unwanting = a_person("calm@example.org")
        MailPreference.objects.create(person=unwanting, policy_mail=MailPreference.PolicyMail.NONE)
        words = words_of(looks(cms, privacy))
        assert f"{before.mailed + 3} people would get it" in words
        assert f"{before.without_address + 1} people: no confirmed e-mail address" in words
        assert "1 person: chose not to get such e-mail" in words

    def test_the_same_people_are_then_written_down(self, privacy, cms):
        for number in range(3):
            a_person(f"one{number}@example.org")
        look = looks(cms, privacy_with_a_draft(privacy))
        confirms(cms, look)
        notice = AmendmentNotice.objects.get()
        stage_recipients(notice)
        assert notice.deliveries.filter(state="pending").count() == look.context["look"].audience.mailed
        assert notice.deliveries.exclude(state="pending").count() == look.context["look"].audience.not_mailed

    def test_a_correction_says_that_nobody_is_mailed(self, privacy, cms):
        a_waiting_draft(privacy, significance="correction")
        words = words_of(looks(cms, privacy))
        assert "Nobody is sent an e-mail" in words
        assert "Announce version 1.1" in words
        assert cms.get(f"{look_of(privacy)}mail.html").status_code == 404

    def test_when_the_mails_begin(self, privacy, cms):
        NoticeSettings.objects.create(hold_minutes=30)
        assert "leaves 30 minutes after it is announced" in words_of(looks(cms, privacy_with_a_draft(privacy)))

    def test_without_a_hold_it_says_that_they_leave_at_once(self, privacy, cms):
        NoticeSettings.objects.create(hold_minutes=0)
        words = words_of(looks(cms, privacy_with_a_draft(privacy)))
        assert "leaves at once: no hold is set" in words
        assert "The e-mails leave at once. What was sent cannot be called back." in words

    @pytest.mark.parametrize(
        ("days", "said"), [(0, "it cannot be withdrawn"), (3, "It can be withdrawn until the day before")]
    )
    def test_what_can_be_undone(self, privacy, cms, days, said):
        a_waiting_draft(privacy, effective_from=timezone.localdate() + dt.timedelta(days=days))
        assert said in words_of(looks(cms, privacy))

    def test_a_first_version_has_nothing_to_be_compared_with(self, cms):
        page = a_draft()
        page.save_revision()
        words = words_of(looks(cms, page))
        assert "Number 1.0 , the first" in words
        assert "nothing to compare it with" in words
        assert "Nobody is sent an e-mail" in words

    def test_what_the_door_would_refuse_is_said_and_there_is_no_button(self, privacy, cms):
        a_waiting_draft(privacy, change_summary="", significance="")
        response = looks(cms, privacy)
        assert "It cannot be announced as it stands" in words_of(response)
        assert "Say in plain words what changes and why" in response.text
        assert "Say whether this changes the meaning" in response.text
        assert not response.context["may_confirm"]

    def test_a_draft_that_says_the_same_is_counted_as_announced(self, privacy, cms):
        privacy.save_revision()
        response = looks(cms, privacy)
        assert "Nothing would be announced: the draft says the same as version 1.0" in words_of(response)
        done = confirms(cms, response)
        assert "Nothing was announced: the text is the same as version 1.0." in messages_of(done)
        assert not fresh(privacy).has_unpublished_changes
        assert numbers_of(privacy) == ["1.0"]
        assert not PageLogEntry.objects.filter(action="policies.confirm").exists()

    def test_the_number_of_queries_does_not_grow_with_people_and_versions(self, privacy, cms):
        def queries() -> int:
            a_waiting_draft(privacy, a_document(f"cookies are {PageLogEntry.objects.count()} files"))
            looks(cms, privacy)
            with CaptureQueriesContext(connection) as captured:
                assert looks(cms, privacy).status_code == 200
            return len(captured)

        def more(number: int) -> None:
            for one in range(number):
                a_person(f"{number}.{one}@example.org")
                announce(privacy, a_document(f"cookies number {number}.{one}"))

        more(2)
        few = queries()
        more(20)
        assert queries() <= few


def privacy_with_a_draft(privacy):
    a_waiting_draft(privacy)
    return privacy


class TestTheMail:
    def test_it_is_shown_as_html_with_its_styles_and_nothing_else(self, privacy, cms):
        a_waiting_draft(privacy)
        answer = cms.get(f"{look_of(privacy)}mail.html")
        assert "version 2.0" in answer.text
        assert "Clearer words." in answer.text
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "style-src 'unsafe-inline'" in policy
        assert policy.endswith("sandbox")
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"

    def test_it_is_shown_as_text(self, privacy, cms):
        a_waiting_draft(privacy)
        answer = cms.get(f"{look_of(privacy)}mail.txt")
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert "We have announced version 2.0 of our policy “Privacy policy”" in " ".join(answer.text.split())

    def test_it_says_what_this_draft_says_and_not_the_row(self, privacy, cms):
        a_waiting_draft(privacy, about_personal_data=False, always_notify_because="The law asks for it.")
        text = " ".join(cms.get(f"{look_of(privacy)}mail.txt").text.split())
        assert "Information Commissioner" not in text
        assert "The law asks for it." in text

    def test_the_link_to_unsubscribe_leads_nowhere(self, privacy, cms, client):
        a_waiting_draft(privacy)
        text = cms.get(f"{look_of(privacy)}mail.txt").text
        link = re.search(r"/account/unsubscribe/\S+", text)[0]
        assert client.post(link).status_code in (400, 404, 410)

    def test_it_is_the_mail_that_is_then_sent(self, privacy, cms):
        a_waiting_draft(privacy)
        before = cms.get(f"{look_of(privacy)}mail.txt").text
        confirms(cms, looks(cms, privacy))
        assert shown(compose(AmendmentNotice.objects.get())).text == before

    @pytest.mark.parametrize("name", ["mail.html", "mail.txt", ""])
    def test_looking_changes_nothing(self, privacy, cms, name):
        a_waiting_draft(privacy)
        with CaptureQueriesContext(connection) as captured:
            cms.get(f"{look_of(privacy)}{name}")
        written = [
            one["sql"]
            for one in captured
            if not one["sql"].lstrip("( ").upper().startswith(("SELECT", "SAVEPOINT", "RELEASE"))
        ]
        assert written == []


class TestWhoMay:
    ADDRESSES = ("", "mail.html", "mail.txt")

    @pytest.fixture(autouse=True)
    def _waiting(self, privacy):
        self.page = privacy
        a_waiting_draft(privacy)

    def answers(self, client) -> set[int]:
        return {client.get(f"{look_of(self.page)}{name}").status_code for name in self.ADDRESSES}

    def test_nobody_without_signing_in(self, client):
        assert self.answers(client) == {302}
        assert client.post(look_of(self.page)).status_code == 302
        assert client.post(f"{look_of(self.page)}test/").status_code == 302

    def test_no_one_with_an_account_alone(self, client):
        client.force_login(a_person())
        assert self.answers(client) == {403}
        assert client.post(look_of(self.page)).status_code == 403

    def test_nobody_who_works_on_other_things(self, client, verified):
        verified(client, with_rights("desk@example.org"))
        assert self.answers(client) == {302}
        assert client.post(f"{look_of(self.page)}test/").status_code == 302
        client.post(look_of(self.page), {"token": "x"})
        assert numbers_of(self.page) == ["1.0"]

    def test_an_editor_looks_but_does_not_announce(self, client, verified):
        verified(client, with_rights("writer@example.org", "add", "change"))
        assert self.answers(client) == {200}
        looked = looks(client, self.page)
        assert "You may look at this, but not announce it." in words_of(looked)
        assert not looked.context["may_confirm"]
        answer = client.post(look_of(self.page), {"token": looked.context["token"]}, follow=True)
        assert "do not have permission" in messages_of(answer)
        assert numbers_of(self.page) == ["1.0"]

    def test_an_approver_announces(self, client, verified):
        verified(client, with_rights("approver@example.org", "add", "change", "publish"))
        assert self.answers(client) == {200}
        confirms(client, looks(client, self.page))
        assert numbers_of(self.page) == ["1.0", "2.0"]

    def test_nothing_is_done_by_following_a_link(self, cms):
        assert cms.get(f"{look_of(self.page)}test/").status_code == 405
        for name in ("mail.html", "mail.txt"):
            assert cms.post(f"{look_of(self.page)}{name}").status_code == 405

    def test_other_pages_are_not_looked_at(self, cms):
        assert cms.get(f"/cms/policies/{Page.objects.get(depth=2).pk}/look/").status_code == 404


def test_a_running_workflow_is_said_to_end(privacy, cms, editor):
    a_waiting_draft(privacy)
    workflow = fresh(privacy).get_workflow() or Workflow.objects.create(name="Approval", active=True)
    workflow.start(fresh(privacy), editor)
    assert "Announcing ends it" in words_of(looks(cms, privacy))
