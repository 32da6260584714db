"""The register of personal data: it knows every field of the site, and finds a person's rows and nobody else's."""

import datetime as dt
from dataclasses import replace

import pytest
from allauth.account.models import EmailAddress
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.template.loader import render_to_string
from django.test.utils import isolate_apps
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import DetailChange, SecurityEvent, User
from accounts.personal_data import checks
from accounts.personal_data.checks import missing, mistakes
from accounts.personal_data.register import (
    REGISTER,
    ByAddress,
    ByPerson,
    Column,
    Erasure,
    Kind,
    LawfulBasis,
    Register,
    Retention,
    due_rows,
    kind_of,
    kinds,
    kinds_by_order,
    rows_of,
    subject_of,
)
from accounts.personal_data.table import About, table
from accounts.values.wording import span_in_words
from tests.making.people import a_person

NOTES = Kind(
    key="notes",
    title="Notes",
    model="accounts.DetailChange",
    what="Notes about you.",
    why="To try the register.",
    basis=LawfulBasis.CONTRACT,
    retention=Retention("{span} after it was written", after=dt.timedelta(days=30), since="at"),
    columns=(Column("old", "What it says"),),
    free=("field", "new", "at"),
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
)


def of_site(**changes) -> Register:
    """A copy of the site's register in which one kind says something else."""
    register = REGISTER.copy()
    key = changes.pop("key", "changed-details")
    register.declared[key] = replace(register.declared[key], **changes)
    return register


def ids_of(register: Register) -> list[str]:
    return [found.id for found in mistakes(register)]


def test_every_field_of_every_model_is_registered_or_declared_free():
    assert run_checks(tags=[checks.TAG]) == []


@pytest.mark.django_db
def test_every_table_of_the_database_is_registered_or_declared_free():
    known = {kind.model_class._meta.db_table for kind in kinds()}
    known |= {model._meta.db_table for label in REGISTER.free if (model := checks.model_named(label))}
    childless = {"django_migrations", "home_homepage", "wagtailadmin_admin", "plum_forgetting"}
    tables = {name for name in connection.introspection.table_names() if "indexentry_fts" not in name}
    links_only = {"policies_policyindexpage", "wagtailcore_groupapprovaltask"}
    assert tables - known - childless - links_only == set()


def test_a_field_nobody_registered_fails_the_build_and_is_told_what_to_write(monkeypatch):
    field = models.CharField(max_length=20)
    field.set_attributes_from_name("shoe_size")
    monkeypatch.setattr(User._meta, "local_fields", [*User._meta.local_fields, field])
    with pytest.raises(CommandError) as failure:
        call_command("check", "--tag", checks.TAG)
    assert "does not know the field accounts.User.shoe_size" in str(failure.value)
    assert 'add Column("shoe_size", "what it is, in plain words") to the kind “account”' in str(failure.value)


def test_a_field_of_a_model_declared_free_fails_the_build_as_well():
    register = REGISTER.copy()
    free = register.free["wagtailcore.locale"]
    register.free["wagtailcore.locale"] = replace(free, fields=())
    from wagtail.models import Locale

    (found,) = missing(register, [Locale])
    assert "wagtailcore.Locale.language_code" in found.msg
    assert 'add "language_code" to declare_free("wagtailcore.Locale", …)' in found.hint


@isolate_apps("accounts")
def test_a_model_nobody_registered_fails_the_build_and_is_told_what_to_write():
    class Allergy(models.Model):
        person = models.ForeignKey("accounts.User", models.CASCADE)
        name = models.CharField(max_length=20)
        read_by = models.ManyToManyField("accounts.User", related_name="+")

        class Meta:
            app_label = "accounts"

    (found,) = missing(REGISTER, [Allergy])
    assert found.msg == "The register of personal data does not know the model accounts.Allergy."
    assert 'Kind(model="accounts.Allergy"' in found.hint
    assert 'declare_free("accounts.Allergy", "person", "name", why="…")' in found.hint
    (table_between,) = missing(REGISTER, [Allergy.read_by.through])
    assert "accounts.Allergy_read_by" in table_between.msg


