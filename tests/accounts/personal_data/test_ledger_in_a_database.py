"""The ledger of several machines: in a database of its own, written in turn, which no restore of the site touches."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.flows.closing import ask_to_close
from accounts.models import ClosingRequest, User
from accounts.personal_data import ledger, ledger_places
from accounts.personal_data.erasing import erase
from accounts.personal_data.ledger import Damaged, What
from accounts.personal_data.ledger_places import DatabasePlace, place
from accounts.personal_data.register import subject_of
from home.operations.housekeeping import keep_house
from tests.making.doctor import found, is_well, to_do
from tests.making.people import a_person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="there is no PostgreSQL to make a database in"),
]


def server() -> str:
    """The address of the server of the tests' own database, to which a database's name is added."""
    ours = connection.settings_dict
    return f"postgres://{ours['USER']}:{ours['PASSWORD']}@{ours['HOST'] or '127.0.0.1'}:{ours['PORT'] or 5432}/"


@pytest.fixture
def table(settings):
    """An empty database for the ledger, by its address."""
    name = f"plum_ledger_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server()}postgres", autocommit=True) as made:
        made.execute(f"CREATE DATABASE {name}")
        settings.ERASURE_LEDGER = f"{server()}{name}"
        yield settings.ERASURE_LEDGER
        made.execute(f"DROP DATABASE {name} WITH (FORCE)")


def entry(person: User) -> ledger.Erased:
    return ledger.erased_person(person, (), "own_wish")


def fill(count: int) -> None:
    for number in range(count):
        ledger.write(What.ERASED, ledger.Erased(number, f"joined {number}", ("a hash",), "own_wish"))


def change(table: str, statement: str) -> None:
    with psycopg.connect(table) as made:
        made.execute(statement)


def test_there_is_none_until_the_first_line(table):
    assert place().read() is None
    fill(1)
    assert place().read().count(b"\n") == 1


def test_machines_that_write_at_once_keep_the_chain_whole(table):
    """The first ones make the table, too."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: fill(1), range(40)))
    assert len(ledger.read().lines) == 40


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM erasures WHERE number = 2",
        "UPDATE erasures SET line = replace(convert_from(line, 'UTF8'), 'own_wish', 'own_whim')::bytea",
        "UPDATE erasures SET number = -number",
    ],
)
def test_a_row_that_was_changed_or_taken_away_is_noticed(table, statement):
    fill(3)
    change(table, statement)
    with pytest.raises(Damaged, match=r"of database plum_ledger_\w+ at 127.0.0.1 is not what was written"):
        ledger.read()
    with pytest.raises(Damaged):
        fill(1)


def test_who_is_back_from_an_older_copy_is_erased_again(table, capsys):
    ann = a_person()
    copy = User.objects.get(pk=ann.pk)
    ledger.write(What.ERASED, entry(ann))
    erase(subject_of(ann))
    copy.save(force_insert=True)
    call_command("reapply_erasures")
    assert "1 were here again and are erased" in capsys.readouterr().out
    assert not User.objects.exists()


def test_a_missing_ledger_is_not_taken_for_an_empty_one(table):
    ClosingRequest.objects.create(due_at=a_person().date_joined)
    with pytest.raises(CommandError, match=r"There is no ledger at database plum_ledger_\w+ at 127.0.0.1"):
        call_command("reapply_erasures")


def test_while_the_ledger_does_not_answer_nobody_is_erased_and_no_password_is_said(settings, caplog):
    settings.ERASURE_LEDGER = "postgres://plum:kestrel@127.0.0.1:1/plum_ledger"
    settings.CLOSING_COOLING_OFF = settings.CLOSING_COOLING_OFF * 0
    ann = a_person()
    closing = ask_to_close(ann)
    assert keep_house().failed == 1
    closing.refresh_from_db()
    assert closing.last_error.endswith("at the erasure ledger")
    assert User.objects.filter(pk=ann.pk).exists()
    with pytest.raises(CommandError, match="The ledger cannot be read"):
        call_command("reapply_erasures")
    assert "It cannot be read, so nobody can be erased" in to_do("ledger")
    assert "kestrel" not in f"{caplog.text} {found('ledger')}"


def test_a_line_is_there_only_when_it_was_committed(table):
    """A machine that dies while it writes leaves no half of one."""
    fill(1)
    with pytest.raises(RuntimeError), place().adding() as opened:
        opened.add(b"half a line")
        raise RuntimeError
    assert len(ledger.read().lines) == 1


def test_the_doctor_says_where_it_is_and_whether_one_failure_takes_both(table, settings, monkeypatch, tmp_path):
    settings.LAST_BACKUP = tmp_path / "last-backup"
    assert "on the database's server: one failure takes both" in to_do("ledger")
    monkeypatch.setattr(ledger_places.DatabasePlace, "is_beside_the_database", lambda _: False)
    fill(2)
    assert is_well("ledger")
    assert "2 lines" in found("ledger")["words"]


def test_the_ledger_of_one_machine_becomes_that_of_several_and_goes_on(table, settings, tmp_path, capsys):
    file = settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    fill(3)
    settings.ERASURE_LEDGER = table
    call_command("bring_ledger", file)
    assert "3 lines are at database plum_ledger_" in capsys.readouterr().out
    assert place().read() == file.read_bytes()
    fill(1)
    assert len(ledger.read().lines) == 4
    with pytest.raises(CommandError, match="There are lines"):
        call_command("bring_ledger", file)


@pytest.mark.parametrize("content", ["{}\n", None])
def test_what_is_no_whole_ledger_is_not_brought(table, tmp_path, content):
    file = tmp_path / "erasures.jsonl"
    if content:
        file.write_text(content)
    with pytest.raises(CommandError, match="Nothing was done"):
        call_command("bring_ledger", file)
    assert place().read() is None


def test_it_is_said_without_a_password():
    assert str(DatabasePlace("postgres://plum:kestrel@db.example.org/led")) == "database led at db.example.org"
