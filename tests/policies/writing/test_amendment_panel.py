"""The panel “This amendment”: empty for each amendment, asks nothing of a draft, asks everything before announcing."""

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from policies.notices.models import AmendmentNotice
from policies.texts.document import canonical_text
from tests.making.editing import AMENDMENT, PUBLISH, Editor, confirms, form_with, messages_of
from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db
NEW = a_document("cookies are large files", "contact us by telephone")


def words_of(page):
    return page.significance, page.change_summary, page.effective_from


def test_a_draft_is_saved_without_being_asked_anything(edith):
    response = edith.saves(NEW)
    assert response.status_code == 200
    assert canonical_text(edith.draft.document) == canonical_text(NEW)
    assert edith.versions == ["1.0"]


def test_announcing_asks_for_the_significance_and_the_summary_at_their_fields(edith):
    form = edith.saves(NEW, **PUBLISH).context["form"]
    assert "changes the meaning" in str(form.errors["significance"])
    form = edith.saves(NEW, significance="amendment", **PUBLISH).context["form"]
    assert "plain words" in str(form.errors["change_summary"])
    assert edith.versions == ["1.0"]


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_everything_that_is_missing_is_said_at_once(edith, action):
    form = edith.saves(NEW, effective_from="2001-01-01", **{action: action}).context["form"]
    assert set(form.errors) == {"significance", "change_summary", "effective_from"}


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_a_date_before_today_is_refused_at_its_field(edith, action):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    fields = AMENDMENT | {"effective_from": yesterday.isoformat(), action: action}
    form = edith.saves(NEW, **fields).context["form"]
    assert "before the day it is announced" in str(form.errors["effective_from"])


def test_submitting_to_a_workflow_asks_as_announcing_does(edith):
    form = edith.saves(NEW, **{"action-submit": "action-submit"}).context["form"]
    assert "significance" in form.errors


def test_the_panel_is_empty_after_an_announcement(edith):
    edith.announces(NEW, effective_from=(timezone.localdate() + dt.timedelta(days=3)).isoformat())
    assert edith.versions == ["1.0", "2.0"]
    form = edith.form()
    assert words_of(form.instance) == ("", "", None)
    assert words_of(edith.row) == ("", "", None)


def test_going_back_to_an_announced_revision_does_not_bring_its_words_back(edith):
    edith.announces(NEW)
    announced = edith.row.live_revision
    edith.announces(a_document("cookies are gone"), change_summary="No more cookies.")
    url = f"/cms/pages/{edith.page.pk}/revisions/{announced.pk}/revert/"
    form = edith.client.get(url).context["form"]
    assert form.instance.document.sections[0].anchor == "cookies"
    assert words_of(form.instance) == ("", "", None)


def test_going_back_to_a_draft_from_before_does_not_bring_its_words_back(edith):
    edith.saves(NEW, **AMENDMENT)
    before = edith.row.latest_revision
    edith.announces(NEW)
    form = edith.client.get(f"/cms/pages/{edith.page.pk}/revisions/{before.pk}/revert/").context["form"]
    assert words_of(form.instance) == ("", "", None)


def test_a_copy_has_no_words(edith):
    edith.saves(NEW, **AMENDMENT)
    copy = edith.row.copy(update_attrs={"slug": "privacy-2"})
    assert words_of(copy.get_latest_revision_as_object()) == ("", "", None)
    assert copy.get_latest_revision_as_object().amends is None


def test_the_words_of_a_draft_are_kept_until_it_is_announced(edith):
    edith.saves(NEW, **AMENDMENT)
    assert words_of(edith.form().instance)[:2] == ("amendment", "Clearer words.")


def test_a_policy_never_announced_is_not_asked_what_changes(cms):
    editor = Editor(cms, a_draft())
    form = editor.form()
    assert not {"significance", "change_summary", "takes_in"} & set(form.fields)
    assert "This becomes version 1.0" in editor.opens().text
    confirms(cms, editor.saves(a_document("cookies are files"), **PUBLISH))
    assert editor.versions == ["1.0"]


def test_a_new_policy_is_not_asked_what_changes_either(cms):
    index = a_draft().get_parent()
    response = cms.get(f"/cms/pages/add/policies/policypage/{index.pk}/")
    assert not {"significance", "change_summary", "takes_in"} & set(response.context["form"].fields)
    assert "This becomes version 1.0" in response.text


def test_only_a_first_version_asks_whether_people_are_to_be_told(cms):
    editor = Editor(cms, a_draft())
    assert "tell_of_first" in editor.form().fields
    confirms(cms, editor.saves(a_document("cookies are files"), tell_of_first="on", **PUBLISH))
    assert AmendmentNotice.objects.get().version.number == "1.0"
    assert "tell_of_first" not in editor.form().fields


