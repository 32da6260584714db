"""An amendment says what kinds of change it makes, and each kind is announced some days before it begins."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone
from wagtail.models import PageLogEntry

from policies.desk.proof import verify
from policies.notices.letter.composing import compose
from policies.notices.letter.showing import shown
from policies.notices.models import AmendmentNotice
from policies.versions.announcing import AnnouncementRefused, chain_of
from policies.versions.kinds import NEW_USES, KindOfChange
from policies.versions.least_notice import LeastNotice, earliest_for
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage
from tests.making.editing import NEW, OTHER, a_waiting_draft, fresh, messages_of, numbers_of
from tests.making.policies import a_draft, announce

pytestmark = pytest.mark.django_db


def in_days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


class TestWhatAVersionIs:
    def test_the_kinds_are_frozen_in_their_order(self, privacy):
        version = announce(privacy, NEW, kinds=["rights", "new-purpose", "rights"], effective_from=in_days(30))
        version.refresh_from_db()
        assert version.kinds == ["new-purpose", "rights"]
        assert version.kinds_in_words == ["New purpose", "Rights"]
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("UPDATE policies_policyversion SET kinds = '[]' WHERE id = %s", [version.pk])

    def test_the_reason_cannot_be_changed_in_the_database(self, privacy):
        version = announce(privacy, NEW, kinds=["rights"], effective_from=in_days(1), short_notice_because="A court.")
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("UPDATE policies_policyversion SET short_notice_because = '' WHERE id = %s", [version.pk])

    def test_the_chain_covers_them_and_older_chains_stay(self, privacy):
        plain = announce(privacy, NEW)
        told = announce(privacy, OTHER, kinds=["other"])
        assert list(verify()) == []
        told.kinds = []
        assert chain_of(told, plain.chain) != told.chain

    def test_the_panel_is_empty_afterwards(self, privacy):
        announce(privacy, NEW, kinds=["other"], short_notice_because="So.", tell_of_correction=True)
        draft = fresh(privacy).get_latest_revision_as_object()
        assert (draft.kinds, draft.short_notice_because, draft.tell_of_correction) == ([], "", False)

    def test_a_draft_keeps_them_until_then(self, privacy):
        a_waiting_draft(privacy, kinds=["rights"], short_notice_because="A court.")
        draft = fresh(privacy).get_latest_revision_as_object()
        assert (draft.kinds, draft.short_notice_because) == (["rights"], "A court.")

    def test_a_first_version_has_none(self):
        page = a_draft()
        assert announce(page, kinds=["new-purpose"]).kinds == []
        assert page.versions.get().effective_from == timezone.localdate()

    @pytest.mark.parametrize("significance", ["correction", "described"])
    def test_only_an_amendment_is_of_a_kind(self, privacy, significance):
        with pytest.raises(AnnouncementRefused, match="Only an amendment is of such a kind"):
            announce(privacy, NEW, kinds=["rights"], significance=significance)

    def test_no_kinds_are_invented(self, privacy):
        with pytest.raises(AnnouncementRefused, match="among the kinds that are offered"):
            announce(privacy, NEW, kinds=["anything"])


class TestTheEarliestDay:
    def test_without_a_day_it_begins_on_the_earliest(self, privacy):
        assert announce(privacy, NEW, kinds=["new-recipient", "rights"]).effective_from == in_days(30)

    def test_the_settings_say_how_many_days(self, privacy):
        LeastNotice.objects.create(rights=5)
        assert announce(privacy, NEW, kinds=["rights"]).effective_from == in_days(5)

    def test_sooner_needs_a_reason(self, privacy):
        with pytest.raises(AnnouncementRefused, match="New purpose: 30 days of notice") as refusal:
            announce(privacy, NEW, kinds=["new-purpose"], effective_from=in_days(29))
        assert refusal.value.field == "effective_from"
        assert numbers_of(privacy) == ["1.0"]

    def test_the_reason_stays_with_the_version_and_in_the_log(self, privacy):
        version = announce(privacy, NEW, kinds=["rights"], effective_from=in_days(0), short_notice_because=" A court. ")
        assert (version.effective_from, version.short_notice_because) == (in_days(0), "A court.")
        entry = PageLogEntry.objects.filter(action="policies.announce").latest("timestamp")
        assert entry.message.endswith("It begins at short notice, because: A court.")

    def test_a_reason_that_is_not_needed_is_not_kept(self, privacy):
        version = announce(privacy, NEW, kinds=["rights"], effective_from=in_days(14), short_notice_because="So.")
        assert version.short_notice_because == ""

    @pytest.mark.parametrize("kind", sorted(NEW_USES))
    def test_no_reason_makes_a_new_use_begin_on_the_same_day(self, privacy, kind):
        with pytest.raises(
            AnnouncementRefused, match="People must be told of a new use of their data before it begins"
        ):
            announce(privacy, NEW, kinds=[kind], effective_from=in_days(0), short_notice_because="We want to.")
        assert announce(privacy, NEW, kinds=[kind], short_notice_because="We want to.").effective_from == in_days(1)

    def test_nor_do_the_settings(self, privacy):
        LeastNotice.objects.create(new_data=0)
        assert announce(privacy, NEW, kinds=["new-data"]).effective_from == in_days(1)
        assert LeastNotice(new_data=0).days_of("new-data") == 1

    def test_without_kinds_no_notice_is_asked_for(self, privacy):
        assert announce(privacy, NEW).effective_from == in_days(0)

    def test_of_several_the_longest_counts(self):
        LeastNotice.objects.create(rights=40)
        found = earliest_for(["rights", "new-data", "other"], dt.date(2026, 1, 1))
        assert (found.day, found.by_law) == (dt.date(2026, 2, 10), dt.date(2026, 1, 2))
        assert found.why == "Rights: 40 days of notice"

    def test_each_kind_has_a_setting(self):
        assert {kind: LeastNotice().days_of(kind) for kind in KindOfChange} == {
            "new-purpose": 30, "new-data": 30, "new-recipient": 30, "transfer-abroad": 30, "longer-keeping": 14,
            "automated-decisions": 30, "rights": 14, "other": 0,
        }  # fmt: skip

    def test_the_settings_refuse_less_than_the_law(self, cms):
        form = {kind.replace("-", "_"): "10" for kind in KindOfChange.values}
        address = cms.get("/cms/settings/policies/leastnotice/", follow=True).redirect_chain[-1][0]
        answer = cms.post(address, form | {"new_purpose": "0"})
        assert "new_purpose" in answer.context["form"].errors
        cms.post(address, form | {"rights": "0"}, follow=True)
        assert (LeastNotice.current().new_purpose, LeastNotice.current().rights) == (10, 0)


class TestInTheEditor:
    def test_the_panel_shows_the_days_of_each_kind_and_the_earliest_day(self, edith):
        edith.saves(NEW, kinds=["new-data"])
        form = edith.form()
        assert ("new-data", "New data (30 days of notice)") in form.fields["kinds"].choices
        assert ("other", "Other") in form.fields["kinds"].choices
        words = form.fields["effective_from"].help_text
        assert f"{in_days(30).day} {in_days(30):%B %Y} or later (New data: 30 days of notice)" in words

    def test_the_boxes_that_were_ticked_are_announced(self, edith):
        edith.announces(NEW, kinds=["new-data", "rights"])
        version = edith.page.versions.get(sequence=2)
        assert (version.kinds, version.effective_from) == (["new-data", "rights"], in_days(30))

    def test_too_early_is_said_at_the_field(self, edith):
        form = edith.announces(NEW, kinds=["rights"], effective_from=in_days(3).isoformat()).context["form"]
        assert "Rights: 14 days of notice" in str(form.errors["effective_from"])
        fields = {"effective_from": in_days(3).isoformat(), "short_notice_because": "A court."}
        edith.announces(NEW, kinds=["rights"], **fields)
        assert edith.page.versions.get(sequence=2).short_notice_because == "A court."

    def test_a_draft_that_is_only_saved_is_asked_nothing(self, edith):
        edith.saves(NEW, kinds=["rights"], significance="correction")
        assert edith.draft.kinds == ["rights"]

    def test_a_first_version_is_not_asked(self, cms):
        page = a_draft()
        form = cms.get(f"/cms/pages/{page.pk}/edit/").context["form"]
        assert not {"kinds", "short_notice_because", "tell_of_correction"} & set(form.fields)

    def test_the_two_dates_have_their_names(self, edith):
        text = edith.opens().text
        assert "Announce at" in text
        assert "From which day it applies is another matter" in text

    def test_the_look_says_the_kinds_the_earliest_day_and_the_reason(self, edith):
        a_waiting_draft(edith.page, kinds=["rights"], effective_from=in_days(2), short_notice_because="A court.")
        text = edith.client.get(f"/cms/policies/{edith.page.pk}/look/").text
        assert "<dt>Kinds of change</dt><dd>Rights</dd>" in text
        assert "(Rights: 14 days of notice)" in text
        assert "<dt>Sooner, because</dt><dd>A court.</dd>" in text

    def test_a_scheduled_draft_counts_from_the_day_it_is_announced(self, edith):
        later = timezone.now() + dt.timedelta(days=10)
        a_waiting_draft(edith.page, kinds=["rights"], go_live_at=later)
        look = edith.client.get(f"/cms/policies/{edith.page.pk}/look/").context["look"]
        assert look.version.effective_from == timezone.localdate(later) + dt.timedelta(days=14)
        assert look.refusals == []


class TestWhatReadersSee:
    @pytest.fixture
    def version(self, privacy) -> PolicyVersion:
        return announce(privacy, NEW, kinds=["new-purpose", "rights"])

    @pytest.mark.parametrize("address", ["versions/", "versions/2.0/", "compare/1.0/2.0/", "feed.atom"])
    def test_pages_and_lists_say_the_kinds(self, version, client, address):
        text = client.get(f"/policies/privacy/{address}").text
        assert "New purpose" in text
        assert "Rights" in text

    def test_the_json_says_them_and_only_where_there_are_some(self, version, client):
        assert client.get("/policies/privacy/versions/2.0/json/").json()["kinds"] == ["new-purpose", "rights"]
        assert "kinds" not in client.get("/policies/privacy/versions/1.0/json/").json()

    def test_the_mail_says_them(self, version):
        mail = shown(compose(AmendmentNotice.objects.get()))
        assert "It is about: new purpose, rights." in " ".join(mail.text.split())
        assert "It is about: new purpose, rights." in mail.html

    def test_the_list_of_versions_in_the_cms_says_them(self, version, cms):
        assert "Amendment: New purpose, Rights" in cms.get(f"/cms/policies/{version.page_id}/versions/").text


class TestADescriptionThatIsCorrected:
    def described(self, privacy, **words) -> PolicyVersion:
        return announce(privacy, NEW, significance="described", **words)

    def test_it_raises_the_second_number(self, privacy):
        assert self.described(privacy).number == "1.1"
        assert list(verify()) == []

    def test_nobody_is_mailed_unless_asked(self, privacy):
        self.described(privacy)
        assert not AmendmentNotice.objects.exists()

    def test_its_mail_says_that_nothing_else_changes(self, privacy):
        self.described(privacy, tell_of_correction=True)
        mail = shown(compose(AmendmentNotice.objects.get()))
        assert mail.subject.startswith("Privacy policy: description corrected from")
        said = "What we do stays the same, and nothing is done that was not done before."
        assert said in " ".join(mail.text.split())
        assert said in mail.html

    def test_a_correction_is_never_mailed_whatever_is_ticked(self, privacy):
        announce(privacy, NEW, significance="correction", tell_of_correction=True)
        assert not AmendmentNotice.objects.exists()

    def test_readers_see_what_it_is(self, privacy, client):
        self.described(privacy)
        for address in ("versions/1.1/", "versions/"):
            assert "Description corrected, nothing else changed" in client.get(f"/policies/privacy/{address}").text

    def test_the_editor_is_offered_it_with_its_number(self, edith):
        choices = dict(edith.form().fields["significance"].choices)
        assert "It becomes version 1.1" in choices["described"]
        answer = edith.announces(NEW, significance="described", tell_of_correction="on")
        assert "version 1.1 announced" in messages_of(answer)
        assert AmendmentNotice.objects.get().version.number == "1.1"


def test_an_amendment_without_any_kind_is_asked_for_one(edith):
    form = edith.presses_announce(NEW, kinds=[]).context["form"]
    assert form.errors.keys() == {"kinds"}
    assert "“Other” if none does" in str(form.errors["kinds"])
    with pytest.raises(AnnouncementRefused, match="what kind of change"):
        a_waiting_draft(edith.page, kinds=[]).publish()
    edith.announces(NEW, kinds=[], significance="correction")
    assert edith.versions == ["1.0", "1.1"]


def test_an_old_draft_without_these_words_is_asked_too(privacy):
    revision = a_waiting_draft(privacy)
    for name in ("kinds", "short_notice_because", "tell_of_correction"):
        del revision.content[name]
    revision.save()
    with pytest.raises(AnnouncementRefused, match="what kind of change"):
        fresh(privacy).get_latest_revision().publish()
    assert numbers_of(privacy) == ["1.0"]


def test_the_importer_takes_them(privacy, tmp_path):
    file = tmp_path / "privacy.md"
    file.write_text("# Privacy policy\n\n## Cookies\n\nThey are large.\n")
    words = ["--announce", "--significance", "amendment", "--summary", "So.", "--kind", "rights", "--kind", "other"]
    call_command("import_policy", str(file), "--slug", "privacy", *words)
    assert PolicyPage.objects.get().versions.get(sequence=2).kinds == ["rights", "other"]