def test_a_mistake_in_a_declaration_is_noticed():
    columns = REGISTER.declared["changed-details"].columns
    assert ids_of(of_site(columns=(*columns, Column("nothing", "No such field")))) == ["personal_data.E005"]
    assert ids_of(of_site(free=("old",))) == ["personal_data.E006"]
    assert ids_of(of_site(found_by=(ByPerson("person"), ByPerson("persons__user")))) == ["personal_data.E007"]
    assert ids_of(of_site(why=" ")) == ["personal_data.E008"]
    assert ids_of(of_site(columns=(Column("old", ""), *columns[2:]))) == ["personal_data.E009"]
    assert ids_of(of_site(columns=(Column("old", "Old", exported=False),))) == ["personal_data.E010"]
    assert ids_of(of_site(columns=(Column("old", "Old", erased_as=""),))) == ["personal_data.E011"]
    assert ids_of(of_site(retention=Retention("For some time"))) == ["personal_data.E016"]
    assert ids_of(of_site(retention=replace(NOTES.retention, since="then"))) == ["personal_data.E017"]
    assert ids_of(of_site(model="accounts.Nothing"))[-1] == "personal_data.E003"


def test_a_row_that_stays_may_not_lead_to_the_person_nor_go_with_them():
    assert ids_of(of_site(erasure=Erasure.KEEP, why_kept="It must be kept")) == ["personal_data.E014"]
    assert ids_of(of_site(key="security-events", why_kept="")) == ["personal_data.E012"]
    without_link = tuple(one for one in kind_of("security-events").columns if one.name != "person")
    assert ids_of(of_site(key="security-events", columns=without_link)) == ["personal_data.E015"]
    nothing_erased = tuple(replace(one, erased_as=Column.erased_as) for one in kind_of("security-events").columns)
    assert ids_of(of_site(key="security-events", columns=nothing_erased)) == [
        "personal_data.E013",
        "personal_data.E015",
    ]


def test_a_model_that_leads_to_people_cannot_be_declared_free():
    register = Register()
    register.declare_free("accounts.MailPreference", "person", "policy_mail", "changed_at", why="By mistake")
    (found,) = mistakes(register)
    assert "accounts.MailPreference is declared free of personal data, but “person” leads to a person" in found.msg
    assert 'found_by=(ByPerson("person"),)' in found.hint


def test_each_link_to_a_person_is_a_way_to_find_them():
    register = Register()
    register.add(NOTES)
    (found,) = mistakes(register)
    assert found.msg == "Nobody is found by “by” of accounts.DetailChange."


def test_a_kind_is_declared_once():
    register = Register()
    register.add(NOTES)
    register.add(NOTES)  # an app that is started twice
    with pytest.raises(ValueError, match="“notes” twice"):
        register.add(replace(NOTES, title="Other notes"))
    with pytest.raises(ValueError, match="twice"):
        REGISTER.copy().declare_free("wagtailcore.Locale", why="In other words")


@pytest.mark.django_db
def test_a_person_is_found_by_the_foreign_key_and_others_are_not():
    ada, bob = a_person("ada@example.org"), a_person("bob@example.org")
    theirs = SecurityEvent.objects.create(person=ada, kind="signed_in")
    SecurityEvent.objects.create(person=bob, kind="signed_in")
    SecurityEvent.objects.create(kind="password_refused")
    assert list(rows_of(kind_of("security-events"), subject_of(ada))) == [theirs]


@pytest.mark.django_db
def test_a_person_is_found_by_a_confirmed_address_in_capitals_or_not_but_never_by_one_not_confirmed():
    ada = a_person("ada@example.org")
    EmailAddress.objects.create(user=ada, email="victim@example.org", verified=False, primary=False)
    for label in ("ADA@Example.org", "victim@example.org", "ada@example.org.uk"):
        ModelLogEntry.objects.create(label=label, action="wagtail.edit", timestamp=timezone.now(), object_id="0")
    kind = replace(NOTES, model="wagtailcore.ModelLogEntry", found_by=(ByAddress("label"),))
    assert [row.label for row in rows_of(kind, subject_of(ada))] == ["ADA@Example.org"]


@pytest.mark.django_db
def test_nobody_is_found_where_there_is_no_way_to():
    ada = a_person("ada@example.org")
    assert not rows_of(kind_of("background-work"), subject_of(ada)).exists()
    EmailAddress.objects.all().delete()
    ModelLogEntry.objects.create(label="None", action="wagtail.edit", timestamp=timezone.now(), object_id="0")
    kind = replace(NOTES, model="wagtailcore.ModelLogEntry", found_by=(ByAddress("label"),))
    assert not rows_of(kind, subject_of(ada)).exists()


