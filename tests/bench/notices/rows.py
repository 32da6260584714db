"""What stands in the benchmark's databases: an announced amendment, and any number of people."""

from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from accounts.flows.recipients import recipients, wants
from accounts.models import User, triggers
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import NoticeSettings
from tests.making.notices import an_amendment
from tests.making.people import a_person
from tests.making.policies import a_draft, announce

SERIES = {
    "postgresql": "SELECT n FROM generate_series({first}, {last}) AS n",
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM s WHERE n < {last}) SELECT n FROM s",
}
TO_EMPTY = (
    "notices_delivery",
    "notices_engagement",
    "notices_noticeworker",
    "post_office_log",
    "post_office_email",
    "mailer_message",
    "mailer_messagelog",
)


def build() -> None:
    """Make the tables as a deployer does, one person, and a notice through the door that makes them."""
    call_command("migrate", verbosity=0)
    NoticeSettings.objects.update_or_create(defaults={"hold_minutes": 10_000})
    page = a_draft()
    announce(page)
    an_amendment(page)
    a_person("first@example.org", first_name="Pat", last_name="Reader")


def the_notice() -> AmendmentNotice:
    return AmendmentNotice.objects.get()


def make_people(count: int) -> None:
    """Make so many people as there is the first one, each with an address.

    Of a hundred, three have no proved address, and five have chosen to get nothing.
    """
    there = User.objects.count() - 1
    if there < count:
        _copy_the_first(there + 1, count)


def _copy_the_first(first: int, last: int) -> None:
    series = SERIES[connection.vendor].format(first=first, last=last)
    columns = ", ".join(f.column for f in User._meta.concrete_fields if f.column not in {"id", "email"})
    newest = User.objects.latest("pk").pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO accounts_user ({columns}, email) "
            f"SELECT {columns}, 'p' || n || '@d' || (n %% 100) || '.example.org' "
            f"FROM ({series}) AS numbers CROSS JOIN accounts_user WHERE email = 'first@example.org'",
            [],
        )
        cursor.execute(
            'INSERT INTO account_emailaddress (user_id, email, verified, "primary") '
            "SELECT id, email, id %% 100 NOT IN (1, 34, 67), true FROM accounts_user WHERE id > %s",
            [newest],
        )
        cursor.execute(
            "INSERT INTO accounts_mailpreference (person_id, policy_mail, changed_at) "
            "SELECT id, 'none', date_joined FROM accounts_user WHERE id > %s AND id %% 20 = 0",
            [newest],
        )
        cursor.execute("ANALYZE")


def empty() -> None:
    """Empty what sending and staging fill, and let what that costs not fall into the time of who comes next."""
    triggers.lift()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(TO_EMPTY)} CASCADE")
            cursor.execute("CHECKPOINT")
        else:
            for table in TO_EMPTY:
                cursor.execute(f"DELETE FROM {table}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    triggers.install()


def who_gets_mail(count: int) -> QuerySet[User]:
    """So many of the people who want mail and have a proved address."""
    wanting = recipients().filter(wants(amendment=True))
    last = wanting.order_by("pk").values_list("pk", flat=True)[count - 1]
    return wanting.filter(pk__lte=last)
