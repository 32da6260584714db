"""The erasure ledger: only added to, readable after a crash, and it shows when it is not whole."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import ClosingRequest, User
from accounts.personal_data import ledger
from accounts.personal_data.erasing import erase
from accounts.personal_data.ledger import Damaged, What
from accounts.personal_data.register import subject_of
from tests.making.people import a_person

pytestmark = pytest.mark.django_db


def entry(person: User, *addresses: str) -> ledger.Erased:
    return ledger.erased_person(person, addresses, "own_wish")


def fill(count: int) -> None:
    for number in range(count):
        ledger.write(What.ERASED, ledger.Erased(number, f"joined {number}", ("a hash",), "own_wish"))


def test_it_holds_no_address_and_only_its_owner_can_read_it(ledger_file):
    ledger.write(What.ERASING, entry(a_person(), "Former@example.org"))
    text = ledger_file.read_text().lower()
    assert "example.org" not in text
    assert len(json.loads(text)["addresses"]) == 2
    assert stat.S_IMODE(ledger_file.stat().st_mode) == 0o600


def test_the_newest_line_about_somebody_counts():
    ann, bob = a_person(), a_person("bob@example.org")
    for what, person in ((What.ERASING, ann), (What.ERASED, ann), (What.ERASING, bob), (What.KEPT, bob)):
        ledger.write(what, entry(person))
    assert [line.erased.number for line in ledger.read().to_repeat()] == [ann.pk]


def test_an_intent_alone_counts_as_erased():
    ann = a_person()
    ledger.write(What.ERASING, entry(ann))
    assert [line.erased.number for line in ledger.read().to_repeat()] == [ann.pk]


def test_nobody_is_taken_for_somebody_else(settings):
    ann = a_person()
    ledger.write(What.ERASED, entry(ann))
    line = ledger.read().lines[0]
    assert ledger.is_same(ann, line, ())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key " * 5, [settings.SECRET_KEY]
    assert ledger.is_same(ann, line, ())
    ann.date_joined = line.at.replace(year=line.at.year + 1)
    assert not ledger.is_same(ann, line, ()), "whoever joined later came back of their own will"
    ann.date_joined, ann.email = line.at.replace(year=2001), "other@example.org"
    assert not ledger.is_same(ann, line, ())
    assert ledger.is_same(ann, line, ("ann@example.org",))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_byte_changed_and_any_line_lost_but_the_last_is_noticed(ledger_file, data):
    ledger_file.unlink(missing_ok=True)
    fill(4)
    whole = ledger_file.read_bytes()
    lines = whole.splitlines(keepends=True)
    if data.draw(st.booleans()):
        del lines[data.draw(st.integers(0, 2))]
        ledger_file.write_bytes(b"".join(lines))
    else:
        place = data.draw(st.integers(0, len(whole) - 2))
        other = data.draw(st.integers(1, 255))
        ledger_file.write_bytes(whole[:place] + bytes([whole[place] ^ other]) + whole[place + 1 :])
    with pytest.raises(Damaged):
        ledger.read()
    with pytest.raises(Damaged):
        fill(1)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_line_that_was_not_finished_is_passed_over_and_the_next_follows(ledger_file, data):
    ledger_file.unlink(missing_ok=True)
    fill(3)
    whole = ledger_file.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    cut = data.draw(st.integers(start + 1, len(whole) - 1))
    ledger_file.write_bytes(whole[:cut])
    read = len(ledger.read().lines)
    assert read == (3 if cut == len(whole) - 1 else 2)
    fill(2)
    assert len(ledger.read().lines) == read + 2


def test_processes_that_write_at_once_keep_the_chain_whole():
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: fill(1), range(40)))
    assert len(ledger.read().lines) == 40


def erased(person: User) -> User:
    """A person who was erased, and whom an older copy of the database has brought back."""
    copy = User.objects.get(pk=person.pk)
    ledger.write(What.ERASED, entry(person))
    erase(subject_of(person))
    copy.save(force_insert=True)
    return copy


def test_who_is_back_from_an_older_copy_is_erased_again(capsys):
    ann, bob = a_person(), a_person("bob@example.org")
    erased(ann)
    call_command("reapply_erasures", "--dry-run")
    assert "1 are here again and would be erased" in capsys.readouterr().out
    assert User.objects.filter(pk=ann.pk).exists()
    call_command("reapply_erasures")
    assert "1 were here again and are erased, 0 are gone" in capsys.readouterr().out
    assert list(User.objects.all()) == [bob]
    call_command("reapply_erasures")
    assert "0 were here again and are erased, 1 are gone" in capsys.readouterr().out


def test_a_closing_that_came_back_with_them_is_ended():
    ann = erased(a_person())
    closing = ClosingRequest.objects.create(person=ann, due_at=ann.date_joined)
    call_command("reapply_erasures")
    closing.refresh_from_db()
    assert (closing.state, closing.person, closing.mail_due) == ("erased", None, "")


def test_who_has_the_number_now_is_left_alone(capsys):
    ann = a_person()
    ledger.write(What.ERASED, entry(ann))
    erase(subject_of(ann))
    bob = a_person("bob@example.org", pk=ann.pk)
    call_command("reapply_erasures")
    assert "1 numbers belong to somebody else now" in capsys.readouterr().out
    assert User.objects.filter(pk=bob.pk).exists()


def test_a_damaged_ledger_erases_nobody_and_says_so(ledger_file):
    ann = erased(a_person())
    ledger_file.write_text(ledger_file.read_text().replace("own_wish", "own_whim"))
    with pytest.raises(CommandError, match=r"Line 1 of .* is not what was written.*Nothing was done"):
        call_command("reapply_erasures")
    assert User.objects.filter(pk=ann.pk).exists()


def test_a_site_that_never_erased_anybody_needs_no_ledger(db, capsys):
    call_command("reapply_erasures")
    assert "nobody is to be erased again" in capsys.readouterr().out


@pytest.mark.parametrize("state", [ClosingRequest.State.ASKED, ClosingRequest.State.ERASED])
def test_a_missing_ledger_is_not_taken_for_an_empty_one(db, state):
    ended = None if state == ClosingRequest.State.ASKED else timezone.now()
    ClosingRequest.objects.create(state=state, due_at=timezone.now(), ended_at=ended)
    with pytest.raises(CommandError, match=r"There is no ledger at .* accounts that were closed"):
        call_command("reapply_erasures")