@pytest.mark.django_db
def test_who_changed_somebodys_details_finds_that_without_the_details():
    ada, edith = a_person("ada@example.org"), a_person("edith@example.org")
    hers = DetailChange.objects.create(person=ada, field="phone", old="1", new="2", by=edith)
    DetailChange.objects.create(person=ada, field="phone", old="0", new="1", by=None)
    DetailChange.objects.create(person=edith, field="phone", old="3", new="4", by=edith)
    kind = kind_of("details-changed-for-others")
    assert list(rows_of(kind, subject_of(edith))) == [hers]
    assert [column.name for column in kind.exported] == ["field", "at", "by"]
    assert rows_of(kind_of("changed-details"), subject_of(ada)).count() == 2


@pytest.mark.django_db
def test_who_changed_a_detail_is_told_without_a_name():
    ada, edith = a_person("ada@example.org"), a_person("edith@example.org")
    kind = kind_of("changed-details")
    by = next(column for column in kind.columns if column.name == "by")
    told = [by.value(DetailChange(person=ada, by=who), subject_of(ada)) for who in (ada, edith, None)]
    assert told == ["you", "our staff", "unknown"]


@pytest.mark.django_db
def test_the_sessions_of_a_person_are_found_and_nobody_elses(client, verified):
    from django.test import Client

    from tests.making.people import sign_in

    ada, bob = a_person("ada@example.org"), a_person("bob@example.org")
    mine, other = Client(), Client()
    for browser, person in ((mine, ada), (other, bob)):
        sign_in(browser, person.email)
        browser.get("/account/")
    found = rows_of(kind_of("sessions"), subject_of(ada))
    assert [row.pk for row in found] == [mine.session.session_key]


@pytest.mark.django_db
def test_what_is_past_its_time_is_known_by_the_setting(settings):
    settings.SECURITY_EVENTS_KEPT = dt.timedelta(days=14)
    now = timezone.now()
    old = SecurityEvent.objects.create(kind="signed_in", at=now - dt.timedelta(days=15))
    SecurityEvent.objects.create(kind="signed_in", at=now - dt.timedelta(days=13))
    kind = kind_of("security-events")
    assert list(due_rows(kind, now)) == [old]
    assert kind.retention.words == "2 weeks after it happened"
    assert due_rows(kind_of("account"), now) is None


@pytest.mark.django_db
def test_every_retention_and_every_way_of_finding_can_be_asked_of_the_database():
    subject = subject_of(a_person("ada@example.org"))
    for kind in kinds():
        assert rows_of(kind, subject).count() >= 0
        due = due_rows(kind, timezone.now())
        assert due is None or due.count() == 0


def test_the_account_is_erased_last():
    assert kinds_by_order()[-1].key == "account"


def test_the_table_says_in_plain_words_what_is_held():
    rows = {row.key: row for row in table(About.PEOPLE)}
    assert rows["security-events"].kept == "one year after it happened"
    assert rows["security-events"].basis == "Our legitimate interests"
    assert rows["account"].erased == "Deleted."
    assert ("Your password", rows["account"].left_out[0][1]) == rows["account"].left_out[0]
    assert "comments" not in rows
    assert "comments" in {row.key for row in table(About.STAFF)}
    assert len(table()) == len(table(About.PEOPLE)) + len(table(About.STAFF)) == len(kinds())


def test_the_table_has_a_row_for_each_kind_and_names_each_cell_for_narrow_screens():
    rows = table(About.PEOPLE)
    html = render_to_string("accounts/personal_data/register.html", {"rows": rows, "caption": "What we hold about you"})
    assert html.count('<th scope="row">') == len(rows)
    assert html.count('data-label="How long"') == len(rows)
    assert "One year after it happened." in html
    assert ".." not in html


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (dt.timedelta(days=365), "one year"),
        (dt.timedelta(days=730), "2 years"),
        (dt.timedelta(days=14), "2 weeks"),
        (dt.timedelta(days=30), "30 days"),
        (dt.timedelta(hours=12), "12 hours"),
        (dt.timedelta(minutes=90), "90 minutes"),
    ],
)
def test_a_time_is_said_in_its_largest_whole_unit(span, words):
    assert span_in_words(span) == words