def test_after_announcing_the_editor_reads_when_people_are_told(edith):
    response = edith.announces(NEW)
    at = timezone.localtime(AmendmentNotice.objects.get().held_until)
    words = f"told by e-mail from {date_format(at, 'j F Y, H:i')} on; until then they can be stopped"
    assert words in messages_of(response)


def test_after_a_correction_the_editor_reads_nothing_of_mail(edith):
    response = edith.announces(NEW, significance="correction")
    assert "e-mail" not in str(messages_of(response))


def test_the_choice_says_which_number_comes(edith):
    announce(edith.page, NEW)
    announce(edith.page, a_document("cookies are gone"), significance="correction")
    choices = dict(edith.form().fields["significance"].choices)
    assert list(choices) == ["amendment", "correction", "described"]
    assert "version 3.0" in choices["amendment"]
    assert "version 2.2" in choices["correction"]
    assert "told by e-mail" in choices["amendment"]
    assert "nobody is sent an e-mail" in choices["correction"]
    assert 'type="radio"' in edith.opens().text


def test_the_panel_says_which_day_is_possible(edith):
    soon = timezone.localdate() + dt.timedelta(days=30)
    announce(edith.page, NEW, effective_from=soon)
    assert f"{date_format(soon, 'j F Y')} or later" in edith.form().fields["effective_from"].help_text


def test_the_button_says_announce_and_what_is_always_refused_is_not_offered(edith, privacy):
    text = edith.opens().text
    assert "Announce…</em>" in text
    assert "action-unpublish" not in text
    index = edith.client.get(f"/cms/pages/{privacy.get_parent().pk}/edit/").text
    assert "Publish</em>" in index
    assert "Announce…</em>" in edith.client.get(f"/cms/pages/add/policies/policypage/{privacy.get_parent().pk}/").text


def test_the_slug_is_fixed_after_the_first_announcement(edith):
    assert edith.form().fields["slug"].disabled
    edith.announces(NEW, slug="other")
    assert edith.row.slug == "privacy"


class TestSomebodyAnnouncedMeanwhile:
    """An editor opened the form at 1.0; then somebody announced 2.0."""

    @pytest.fixture(autouse=True)
    def _open_then_overtaken(self, edith):
        self.opened = edith.form()
        announce(edith.page, a_document("cookies are biscuits"))
        assert edith.versions == ["1.0", "2.0"]

    def late(self, **fields):
        return {"amends": str(self.opened.begun_from)} | fields

    def test_the_late_one_is_refused_with_the_redline_and_the_draft_kept(self, edith):
        response = edith.announces(NEW, **self.late())
        assert edith.versions == ["1.0", "2.0"]
        assert "Version 2.0 was announced" in response.text
        assert f"/cms/policies/{edith.page.pk}/redline/" in response.text
        assert not response.context["may_confirm"]
        assert canonical_text(edith.draft.document) == canonical_text(NEW)
        assert edith.draft.change_summary == "Clearer words."

    def test_then_the_panel_asks_whether_the_draft_takes_it_in(self, edith):
        edith.announces(NEW, **self.late())
        form = edith.form()
        assert "takes_in" in form.fields
        assert "See what your saved draft changes in it" in edith.opens().text
        response = edith.announces(NEW, **self.late())
        assert "takes_in" in response.context["form"].errors
        edith.announces(NEW, takes_in="on", **self.late())
        assert edith.versions == ["1.0", "2.0", "3.0"]

    def test_the_draft_remembers_that_it_took_it_in(self, edith):
        edith.announces(NEW, **self.late())
        edith.saves(NEW, takes_in="on", **AMENDMENT, **self.late())
        assert "takes_in" not in edith.form().fields
        edith.announces(NEW)
        assert edith.versions == ["1.0", "2.0", "3.0"]

    def test_saving_the_late_draft_asks_nothing(self, edith):
        edith.saves(NEW, **self.late())
        assert edith.draft.amends == 1

    def test_a_late_draft_is_not_submitted(self, edith):
        response = edith.saves(NEW, **AMENDMENT, **self.late(), **{"action-submit": "action-submit"})
        assert "takes_in" in response.context["form"].errors

    def test_nobody_else_is_asked(self, edith):
        assert "takes_in" not in edith.form().fields
        edith.announces(NEW)
        assert edith.versions == ["1.0", "2.0", "3.0"]

    def test_a_nonsense_number_does_not_break_the_form(self, edith):
        assert edith.announces(NEW, amends="٣٣-x").status_code == 200


def test_the_draft_of_a_policy_that_somebody_else_announced_first_is_late_too(cms):
    editor = Editor(cms, a_draft())
    opened = editor.form()
    announce(editor.page)
    editor.client.post(editor.url, form_with(NEW, amends=str(opened.begun_from), **PUBLISH))
    assert editor.versions == ["1.0"]
    assert editor.form().is_outdated
