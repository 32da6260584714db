"""Who may be mailed: the one query from which notices are staged."""

import pytest
from django.db import connection
from django.db.models import F

from accounts.flows.addresses import mark_undeliverable, mark_working
from accounts.flows.preferences import choose_policy_mail
from accounts.flows.recipients import NAME_LENGTH, people, recipients, wants
from accounts.models import DetailChange, MailPreference, User
from tests.making.people import a_person

PolicyMail = MailPreference.PolicyMail


@pytest.fixture
def everybody(ann):
    """Ann, with a second proved address, and people who lack something."""
    ann.emailaddress_set.create(email="other@example.org", verified=True, primary=False)
    unproved = a_person("unproved@example.org", verified=False)
    made_by_staff = User.objects.create_user("made.by.staff@example.org")
    a_person("inactive@example.org", is_active=False)
    return ann, unproved, made_by_staff


def test_every_active_person_is_there_once_with_the_proved_address_or_none(everybody):
    ann, unproved, made_by_staff = everybody
    found = people().order_by("pk").values_list("pk", "address")
    assert list(found) == [(ann.pk, "ann@example.org"), (unproved.pk, None), (made_by_staff.pk, None)]


def test_where_mail_came_back_from_is_no_address_until_its_owner_says_it_works(ann):
    mark_undeliverable(ann.pk, "ANN@example.org", "550 5.1.1 No such user")
    mark_undeliverable(ann.pk, "ann@example.org", "again")
    found = people().values_list("address", "came_back")
    assert list(found) == [(None, True)]
    assert not recipients().exists()
    assert mark_working(ann) and not mark_working(ann)
    assert list(found.all()) == [("ann@example.org", False)]


def test_what_came_back_from_an_address_given_up_says_nothing_of_the_new_one(ann):
    ann.emailaddress_set.update(email="new@example.org")
    mark_undeliverable(ann.pk, "ann@example.org", "550 5.1.1 No such user")
    assert [person.address for person in recipients()] == ["new@example.org"]


def test_recipients_have_proved_their_address(everybody):
    assert [(person, person.address) for person in recipients()] == [(everybody[0], "ann@example.org")]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({}, ""),
        ({"first_name": "Ann"}, "Ann"),
        ({"last_name": "Archer"}, "Archer"),
        ({"first_name": "Ann", "last_name": "Archer"}, "Ann Archer"),
        ({"first_name": "Ann", "preferred_name": "Annie"}, "Annie"),
        ({"first_name": "Ann", "preferred_name": "  "}, "Ann"),
        ({"first_name": "أن 🦊"}, "أن 🦊"),
        ({"first_name": "a" * 150, "last_name": "b" * 150}, "a" * NAME_LENGTH),
        ({"preferred_name": "c" * 150}, "c" * NAME_LENGTH),
    ],
)
def test_people_are_called_what_they_want_to_be_called(db, names, shown):
    a_person(**names)
    assert people().get().display_name == shown


@pytest.mark.parametrize(
    ("choice", "applies", "amendment", "correction"),
    [
        (None, PolicyMail.AMENDMENTS, True, False),
        (PolicyMail.EVERY, PolicyMail.EVERY, True, True),
        (PolicyMail.AMENDMENTS, PolicyMail.AMENDMENTS, True, False),
        (PolicyMail.NONE, PolicyMail.NONE, False, False),
    ],
)
def test_who_wants_mail_about_policies_is_asked_of_the_same_query(ann, choice, applies, amendment, correction):
    if choice:
        choose_policy_mail(ann, choice)
    assert people().get().policy_mail == applies
    assert people().filter(wants(amendment=True)).exists() is amendment
    assert people().filter(wants(amendment=False)).exists() is correction


def test_all_of_it_comes_with_one_query(everybody, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = {(person.address, person.display_name, person.policy_mail) for person in people()}
    assert found == {("ann@example.org", "Ann Archer", "amendments"), (None, "", "amendments")}


def test_it_may_stand_in_an_insert(everybody):
    columns = people().values(who=F("pk"), to=F("address"), name=F("display_name"), skipped=~wants(amendment=False))
    sql, params = columns.query.get_compiler(connection=connection).as_sql()
    assert sql.count("SELECT") == 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO accounts_detailchange (person_id, field, old, new, at)
            SELECT who, 'staged', COALESCE("to", name), name, CURRENT_TIMESTAMP FROM ({sql}) AS fresh WHERE skipped""",
            params,
        )
    staged = DetailChange.objects.order_by("person_id").values_list("person_id", "old", "new")
    assert list(staged) == [(everybody[0].pk, "ann@example.org", "Ann Archer")] + [
        (person.pk, "", "") for person in everybody[1:]
    ]
