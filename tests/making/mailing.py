"""Notices on their way through a mail server of a test."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User
from policies.notices.models import AmendmentNotice, Delivery, Engagement
from policies.notices.sending.counting import Tally
from policies.notices.sending.loop import send
from tests.making.notices import a_sending_notice
from tests.making.people import a_person
from tests.policies.notices.servers import Server

SMTP = "django.core.mail.backends.smtp.EmailBackend"
NOTHING = dt.timedelta(0)


def address(number: int) -> str:
    return f"p{number}@example.org"


def a_notice_to(privacy, how_many: int, **fields) -> AmendmentNotice:
    """A notice that is being sent to p0@example.org, p1@example.org …"""
    for number in range(how_many):
        a_person(address(number))
    return a_sending_notice(privacy, **fields)


def many_people(how_many: int) -> None:
    """p0@example.org, p1@example.org …, made quickly; they cannot sign in."""
    people = [User(email=address(number), password="!") for number in range(how_many)]
    User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, primary=True, verified=True) for person in people
    )


def delivery_to(number: int) -> Delivery:
    return Delivery.objects.get(address=address(number))


def everybody(how_many: int) -> list[str]:
    """p0@example.org, p1@example.org …, sorted."""
    return sorted(address(number) for number in range(how_many))


def told() -> list[str]:
    """Who is recorded as told, sorted."""
    return sorted(Engagement.objects.filter(kind="notified").values_list("person__email", flat=True))


def drain() -> Tally:
    """Send all that becomes due within half a minute."""
    return send(during=dt.timedelta(seconds=30))


def results(notice: AmendmentNotice) -> Counter[str]:
    """How many deliveries to people with an address are in which state for which reason."""
    rows = Delivery.objects.filter(notice=notice).exclude(address="").values_list("state", "reason")
    return Counter(f"{state} {reason}".strip() for state, reason in rows)


@dataclass
class Mailing:
    """How a test sends: through which server, and with how much patience."""

    settings: Any

    def through(self, server: Server, **changes: Any) -> None:
        where = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": server.host, "EMAIL_PORT": server.port}
        self.settings.NOTICES_EMAIL = where | changes

    def impatient(self) -> None:
        """Wait half a second for an answer."""
        self.settings.NOTICES_TIMEOUT = dt.timedelta(seconds=0.5)

    def try_again_at_once(self) -> None:
        self.settings.NOTICES_RETRY_AFTER = NOTHING
