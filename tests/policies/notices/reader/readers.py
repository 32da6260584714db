"""Signed-in readers, what they were told of, and what is known of their reading."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from policies.notices.models import AmendmentNotice, Delivery, Engagement
from policies.versions.models import PolicyVersion
from tests.making.people import a_person

CHANGES = "/policies/privacy/changes/"


def signed_in(client, email: str = "ann@example.org") -> User:
    person = a_person(email, first_name="Ann", last_name="Archer")
    client.force_login(person)
    return person


def version(number: str, slug: str = "privacy") -> PolicyVersion:
    major, minor = number.split(".")
    return PolicyVersion.objects.get(slug=slug, major=major, minor=minor)


def saw(person: User, number: str, at: dt.datetime | None = None) -> None:
    facts = {"version": version(number), "kind": "seen", "at": at or timezone.now()}
    Engagement.objects.create(person=person, **facts)


def told(person: User, number: str, state: str = "sent", *, reason="", slug="privacy", kind="announced", held=False):
    """A delivery to the person as the workers leave it."""
    hour = dt.timedelta(hours=1)
    facts = {"state": "held" if held else "done", "held_until": timezone.now() + (hour if held else -hour)}
    found, _ = AmendmentNotice.objects.get_or_create(version=version(number, slug), kind=kind, defaults=facts)
    return Delivery.objects.create(
        notice=found, person=person, address=person.email, state=state, reason=reason, settled_at=timezone.now()
    )


def seen_by(person: User) -> list[str]:
    rows = Engagement.objects.filter(person=person, kind="seen").select_related("version").order_by("version__sequence")
    return [row.version.number for row in rows]
