"""The last active administrator is not lost: not deleted, switched off, demoted, closed or erased, by code or SQL."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.flows.administrators import LastSuperuser
from accounts.flows.closing import ask_to_close
from accounts.flows.granting import NotYours, Position, refuse_objections
from accounts.models import User, triggers
from accounts.personal_data.erasing import NotErased, erase
from accounts.personal_data.register import subject_of
from tests.making.people import a_person, an_editor, text_of
from tests.making.staff import confirmed, form_of

SAYS = "the last active administrator cannot be lost"
TABLE = User._meta.db_table


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def edith(db) -> User:
    a_person("switched.off@example.org", is_superuser=True, is_active=False)
    return an_editor()


@pytest.mark.parametrize(
    "loss",
    [
        lambda edith: edith.delete(),
        lambda edith: User.objects.all().delete(),
        lambda edith: User.objects.update(is_active=False),
        lambda edith: User.objects.filter(is_superuser=True).update(is_superuser=False),
        lambda edith: User.objects.bulk_update([User(pk=edith.pk, is_active=False)], ["is_active"]),
        lambda edith: run(f"DELETE FROM {TABLE} WHERE is_superuser"),
        lambda edith: run(f"UPDATE {TABLE} SET is_superuser = false"),
        lambda edith: run(f"UPDATE {TABLE} SET is_active = NOT is_superuser"),
    ],
)
def test_whatever_loses_them_is_refused(edith, loss):
    with pytest.raises(IntegrityError, match=SAYS), transaction.atomic():
        loss(edith)
    assert User.objects.filter(is_superuser=True, is_active=True).get() == edith


def test_one_statement_cannot_take_two(edith):
    an_editor("second@example.org")
    with pytest.raises(IntegrityError, match=SAYS):
        run(f"UPDATE {TABLE} SET is_active = false")


def test_the_second_last_can_go_and_the_last_can_be_replaced(edith):
    second = an_editor("second@example.org")
    edith.delete()
    second.first_name = "Second"
    second.save()
    third = an_editor("third@example.org")
    User.objects.filter(pk=second.pk).update(is_superuser=False)
    assert User.objects.filter(is_superuser=True, is_active=True).get() == third


def test_they_are_not_erased_or_closed(edith):
    with pytest.raises(NotErased, match="Make somebody else one first"):
        erase(subject_of(edith))
    with pytest.raises(LastSuperuser, match="Make somebody else one first"):
        ask_to_close(edith)


def test_who_is_closed_does_not_count_as_somebody_left(edith):
    second = an_editor("second@example.org")
    ask_to_close(second, by=edith)
    with pytest.raises(IntegrityError, match=SAYS), transaction.atomic():
        User.objects.filter(pk=edith.pk).update(is_superuser=False)


@pytest.mark.parametrize("lost", [{"is_superuser": False}, {"is_active": False}])
def test_the_rule_says_it_in_words_before_the_database_does(edith, lost):
    """Wagtail's forms offer administrators neither for themselves; whatever else asks the rule hears of it."""
    kept = {"is_superuser": True, "is_active": True}
    with pytest.raises(NotYours, match="Make somebody else one first"), transaction.atomic():
        refuse_objections(edith, edith, Position(edith.email, **(kept | lost)))


@pytest.mark.parametrize("changes", [{"is_superuser": None}, {"is_active": None}])
def test_who_is_no_administrator_any_more_takes_nothing_from_one(client, verified, edith, changes):
    """An administrator whose own account was switched off a moment ago, and whose request was under way."""
    second = an_editor("second@example.org")
    staff = confirmed(verified(client, second), second)
    gone = Position(edith.email, is_superuser="is_superuser" not in changes, is_active="is_active" not in changes)
    User.objects.filter(pk=second.pk).update(is_superuser=False)
    with pytest.raises(NotYours, match="no administrator any more"), transaction.atomic():
        refuse_objections(second, edith, gone)
    User.objects.filter(pk=second.pk).update(is_superuser=True)
    assert staff.post(f"/cms/users/edit/{edith.pk}/", form_of(edith, **changes)).status_code == 302


def test_administrators_do_not_demote_or_switch_off_themselves(client, verified, edith):
    staff = confirmed(verified(client, edith), edith)
    staff.post(f"/cms/users/edit/{edith.pk}/", form_of(edith, is_superuser=None, is_active=None))
    staff.post(f"/cms/bulk/accounts/user/set_active_state/?id={edith.pk}", {"mark_as_active": "False"})
    edith.refresh_from_db()
    assert edith.is_superuser
    assert edith.is_active
    page = staff.post(f"/cms/users/delete/{edith.pk}/", follow=True)
    assert User.objects.filter(pk=edith.pk).exists(), text_of(page)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(
    "loss",
    [
        lambda person: User.objects.filter(pk=person.pk).update(is_superuser=False),
        lambda person: User.objects.filter(pk=person.pk).update(is_active=False),
        lambda person: User.objects.filter(pk=person.pk)._raw_delete("default"),
        ask_to_close,
    ],
)
def test_two_who_lose_each_other_at_the_same_moment_leave_one(loss):
    assert triggers.faults() == []
    people = [User.objects.create_superuser(f"{name}@example.org") for name in ("one", "two")]
    both = threading.Barrier(2)
    refused = []

    def lose(person: User) -> None:
        try:
            with transaction.atomic():
                both.wait(10)
                loss(person)
        except (IntegrityError, LastSuperuser) as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=lose, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(refused) == 1
    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_administrators_who_demote_each_other_leave_one():
    one, two = an_editor("one@example.org"), an_editor("two@example.org")
    both, refused = threading.Barrier(2), []

    def demote(staff: User, person: User) -> None:
        try:
            both.wait(10)
            with transaction.atomic():
                refuse_objections(staff, person, Position(person.email, is_superuser=False))
                User.objects.filter(pk=person.pk).update(is_superuser=False)
        except NotYours as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=demote, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert refused == ["You are no administrator any more."]
    assert User.objects.filter(is_superuser=True).count() == 1
