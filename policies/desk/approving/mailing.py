"""Mails about approving: written in the transaction of what they are about, sent after it, tried again until it works.

A mail server that refuses or hangs up stops nobody's work and loses nothing: the rows are the truth.
"""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from accounts.values.organisation import organisation
from policies.desk.approving.models import StaffMail

logger = logging.getLogger(__name__)

TEMPLATES = "policies/desk/approving/mail"
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=2), dt.timedelta(hours=6)
LEASE = dt.timedelta(minutes=10)
GIVE_UP_AFTER = dt.timedelta(days=3)


def write_to(people: Iterable[User], kind: str, words: Mapping[str, object]) -> None:
    """Write a mail to each of these people; it is sent once the transaction is committed.

    Args:
        people: those without an address, or who cannot sign in, are left out.
        kind: the name of its templates.
        words: what the templates know besides the person.
    """
    for person in people:
        if person.is_active and person.email:
            write_to_address(person.email, kind, {**words, "person": person}, person=person)


def write_to_address(address: str, kind: str, words: Mapping[str, object], *, person: User | None = None) -> None:
    """Write one mail, to somebody with an account or without."""
    known = {**words, "base": settings.WAGTAILADMIN_BASE_URL, "site": organisation().name}
    subject = " ".join(render_to_string(f"{TEMPLATES}/{kind}_subject.txt", known).split())
    text = render_to_string(f"{TEMPLATES}/{kind}.txt", known).strip() + "\n"
    StaffMail.objects.create(person=person, address=address, subject=subject[:250], text=text)
    transaction.on_commit(send_staff_mails.enqueue)


@task(backend="work")
def send_staff_mails() -> None:
    """Send what waits. A task that is lost does no harm: housekeeping sends it, too."""
    send_waiting()


def waiting() -> QuerySet[StaffMail]:
    return StaffMail.objects.filter(settled_at=None, due_at__lte=timezone.now())


def send_waiting() -> Counter[str]:
    """Send what is due, each mail by itself and outside of any transaction.

    Returns:
        How many were “sent”, “failed” and are tried again, or were given “up”.
    """
    done: Counter[str] = Counter()
    for mail in list(waiting().order_by("pk")):
        if _claim(mail):
            done[_send(mail)] += 1
    return done


def _claim(mail: StaffMail) -> bool:
    """Take a mail for some minutes, so that nobody else sends it meanwhile, and it is tried again if we die."""
    mine = StaffMail.objects.filter(pk=mail.pk, settled_at=None, due_at=mail.due_at)
    return bool(mine.update(due_at=timezone.now() + LEASE, attempts=mail.attempts + 1))


def _send(mail: StaffMail) -> str:
    headers = {"Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(mail.subject, mail.text, organisation().from_line, [mail.address], headers=headers).send()
    except Exception as error:  # whatever a mail service's client raises
        return _put_off(mail, error)
    StaffMail.objects.filter(pk=mail.pk).update(settled_at=timezone.now(), text="", problem="")
    return "sent"


def _put_off(mail: StaffMail, error: Exception) -> str:
    """Try again later, each time after twice the time; after some days give up. An error may quote the address."""
    problem, now = type(error).__name__, timezone.now()
    logger.warning("a mail to staff could not be sent", extra={"mail": mail.pk, "error": problem})
    row = StaffMail.objects.filter(pk=mail.pk)
    if now - mail.made_at > GIVE_UP_AFTER:
        row.update(settled_at=now, text="", problem=problem)
        return "given up"
    row.update(due_at=now + min(FIRST_WAIT * 2**mail.attempts, LONGEST_WAIT), problem=problem)
    return "failed"
