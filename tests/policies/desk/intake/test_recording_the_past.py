"""A version announced elsewhere is recorded from the CMS: shown in full first, with its true days, and never mailed."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client

from policies.desk.proof import verify
from policies.notices.models import AmendmentNotice
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage
from tests.making.approving import rule
from tests.making.editing import a_waiting_draft, fresh, messages_of, numbers_of
from tests.making.intake import OLD, Importer, address
from tests.making.staff import with_rights

pytestmark = pytest.mark.django_db
NEW = OLD.replace("large files", "no other files")
FIRST = {"slug": "privacy", "announced_on": "1 March 2015", "effective_from": "1 April 2015"}
SECOND = {
    "announced_on": "1 May 2018",
    "effective_from": "25 May 2018",
    "significance": "amendment",
    "change_summary": "Fewer files.",
}


class Historian(Importer):
    """Somebody who records the past."""

    @property
    def past(self) -> str:
        return address(self.page, "past")

    def begins(self, content: str = OLD):
        self.uploads(content)
        return self.posts("begin", to=self.past)

    def shows(self, **fields):
        return self.posts("show", to=self.past, **fields)

    def confirms(self, **changes):
        said, token = self.answer.context["said"], self.answer.context["rehearsal"].token
        return self.posts("record", to=self.past, **{**said, "token": token, **changes})

    def records(self, content: str = OLD, **fields):
        self.begins(content)
        self.shows(**fields)
        return self.confirms()


@pytest.fixture
def historian(cms) -> Historian:
    return Historian(cms)


@pytest.fixture
def recorded(historian) -> Historian:
    """A policy whose version 1.0 was announced elsewhere in 2015."""
    historian.records(**FIRST)
    return Historian(historian.client, PolicyPage.objects.get())


def test_a_first_version_is_recorded_with_its_true_days(historian, editor):
    historian.records(**FIRST)
    version = PolicyVersion.objects.get()
    assert (version.number, version.announced_on, version.effective_from) == (
        "1.0",
        dt.date(2015, 3, 1),
        dt.date(2015, 4, 1),
    )
    assert version.recorded_at and version.announced_by == editor
    assert "Nobody was sent an e-mail" in messages_of(historian.client.get(historian.answer["Location"]))
    assert PolicyPage.objects.get().live
    assert list(verify()) == []


def test_before_it_is_recorded_everything_is_shown(recorded):
    recorded.begins(NEW)
    recorded.shows(**SECOND)
    page = recorded.says()
    for words in ("2.0 of Privacy policy", "an amendment of version 1.0", "1 May 2018", "from 25 May 2018 : in force"):
        assert words in page
    assert "It ends the time of version 1.0, which is in force today" in page
    assert "number 2 in the chain" in page
    assert "No version that was announced before 1 May 2018 can be recorded after it" in page
    assert numbers_of(recorded.page) == ["1.0"]


def test_a_second_version_follows_the_first(recorded, client):
    recorded.records(NEW, **SECOND)
    first, second = PolicyVersion.objects.order_by("sequence")
    assert (second.number, second.effective_from, second.change_summary) == (
        "2.0",
        dt.date(2018, 5, 25),
        "Fewer files.",
    )
    assert first.document.sections[0].key == second.document.sections[0].key
    assert "no other files" in client.get("/policies/privacy/").text
    assert list(verify()) == []


def test_nobody_is_mailed_about_the_past(recorded):
    mail.outbox.clear()
    recorded.records(NEW, **SECOND)
    assert not AmendmentNotice.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"announced_on": ""}, "announced_on"),
        ({"announced_on": "30 February 2018"}, "announced_on"),
        ({"announced_on": "1 January 2999"}, "__all__"),
        ({"announced_on": "1 January 2014"}, "__all__"),
        ({"effective_from": "1 April 2018"}, "effective_from"),
        ({"significance": ""}, "significance"),
        ({"change_summary": " "}, "change_summary"),
    ],
)
def test_what_speaks_against_it_is_said_before(recorded, changes, field):
    recorded.begins(NEW)
    recorded.shows(**SECOND | changes)
    assert field in recorded.errors()
    assert numbers_of(recorded.page) == ["1.0"]


def test_the_same_text_is_nothing_to_record(recorded):
    recorded.begins(OLD)
    recorded.shows(**SECOND)
    assert "there is nothing to record" in recorded.errors()["__all__"]


def test_what_is_confirmed_is_what_was_shown(recorded):
    recorded.begins(NEW)
    recorded.shows(**SECOND)
    recorded.confirms(change_summary="Something else.")
    assert "Something changed while you looked at it" in recorded.answer.text
    assert numbers_of(recorded.page) == ["1.0"]
    recorded.confirms()
    assert PolicyVersion.objects.get(sequence=2).change_summary == "Something else."


def test_another_version_that_came_between_sends_back(recorded):
    other = Historian(recorded.client, recorded.page)
    recorded.begins(NEW)
    recorded.shows(**SECOND)
    other.records(OLD.replace("small", "tiny"), **SECOND | {"announced_on": "1 May 2017"})
    recorded.confirms()
    assert numbers_of(recorded.page) == ["1.0", "2.0"]


def test_a_waiting_draft_is_put_aside_only_if_somebody_says_so(recorded, editor):
    waiting = a_waiting_draft(recorded.page, user=editor)
    recorded.begins(NEW)
    recorded.shows(**SECOND)
    assert "puts_aside" in recorded.errors()
    recorded.shows(**SECOND, puts_aside="on")
    recorded.confirms()
    assert numbers_of(recorded.page) == ["1.0", "2.0"]
    assert recorded.page.revisions.filter(pk=waiting.pk).exists()
    assert PolicyVersion.objects.get(sequence=2).change_summary == "Fewer files."


def test_a_draft_that_somebody_else_saved_meanwhile_is_not_buried(recorded):
    recorded.begins(NEW)
    recorded.shows(**SECOND)
    theirs = a_waiting_draft(recorded.page, user=with_rights("ann@example.org", "change"))
    recorded.confirms()
    assert numbers_of(recorded.page) == ["1.0"]
    assert fresh(recorded.page).latest_revision == theirs


def test_what_was_not_read_whole_is_not_recorded(historian):
    historian.uploads("# Boats\n\n## Rules\n\n{{ name }} rows.\n")
    assert "Not read" in historian.says()
    assert "Record it as announced elsewhere" not in historian.says()
    answer = historian.posts("begin", to=historian.past)
    assert "cannot be recorded as it is" in messages_of(historian.client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("rights", "may"),
    [
        (("change",), False),
        (("add", "change"), False),
        (("change", "publish"), True),
    ],
)
def test_only_who_may_announce_may_record(recorded, verified, rights, may):
    theirs = Historian(verified(Client(), with_rights("someone@example.org", *rights)), recorded.page)
    theirs.uploads(NEW)
    assert ("Record it as announced elsewhere" in theirs.says()) is may
    answer = theirs.posts("begin", to=theirs.past)
    assert (answer.status_code == 200) is may
    for step in ("show", "record"):
        theirs.client.post(theirs.past, {"step": step, "carried": "x"} | SECOND)
    assert numbers_of(recorded.page) == ["1.0"]


def test_who_may_only_add_may_not_record_a_new_policy(verified):
    for rights, status in ((("add",), 302), (("add", "publish"), 200)):
        theirs = Historian(verified(Client(), with_rights(f"{len(rights)}@example.org", *rights)))
        assert theirs.begins().status_code == status


def test_where_two_people_are_asked_for_the_page_says_how_it_is_done(recorded, historian):
    rule()
    for who, words in ((recorded, SECOND), (historian, FIRST | {"slug": "other"})):
        who.begins(NEW)
        who.shows(**words)
        assert "record_policy" in who.errors()["__all__"]
    assert numbers_of(recorded.page) == ["1.0"]
    assert PolicyPage.objects.count() == 1


def test_the_way_back_leads_to_what_was_understood(recorded):
    recorded.begins(NEW)
    recorded.posts("look")
    assert "Every word is accounted for" in recorded.says()
    recorded.saves()
    assert "no other files" in str(recorded.draft.document)


def test_the_page_without_a_document_leads_to_the_upload(historian):
    assert historian.client.get(historian.past)["Location"] == historian.url
