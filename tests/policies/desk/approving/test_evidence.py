"""Who approved what, and how the rule stood, is evidence: only retention and erasing change or delete it."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.personal_data.erasing import erase
from accounts.personal_data.register import subject_of
from accounts.personal_data.retention import enforce_retention
from policies.desk.approving.models import Approval, OutsideReview, ReviewAnswer, TwoPeopleRule
from policies.desk.approving.people.authors import digest_of_draft
from policies.versions.evidence import evidence_of
from tests.making.approving import said_yes
from tests.making.editing import a_waiting_draft, fresh
from tests.making.people import a_person

pytestmark = pytest.mark.django_db


def refused(sql: str, *params) -> None:
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params or None)


@pytest.fixture
def approval(privacy, two_people, wanda, archie) -> Approval:
    a_waiting_draft(privacy, user=wanda)
    return said_yes(privacy, archie)


@pytest.fixture
def review(approval) -> OutsideReview:
    """Answered by Lea, who has an account under the same address."""
    return OutsideReview.objects.create(
        page=approval.page, revision=approval.revision, digest=approval.digest, amends=1, name="Lea Law",
        address="lea@example.org", made_by=approval.by, until=timezone.now() + dt.timedelta(days=3),
        answer=ReviewAnswer.AGREES, answered_at=timezone.now(), signed_name="Lea Law", words="Well done.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    ["digest = 'x'", "by_id = NULL", "words = 'x'", "kind = 'emergency', words = 'x'", "amends = 7", "page_id = 1"],
)
def test_an_approval_is_not_changed_in_sql(approval, change):
    refused(f"UPDATE policies_approval SET {change}")


@pytest.mark.parametrize("change", ["answer = 'asks'", "words = 'x'", "digest = 'x'", "amends = 7", "name = 'x'"])
def test_an_answered_review_is_not_changed_in_sql(review, change):
    refused(f"UPDATE policies_outsidereview SET {change}")


@pytest.mark.parametrize("change", ["is_on = NOT is_on", "reason = 'x'", "outsiders_count = NOT outsiders_count"])
def test_how_the_rule_stood_is_not_changed_in_sql(two_people, change):
    refused(f"UPDATE policies_twopeoplerule SET {change}")


@pytest.mark.parametrize("table", ["approval", "outsidereview", "twopeoplerule"])
def test_nothing_of_it_is_deleted_in_sql(review, table):
    refused(f"DELETE FROM policies_{table}")


def test_nor_by_the_page_or_the_draft(approval):
    with pytest.raises(ProtectedError):
        approval.revision.delete()
    with pytest.raises(ProtectedError):
        fresh(approval.page).delete()


def test_it_is_taken_back_once_and_not_after_it_served(approval, archie):
    approval.taken_back_at = timezone.now()
    approval.save(update_fields=["taken_back_at"])
    refused("UPDATE policies_approval SET taken_back_at = NULL")
    served = said_yes(approval.page, archie)
    served.revision.publish(user=archie)
    served.refresh_from_db()
    with pytest.raises(IntegrityError, match="served_or_taken_back"), transaction.atomic():
        Approval.objects.filter(pk=served.pk).update(taken_back_at=timezone.now())


def test_it_is_linked_once_to_what_was_announced(approval, archie):
    approval.revision.publish(user=archie)
    approval.refresh_from_db()
    assert approval.version.number == "2.0"
    refused("UPDATE policies_approval SET version_id = NULL")


def test_who_is_erased_is_taken_out_and_the_rest_stays(review, archie):
    erase(subject_of(archie))
    approval, review = Approval.objects.get(), OutsideReview.objects.get()
    assert (approval.by, approval.digest) == (None, digest_of_draft(approval.revision))
    assert (review.made_by, review.signed_name) == (None, "Lea Law")


def test_an_outsider_who_is_erased_is_taken_out_and_the_answer_stays(review):
    erase(subject_of(a_person("lea@example.org")))
    kept = OutsideReview.objects.get()
    assert (kept.name, kept.address, kept.signed_name, kept.words) == ("Somebody", "", "", "")
    assert kept.answer == ReviewAnswer.AGREES


def test_a_review_that_served_nothing_goes_a_year_after_its_end(review, archie):
    _, failed = enforce_retention(timezone.now() + dt.timedelta(days=360))
    assert (failed, OutsideReview.objects.count()) == ([], 1)
    _, failed = enforce_retention(timezone.now() + dt.timedelta(days=370))
    assert (failed, OutsideReview.objects.count()) == ([], 0)


def test_one_that_served_stays_with_its_version(review, archie):
    review.revision.publish(user=archie)
    enforce_retention(timezone.now() + dt.timedelta(days=4000))
    assert OutsideReview.objects.get().version.number == "2.0"


def test_switches_of_the_rule_of_somebody_erased_say_not_who(two_people, archie):
    row = TwoPeopleRule.objects.create(is_on=False, reason="Summer.", by=archie)
    erase(subject_of(archie))
    row.refresh_from_db()
    assert (row.by, row.reason) == (None, "Summer.")


def test_the_evidence_of_a_version_says_who_approved_it(review, archie, two_people):
    review.revision.publish(user=archie)
    version = review.page.versions.get(sequence=2)
    (file,) = [one for one in evidence_of(version) if one.path == "approvals.json"]
    held = json.loads(file.content)
    assert held["rule"]["is_on"]
    assert [(one["by"], one["kind"]) for one in held["approvals"]] == [("Archie", "Approved")]
    assert [(one["signed"], one["answer"]) for one in held["reviews"]] == [("Lea Law", "Agrees")]
