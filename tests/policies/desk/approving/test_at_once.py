"""Several people at the same moment, on PostgreSQL: one version, and nothing announced that nobody approved."""

import pytest
from django.db import connection
from django.db.models import Count

from policies.desk.approving.deciding.on_the_look import approve_as_seen
from policies.desk.approving.models import Approval
from policies.desk.look.looking import look_at
from policies.desk.look.token import token_of
from policies.texts.document import canonical_text
from policies.versions.announcing import AnnouncementRefused
from policies.versions.proposals import digest_of_proposal
from policies.writing.drafting import sections_data
from tests.making.approving import one_of, rule
from tests.making.editing import AMENDMENT, NEW, a_waiting_draft, fresh, numbers_of
from tests.making.policies import a_document, a_draft, announce
from tests.making.simultaneous import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def page():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite in memory knows one connection (DATABASE_URL=postgres://…)")
    page = a_draft()
    announce(page)
    rule()
    return page


def seen(page) -> str:
    return token_of(look_at(fresh(page), by=None))


def approving(page, token, person):
    """What this person's press of the button comes to."""

    def press():
        try:
            approve_as_seen(page.pk, token, by=person, words="", announces=True)
        except AnnouncementRefused as refusal:
            return str(refusal)
        return "announced"

    return press


@pytest.mark.parametrize("workflow", [False, True])
def test_two_who_approve_make_one_version(page, workflow):
    wanda = one_of("Policy editors", "Wanda")
    a_waiting_draft(page, user=wanda)
    if workflow:
        fresh(page).get_workflow().start(fresh(page), wanda)
    token = seen(page)
    people = [one_of("Policy approvers", f"Archie{number}") for number in range(4)]
    said = at_once(*(approving(page, token, person) for person in people))
    assert said.count("announced") == 1, said
    assert numbers_of(page) == ["1.0", "2.0"]
    assert Approval.objects.filter(version__sequence=2).count() == 1


def test_autosaves_meanwhile_change_nothing_that_was_approved(page):
    """Wanda's browser saves by itself, over the draft it last saved, while Archie approves."""
    wanda, archie = one_of("Policy editors", "Wanda"), one_of("Policy approvers", "Archie")
    revision = a_waiting_draft(page, user=wanda)
    token, approved = seen(page), canonical_text(NEW)

    def autosaves():
        last = revision
        for number in range(15):
            draft = fresh(page).get_latest_revision_as_object()
            draft.sections = sections_data(a_document(f"cookies are {number} words"))
            for name, value in AMENDMENT.items():
                setattr(draft, name, value)
            last = draft.save_revision(user=wanda, overwrite_revision=last)

    said, _ = at_once(approving(page, token, archie), autosaves)
    versions = page.versions.order_by("sequence")
    if said == "announced":
        version = versions.get(sequence=2)
        assert version.text == approved
        approval = version.approvals.get()
        assert canonical_text(approval.revision.as_object().document) == approved
        assert approval.revision == version.revision
    else:
        assert ("changed" in said or "saved" in said, versions.count()) == (True, 1)
    for approval in Approval.objects.all():
        draft = approval.revision.as_object()
        words = draft.proposal(approval.revision)
        assert approval.version or digest_of_proposal(words) == approval.digest
    assert not Approval.objects.values("page", "digest", "by").annotate(n=Count("pk")).filter(n__gt=1)


def test_whoever_switches_the_rule_on_meanwhile_stops_the_next_and_breaks_nothing(page):
    wanda, archie = one_of("Policy editors", "Wanda"), one_of("Policy approvers", "Archie")
    rule(is_on=False)
    a_waiting_draft(page, user=wanda)
    token = seen(page)
    said, _ = at_once(approving(page, token, archie), rule)
    assert (said, numbers_of(page)) == ("announced", ["1.0", "2.0"])
