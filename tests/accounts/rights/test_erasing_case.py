"""An erasure that is granted: the register's erasing, the ledger, a second pass with a receipt, a restored backup."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import DatabaseError, transaction

from accounts.models import DetailChange, User
from accounts.personal_data import ledger
from accounts.personal_data.erasing import erase
from accounts.personal_data.register import ByAddress, Erasure, kinds, subject_of
from accounts.rights.deciding.erasing import look_again_where_due
from accounts.rights.models import ErasureReceipt, Kind, Outcome, RecipientTask, RightsRequest, State, Story, What
from home.contact.models import Enquiry
from tests.making.contact import a_stamp, an_enquiry, an_organisation
from tests.making.people import a_person, text_of
from tests.making.rights import a_request
from tests.making.rights_desk import DESK, decide, of_data_protection
from tests.making.staff import confirmed

pytestmark = pytest.mark.django_db
GRANT = {"outcome": "granted", "account": "ann@example.org"}


@pytest.fixture(autouse=True)
def _own_ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "ledger" / "erasures.jsonl"


@pytest.fixture
def ann(db) -> User:
    person = a_person(first_name="Ann")
    DetailChange.objects.create(person=person, field="first_name", old="An", new="Ann", by=person)
    return person


@pytest.fixture
def desk(client, verified):
    """Somebody of the desk who has just confirmed who they are."""
    return confirmed(verified(client, of_data_protection()), User.objects.get(email="data.protection@example.org"))


def test_it_erases_writes_the_ledger_looks_again_and_keeps_a_receipt(desk, ann):
    case = a_request(Kind.ERASURE, person=ann, channel="account", name="")
    number, (before,) = ann.pk, [ann]
    page = text_of(decide(desk, case, **GRANT))
    assert not User.objects.filter(pk=number).exists()
    case.refresh_from_db()
    assert (case.state, case.outcome, case.person, case.address) == (
        State.DECIDED, Outcome.GRANTED, None, "ann@example.org"
    )  # fmt: skip
    receipt = ErasureReceipt.objects.get(request=case)
    assert receipt.first["account"] == 1 and receipt.first["changed-details"] == 1
    assert receipt.looked_again_at and receipt.left == 0
    # What is found again is the case itself, kept so that it can be answered.
    assert set(receipt.second) <= {key for key in receipt.second if key.startswith("rights-")}
    assert "First pass:" in page and "Second pass:" in page and "Left of what is to be deleted: 0." in page
    assert "First pass:" in Story.objects.get(request=case, what=What.ERASED).words
    assert RecipientTask.objects.filter(request=case).exists()
    lines = ledger.read().lines
    assert [line.what.value for line in lines] == ["erasing", "erased"]
    assert ledger.is_same(before, lines[0], ())
    assert "Your account was erased on" in case.messages.last().words
    assert case.mails.filter(kind="news").exists()


def test_nobody_erases_without_having_just_confirmed_who_they_are(client, verified, ann):
    desk = verified(client, of_data_protection())
    case = a_request(Kind.ERASURE, person=ann, channel="account")
    answer = decide(desk, case, follow=False, **GRANT)
    assert answer.status_code == 302 and "reauthenticate" in answer["Location"]
    case.refresh_from_db()
    assert case.state == State.RECEIVED and User.objects.filter(pk=ann.pk).exists()


def test_what_fails_leaves_everything_as_it_was(desk, ann, settings, tmp_path):
    case = a_request(Kind.ERASURE, person=ann, channel="account")
    (tmp_path / "file").touch()
    settings.ERASURE_LEDGER = tmp_path / "file" / "no-folder"
    page = text_of(decide(desk, case, **GRANT))
    assert "The erasure failed, so nothing was decided and nothing was erased" in page
    case.refresh_from_db()
    assert (case.state, case.person, case.messages.count()) == (State.RECEIVED, ann, 0)
    assert not ErasureReceipt.objects.exists()


def test_a_restored_backup_is_erased_again(desk, ann, capsys):
    case = a_request(Kind.ERASURE, person=ann, channel="account")
    saved, address = User.objects.get(pk=ann.pk), EmailAddress.objects.get(user=ann)
    decide(desk, case, **GRANT)
    saved.save(force_insert=True)
    address.save(force_insert=True)
    call_command("reapply_erasures")
    assert "1 were here again and are erased" in capsys.readouterr().out
    assert not User.objects.filter(pk=ann.pk).exists()


def test_a_missing_ledger_is_noticed_where_only_requests_were_erased(desk, ann, settings, tmp_path):
    decide(desk, a_request(Kind.ERASURE, person=ann, channel="account"), **GRANT)
    settings.ERASURE_LEDGER = tmp_path / "elsewhere"
    with pytest.raises(Exception, match="There is no ledger"):
        call_command("reapply_erasures")


def test_a_second_pass_that_was_not_made_is_made_up_for_and_finds_what_came_since(ann):
    case = a_request(Kind.ERASURE, address="gone@example.org")
    receipt = ErasureReceipt.objects.create(request=case, number=ann.pk)
    assert look_again_where_due() == (0, 1)  # somebody has that number
    receipt.refresh_from_db()
    assert receipt.looked_again_at is None and User.objects.filter(pk=ann.pk).exists()
    ErasureReceipt.objects.filter(pk=receipt.pk).update(number=ann.pk + 1000)
    assert look_again_where_due() == (1, 0)
    assert look_again_where_due() == (0, 0)
    receipt.refresh_from_db()
    assert receipt.left == 0


def test_a_receipt_cannot_be_deleted(ann):
    receipt = ErasureReceipt.objects.create(request=a_request(Kind.ERASURE), number=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        ErasureReceipt.objects.filter(pk=receipt.pk).delete()


def test_without_an_account_nothing_is_erased_and_it_is_said(desk):
    case = a_request(Kind.ERASURE)
    page = text_of(desk.get(f"{DESK}{case.pk}/"))
    assert "None found" in page
    decide(desk, case, outcome="granted", words="We have taken your letter out of the file.")
    assert RightsRequest.objects.get(pk=case.pk).state == State.DECIDED
    assert not ErasureReceipt.objects.exists()


def test_of_somebody_without_an_account_everything_under_the_address_goes(desk, client, settings):
    an_organisation()
    mine, others = an_enquiry(client, email="OLIVE@example.org"), an_enquiry(client, stamp=a_stamp("0" * 16))
    case = a_request(Kind.ERASURE)
    page = text_of(desk.get(f"{DESK}{case.pk}/decide/"))
    assert "Erase what the site holds under olive@example.org" in page
    assert "Nobody has confirmed it" in page and "What you asked us: 1" in page
    decide(desk, case, outcome="granted", under_address="on")
    assert list(Enquiry.objects.all()) == [others] != [mine]
    case.refresh_from_db()
    assert (case.state, case.address) == (State.DECIDED, "olive@example.org")
    assert "What this site held under your address was erased on" in case.messages.last().words
    receipt = ErasureReceipt.objects.get(request=case)
    assert (receipt.number, receipt.first["enquiries"], receipt.left) == (0, 1, 0)
    assert RecipientTask.objects.filter(request=case).exists()
    lines = ledger.read().lines
    assert [(line.what.value, line.erased.number) for line in lines] == [("erasing", 0), ("erased", 0)]
    assert "olive" not in settings.ERASURE_LEDGER.read_text()


def test_a_restored_backup_is_erased_again_by_address_but_not_what_came_since(desk, client, capsys):
    an_organisation()
    old = an_enquiry(client, email="olive@example.org")
    case, steps = a_request(Kind.ERASURE), list(old.steps.all())
    decide(desk, case, outcome="granted", under_address="on")
    assert not Enquiry.objects.exists()
    call_command("reapply_erasures")
    assert "0 were here again and are erased, 1 are gone" in capsys.readouterr().out
    old.save(force_insert=True)
    for step in steps:
        step.save(force_insert=True)
    newer = an_enquiry(client, email="olive@example.org", stamp=a_stamp("1" * 16))
    call_command("reapply_erasures", "--dry-run")
    assert "1 are here again" in capsys.readouterr().out and Enquiry.objects.count() == 2
    call_command("reapply_erasures")
    assert "1 were here again and are erased" in capsys.readouterr().out
    assert list(Enquiry.objects.all()) == [newer] and newer.steps.exists()
    call_command("reapply_erasures")
    assert "0 were here again" in capsys.readouterr().out


def test_an_address_with_an_account_is_erased_by_its_account_only(desk, ann):
    case = a_request(Kind.ERASURE, address=ann.email)
    assert "Erase what the site holds under" not in text_of(desk.get(f"{DESK}{case.pk}/decide/"))
    decide(desk, case, outcome="granted", under_address="on", account="", words="Gone.")
    assert User.objects.filter(pk=ann.pk).exists() and not ErasureReceipt.objects.exists()


def test_erasing_by_address_asks_who_one_is_first(client, verified):
    desk = verified(client, of_data_protection())
    case = a_request(Kind.ERASURE)
    answer = decide(desk, case, follow=False, outcome="granted", under_address="on")
    assert answer.status_code == 302 and "reauthenticate" in answer["Location"]
    assert RightsRequest.objects.get().state == State.RECEIVED


def test_what_is_found_by_an_address_alone_says_when_it_came():
    """Or a restored backup would bring it back for good."""
    for kind in kinds():
        paths = {finder.path for finder in kind.found_by if isinstance(finder, ByAddress)}
        goes = kind.erasure is Erasure.DELETE or any(column.name in paths and column.is_erased and not callable(
            column.erased_as) for column in kind.columns)  # fmt: skip
        assert bool(kind.born) == bool(paths and goes), kind.key


def test_nobody_decides_their_own_request(desk):
    own = User.objects.get(email="data.protection@example.org")
    case = a_request(Kind.ERASURE, person=own, channel="account")
    page = text_of(decide(desk, case, outcome="granted", account=own.email))
    assert "It is about you. A colleague has to decide it." in page
    assert User.objects.filter(pk=own.pk).exists()


def test_a_case_whose_person_closed_the_account_meanwhile_is_still_answered(desk, ann):
    case = a_request(Kind.RESTRICTION, person=ann, channel="account")
    erase(subject_of(ann))
    assert "None found" in text_of(desk.get(f"{DESK}{case.pk}/"))
    decide(desk, case, outcome="refused", words="We need it for a claim.")
    case.refresh_from_db()
    assert (case.state, case.person, case.address) == (State.DECIDED, None, "ann@example.org")
    assert case.mails.filter(kind="news", settled_at=None).exists()
