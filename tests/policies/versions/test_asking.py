"""What a version asks people for is chosen by its editors, frozen with it, and covered by its chain only where set."""

import datetime as dt

import pytest
from django.utils import timezone

from policies.desk.proof import verify
from policies.versions.announcing import AnnouncementRefused, chain_of, rehearse
from policies.versions.asking import Asking
from policies.versions.models import PolicyVersion
from policies.versions.proposals import digest_of_proposal
from tests.making.editing import NEW, OTHER, messages_of
from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db
ANOTHER_TEXT = a_document("cookies are gone", "contact us by pigeon")


def asks(version: PolicyVersion) -> tuple[str, bool, str, int, int | None]:
    return version.asks_for, version.asks_anew, version.asks_because, version.grace_days, version.least_age


@pytest.fixture
def terms(db):
    """A policy whose first version asks for acceptance, with an age and ten days."""
    page = a_draft(a_document("terms apply", title="Terms of use"), "terms")
    announce(page, asks_for="acceptance", grace_days=10, least_age=16)
    page.refresh_from_db()
    return page


def test_a_policy_asks_for_nothing_unless_somebody_chose_otherwise(privacy):
    assert asks(privacy.versions.get()) == ("", False, "", 0, None)


def test_a_version_asks_what_its_policy_asks(terms):
    assert asks(terms.versions.get()) == ("acceptance", True, "", 10, 16)
    assert asks(announce(terms, NEW)) == ("acceptance", True, "", 10, 16)


def test_a_correction_asks_nobody_anew_and_newcomers_for_the_same(terms):
    type(terms).objects.update(asks_for="acknowledgement", least_age=None, grace_days=99)
    assert asks(announce(terms, NEW, significance="correction")) == ("acceptance", False, "", 10, 16)
    assert asks(announce(terms, OTHER)) == ("acknowledgement", True, "", 99, None)


def test_an_amendment_may_ask_otherwise_than_its_policy_with_a_reason(terms, privacy):
    because = {"asks_because": "It only gives you more rights."}
    assert asks(announce(terms, NEW, asks_this_time="nobody-again", **because)) == (
        *("acceptance", False, "It only gives you more rights."),
        *(10, 16),
    )
    assert asks(announce(terms, OTHER)) == ("acceptance", True, "", 10, 16)
    more = {"asks_this_time": "acknowledgement", "asks_because": "We share with a new partner."}
    assert asks(announce(privacy, NEW, **more)) == ("acknowledgement", True, "We share with a new partner.", 14, None)
    assert asks(announce(privacy, OTHER)) == ("", False, "", 0, None)
    privacy.refresh_from_db()
    assert (privacy.asks_this_time, privacy.asks_because) == ("", "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"asks_this_time": "acceptance"}, "Say why this amendment asks otherwise"),
        ({"asks_this_time": "nobody-again", "asks_because": "  "}, "Say why this amendment asks otherwise"),
        ({"asks_this_time": "acceptance", "asks_because": "So.", "significance": "correction"}, "asks nobody anew"),
        ({"asks_for": "acknowledgement", "least_age": 16}, "An age is stated with an acceptance"),
    ],
)
def test_the_door_refuses_what_cannot_be_asked(privacy, words, says):
    with pytest.raises(AnnouncementRefused, match=says):
        announce(privacy, NEW, **words)
    assert privacy.versions.count() == 1


def test_the_chain_covers_what_is_asked_and_nothing_where_nothing_is(terms, privacy):
    version = terms.versions.get()
    for name, value in {
        "asks_for": "acknowledgement",
        "asks_anew": False,
        "asks_because": "x",
        "grace_days": 11,
        "least_age": 18,
    }.items():
        other = PolicyVersion.objects.get(pk=version.pk)
        setattr(other, name, value)
        assert chain_of(other, "0" * 64) != version.chain
    assert chain_of(version, "0" * 64) == version.chain
    assert list(verify()) == []


def test_another_asking_is_another_proposal(privacy):
    draft = privacy.get_latest_revision_as_object()
    plain = draft.proposal(privacy.latest_revision)
    draft.asks_for = "acceptance"
    assert digest_of_proposal(plain) != digest_of_proposal(draft.proposal(privacy.latest_revision))
    assert plain.asking == Asking(grace_days=14)


def test_the_editor_chooses_it_in_the_form_and_the_history_says_so(edith):
    form = edith.form()
    assert form.initial["grace_days"] == 14
    answer = edith.announces(NEW, asks_for="acceptance", grace_days="7", least_age="16")
    version = edith.page.versions.order_by("-sequence").first()
    assert asks(version) == ("acceptance", True, "", 7, 16), messages_of(answer)
    assert edith.row.asks_for == "acceptance"
    edith.client.post("/account/policies/later/", {"slug": "privacy", "number": "2.0", "next": "/cms/"})
    history = edith.client.get(f"/cms/pages/{edith.page.pk}/history/").content.decode()
    assert "Version 2.0 announced, which asks people for acceptance" in history


def test_the_form_says_at_the_field_what_is_missing(edith):
    answer = edith.announces(NEW, asks_this_time="acceptance")
    assert "Say why this amendment asks otherwise" in str(answer.context["form"].errors["asks_because"])
    answer = edith.announces(NEW, least_age="16")
    assert "An age is stated" in str(answer.context["form"].errors["least_age"])
    assert edith.versions == ["1.0"]


def test_a_first_version_is_not_asked_how_it_differs(cms, edith):
    assert "asks_this_time" in edith.form().fields
    page = a_draft(a_document("terms apply", title="Terms"), "terms")
    form = cms.get(f"/cms/pages/{page.pk}/edit/").context["form"]
    assert "asks_for" in form.fields
    assert "asks_this_time" not in form.fields


def test_a_rehearsal_finds_it_too(privacy):
    draft = privacy.get_latest_revision_as_object()
    draft.title, draft.significance, draft.change_summary = "New", "amendment", "Other words."
    draft.kinds = ["other"]
    draft.asks_this_time, draft.effective_from = "acceptance", timezone.localdate() + dt.timedelta(days=3)
    assert [refusal.field for refusal in rehearse(draft.proposal(privacy.latest_revision))] == ["asks_because"]
