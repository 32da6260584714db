"""What is looked at once more before it counts, since it may have changed in between; and what must not be lost."""

import datetime as dt
import os

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.flows.closing import ask_to_close, close, close_what_is_due, take_back
from accounts.models import ClosingRequest, DetailChange, User
from accounts.personal_data import ledger
from tests.making.people import NEW_PASSWORD, link_in, mails_to, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger_file(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    return settings.ERASURE_LEDGER


def due(person) -> ClosingRequest:
    closing = ask_to_close(person)
    ClosingRequest.objects.update(due_at=timezone.now() - dt.timedelta(minutes=1))
    return closing


def test_a_closing_taken_back_after_it_was_found_due_erases_nobody(ann):
    closing = due(ann)
    take_back(closing)
    assert close(closing.pk, timezone.now()) is None
    assert User.objects.filter(pk=ann.pk).exists()


def test_a_closing_that_is_not_due_erases_nobody_whoever_asks(ann):
    closing = ask_to_close(ann)
    assert close(closing.pk, timezone.now()) is None
    assert User.objects.filter(pk=ann.pk).exists()
    assert close(closing.pk, closing.due_at) is True, "at the very moment it is"


def test_the_ledger_knows_an_erased_person_by_every_address_they_had(ann):
    DetailChange.objects.create(person=ann, field="email", old="first@example.org", new="ann@example.org", by=ann)
    DetailChange.objects.create(person=ann, field="phone", old="0191 496 0000", new="", by=ann)
    due(ann)
    assert close_what_is_due() == (1, 0)
    known = ledger.read().lines[-1].erased.addresses
    assert set(known) == {ledger.keyed("first@example.org"), ledger.keyed("ann@example.org")}


def test_a_line_of_the_ledger_is_on_the_disk_before_anything_goes_on(ann, ledger_file, monkeypatch):
    """What a machine loses with its power would bring the person back from a backup."""
    at_sync = []
    real = os.fsync

    def watched(file):
        at_sync.append(ledger_file.read_bytes() if ledger_file.exists() else b"")
        real(file)

    monkeypatch.setattr(os, "fsync", watched)
    ledger.write(ledger.What.ERASED, ledger.erased_person(ann, (), "own_wish"))
    assert at_sync[-1:] == [ledger_file.read_bytes()]
    assert len(ledger.read().lines) == 1


def test_a_reset_password_leaves_no_session_behind(ann):
    """Their cookies are worthless anyhow, as they hold a mark of the old password; the lists must say so too."""
    browsers = [Client(), Client()]
    for browser in browsers:
        sign_in(browser)
    reset = Client()
    reset.post("/account/password/reset/", {"email": ann.email})
    form = reset.get(link_in(mails_to(ann.email)[0]), follow=True)
    reset.post(form.context["action_url"], {"password1": NEW_PASSWORD})
    assert not UserSession.objects.exists()
    assert [found for found in Session.objects.all() if "_auth_user_id" in found.get_decoded()] == []
