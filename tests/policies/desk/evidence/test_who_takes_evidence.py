"""Evidence is taken by who has the right to, by posting; it is written down before anything leaves."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.models import User
from tests.making.evidence import address_of_evidence
from tests.making.people import text_of
from tests.making.staff import with_rights

pytestmark = pytest.mark.django_db


def somebody(*codenames: str) -> User:
    user = User.objects.create_user("someone@example.org", "a long enough password")
    for codename in ("access_admin", *codenames):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    return user


def is_zip(answer) -> bool:
    return answer.status_code == 200 and answer["Content-Type"] == "application/zip"


@pytest.mark.parametrize(
    ("codenames", "of_version", "of_person"),
    [
        ((), False, False),
        (("take_evidence",), True, False),
        (("take_evidence_of_person",), False, True),
        (("take_evidence", "take_evidence_of_person"), True, True),
    ],
)
def test_each_kind_has_a_right_of_its_own(told, privacy, verified, ann, codenames, of_version, of_person):
    client = verified(Client(), somebody(*codenames))
    answer = client.get(address_of_evidence(privacy))
    assert (answer.status_code == 200) is bool(codenames)
    if codenames:
        assert ("Take the evidence of version 2.0" in answer.text) is of_version
        assert ("Take the evidence of this person" in answer.text) is of_person
    assert is_zip(client.post(address_of_evidence(privacy), {"of": "version"})) is of_version
    assert is_zip(client.post(address_of_evidence(privacy), {"of": "person", "email": ann.email})) is of_person


def test_nobody_signed_in_is_sent_to_the_sign_in(told, privacy, client):
    assert client.get(address_of_evidence(privacy))["Location"].startswith("/account/login/")
    assert client.post(address_of_evidence(privacy), {"of": "version"})["Location"].startswith("/account/login/")


def test_who_edits_or_announces_takes_no_evidence_for_that(told, privacy, verified):
    client = verified(Client(), with_rights("ed@example.org", "add", "change", "publish"))
    assert client.get(address_of_evidence(privacy)).status_code == 302
    assert client.post(address_of_evidence(privacy), {"of": "version"}).status_code == 302
    assert address_of_evidence(privacy) not in client.get(f"/cms/policies/{privacy.pk}/versions/").text


@pytest.mark.parametrize(
    ("role", "of_version", "of_person"),
    [("Policy editors", False, False), ("Policy approvers", True, False), ("Data protection", True, True)],
)
def test_the_ready_made_groups_have_what_they_need(told, privacy, verified, ann, role, of_version, of_person):
    user = User.objects.create_user("someone@example.org", "a long enough password")
    user.groups.add(Group.objects.get(name=role))
    client = verified(Client(), user)
    assert is_zip(client.post(address_of_evidence(privacy), {"of": "version"})) is of_version
    assert is_zip(client.post(address_of_evidence(privacy), {"of": "person", "email": ann.email})) is of_person


def test_both_rights_can_be_given_to_a_role(cms):
    page = cms.get("/cms/groups/new/").text
    assert "Can take the evidence of a version" in page
    assert "Can take the evidence of one person" in page


def test_it_is_written_down_by_whom_and_of_what(told, privacy, cms, take, editor, ann):
    take(told)
    entry = PageLogEntry.objects.get(action="policies.evidence")
    assert (entry.user, entry.data) == (editor, {"sequence": 2, "number": "2.0"})
    assert "Evidence of version 2.0 taken" in cms.get(f"/cms/pages/{privacy.pk}/history/").text


def test_of_a_person_the_policys_history_does_not_say_whose(told, privacy, cms, take, editor, ann):
    take(told, ann)
    entry = PageLogEntry.objects.get(action="policies.evidence")
    assert entry.data == {"sequence": 2, "number": "2.0", "of_a_person": True}
    assert "ann@example.org" not in cms.get(f"/cms/pages/{privacy.pk}/history/").text
    about = ModelLogEntry.objects.get(action="policies.evidence_of_person")
    assert (about.user, about.object_id) == (editor, str(ann.pk))
    assert "version 2.0 of privacy" in cms.get("/cms/reports/site-history/").text


def test_the_person_sees_that_a_copy_was_made(told, take, ann):
    take(told, ann)
    theirs = Client()
    theirs.force_login(ann)
    assert "Copy of your data made by staff" in text_of(theirs.get("/account/data/"))


def test_nothing_is_taken_by_looking(told, privacy, cms):
    cms.get(address_of_evidence(privacy))
    assert not PageLogEntry.objects.filter(action="policies.evidence").exists()


def test_somebody_unknown_is_said_at_the_field(told, privacy, cms):
    for email, words in (("", "Say whose."), ("nobody@example.org", "Nobody signs in"), ("x", "valid email")):
        answer = cms.post(address_of_evidence(privacy), {"of": "person", "email": email})
        assert words in str(answer.context["form"].errors["email"])
    assert not PageLogEntry.objects.filter(action="policies.evidence").exists()


@pytest.mark.parametrize("number", ["9.0", "1", "01.0", "x"])
def test_a_version_that_is_not_there_is_not_found(told, privacy, cms, number):
    assert cms.get(address_of_evidence(privacy, number)).status_code == 404


def test_the_file_is_named_without_the_person(told, privacy, cms, ann):
    answer = cms.post(address_of_evidence(privacy), {"of": "person", "email": ann.email})
    assert answer["Content-Disposition"] == 'attachment; filename="privacy-2.0-evidence-of-a-person.zip"'
    assert "no-store" in answer["Cache-Control"]
