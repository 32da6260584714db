"""Erasing a person: all of it or nothing, and nothing of anybody else's."""

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client, TestCase
from wagtail.users.models import UserProfile

from accounts.models import DetailChange, SecurityEvent, User
from accounts.personal_data.erasing import NotErased, erase
from accounts.personal_data.register import subject_of
from policies.versions.models import PolicyVersion
from tests.accounts.personal_data.failing import allow_to_delete_from, refuse_to_delete_from
from tests.accounts.personal_data.whole_database import changed, everything, stored_files, where_is
from tests.making.people import a_person, an_app, an_editor, sign_in
from tests.making.policies import a_draft, announce

pytestmark = pytest.mark.django_db


def test_the_person_goes_and_the_security_log_stays_without_them(signed_in, ann):
    counts = erase(subject_of(ann))
    assert not User.objects.exists()
    events = SecurityEvent.objects.filter(kind="signed_in")
    assert [(event.person, event.device, event.network) for event in events] == [(None, "", "")]
    assert (counts["account"], counts["addresses"]) == (1, 1)


def test_erasing_again_does_nothing(ann):
    subject = subject_of(ann)
    erase(subject)
    before = everything()
    assert set(erase(subject).values()) == {0}
    assert changed(before, but=set()) == []


def test_their_sessions_end_and_those_of_others_go_on():
    ann = a_person(pk=1234)
    signed_in = Client()
    sign_in(signed_in)
    a_person("bob@example.org", pk=1235)
    bobs, half_done = Client(), Client()
    sign_in(bobs, "bob@example.org")
    an_app(ann)
    sign_in(half_done)
    assert "account_login" in half_done.session
    erase(subject_of(ann))
    assert bobs.get("/account/").status_code == 200
    assert signed_in.get("/account/").status_code == 302
    assert Session.objects.count() == 1


def test_a_sign_up_with_their_address_that_waits_for_its_mail_is_forgotten_too(client, ann):
    client.post("/account/password/reset/", {"email": ann.email})
    session = client.session
    session["account_verified_email"] = ann.email.upper()
    session.save()
    erase(subject_of(ann))
    assert where_is("ann@example.org") == []


def test_what_they_changed_for_others_stays_with_those(ann):
    bob = a_person("bob@example.org")
    DetailChange.objects.create(person=bob, field="phone", old="1", new="2", by=ann)
    erase(subject_of(ann))
    change = DetailChange.objects.get()
    assert (change.person, change.by, change.old, change.new) == (bob, None, "1", "2")


def test_a_failure_in_the_middle_leaves_everything_as_it_was(signed_in, ann):
    before = everything()
    refuse_to_delete_from("account_emailaddress")
    with pytest.raises(NotErased) as caught:
        erase(subject_of(ann))
    assert str(caught.value).endswith("Error at “addresses”")
    assert "example.org" not in str(caught.value)
    assert changed(before, but=set()) == []
    allow_to_delete_from("account_emailaddress")
    erase(subject_of(ann))
    assert not User.objects.exists()


def test_files_go_with_the_person_but_not_when_erasing_fails(ann):
    profile = UserProfile.objects.create(user=ann)
    profile.avatar.save("ann-portrait.png", ContentFile(b"a picture"))
    refuse_to_delete_from("account_emailaddress")
    with TestCase.captureOnCommitCallbacks(execute=True), pytest.raises(NotErased):
        erase(subject_of(ann))
    assert [name for name in stored_files() if "ann-portrait" in name]
    allow_to_delete_from("account_emailaddress")
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase(subject_of(ann))
    assert not [name for name in stored_files() if "ann-portrait" in name]


def test_what_an_editor_announced_stays_and_is_still_proved():
    an_editor("another@example.org")  # the last administrator cannot be erased
    editor = an_editor()
    version = announce(a_draft(), by=editor)
    erase(subject_of(editor))
    kept = PolicyVersion.objects.get(pk=version.pk)
    assert (kept.digest, kept.chain, kept.announced_by) == (version.digest, version.chain, None)
    call_command("verify_policies", verbosity=0)
    assert where_is("edith@example.org") == []
