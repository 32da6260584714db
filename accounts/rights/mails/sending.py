"""Sends the mails that are due, each by itself and outside of any transaction, and again until the server takes it."""

import datetime as dt
import logging
import smtplib
from collections import Counter
from typing import Final

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from wagtail.coreutils import get_dummy_request

from accounts.models import DeadAddress
from accounts.rights.due_dates import today
from accounts.rights.mails.links import address_of_person, case_url, confirm_url, page_url
from accounts.rights.models import DueMail, MailKind, RightsRequest, Side, State, What
from accounts.rights.moves import BY_MACHINE, write_down
from accounts.values.mail_waits import LEASE, wait_after
from accounts.values.return_marks import Marks

logger = logging.getLogger(__name__)

TEMPLATES: Final = "accounts/rights/email"
GIVE_UP_AFTER: Final = dt.timedelta(days=7)
REMINDERS: Final = frozenset({MailKind.DUE_IN_14, MailKind.DUE_IN_7, MailKind.DUE_IN_2})
NO_ADDRESS: Final = "There is no e-mail address"
CAME_BACK: Final = "Our e-mail to this address came back"
MARKS: Final = Marks("r")
REFUSED: Final = "The mail server does not take the address"


@task(backend="work")
def send_rights_mails() -> None:
    """Send what waits. A task that is lost does no harm: housekeeping sends it, too."""
    send_waiting()


def waiting() -> QuerySet[DueMail]:
    return DueMail.objects.filter(settled_at=None, due_at__lte=timezone.now())


def send_waiting() -> Counter[str]:
    """Send what is due.

    Returns:
        How many were “sent”, “failed” and are tried again, “refused” for good, or “given up”.
    """
    done: Counter[str] = Counter()
    for mail in list(waiting().order_by("pk")):
        if _claim(mail):
            done[_send(mail)] += 1
    return done


def _claim(mail: DueMail) -> bool:
    """Take a mail for some minutes, so that nobody else sends it meanwhile, and it is tried again if we die."""
    mine = DueMail.objects.filter(pk=mail.pk, settled_at=None, due_at=mail.due_at)
    return bool(mine.update(due_at=timezone.now() + LEASE, attempts=mail.attempts + 1))


def _send(mail: DueMail) -> str:
    """Make its words from what is so now, and hand it over."""
    fresh = DueMail.objects.select_related("request__person", "to").get(pk=mail.pk)
    address = address_of(fresh)
    if trouble := _trouble_with(fresh, address):
        return _refused(fresh, trouble)
    try:
        message_of(fresh, address).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        return _refused(fresh, REFUSED) if all(code >= 500 for code in codes) else _put_off(fresh, refusal)
    except Exception as error:  # whatever a mail service's client raises
        return _put_off(fresh, error)
    _settle(fresh)
    if fresh.side == Side.PERSON and not fresh.to_id:
        RightsRequest.objects.filter(pk=fresh.request_id).exclude(mail_problem="").update(mail_problem="")
    return "sent"


def address_of(mail: DueMail) -> str:
    """Return where a mail goes: to the account's address where there is an account."""
    if mail.to:
        return EmailAddress.objects.get_primary_email(mail.to) or mail.to.email
    return "" if mail.side == Side.STAFF else address_of_person(mail.request)


def _trouble_with(mail: DueMail, address: str) -> str:
    if not address:
        return NO_ADDRESS
    return CAME_BACK if DeadAddress.objects.filter(address__email__iexact=address).exists() else ""


def message_of(mail: DueMail, address: str) -> EmailMessage:
    """Return the mail: what it says is in its templates, and is the same whoever has which account."""
    request = mail.request
    by_staff = mail.side == Side.STAFF
    words: dict[str, object] = {
        "case": request,
        "user": mail.to or request.person,
        "days": (request.due_on - today()).days if request.due_on else None,
        "link_url": case_url(request) if by_staff else _link_of(mail),
    }
    prefix = f"{TEMPLATES}/{'staff_' if by_staff else ''}{_template_of(mail)}"
    # Templates learn who runs the site from a request; housekeeping has none.
    with context.request_context(context.request or get_dummy_request()):
        message: EmailMessage = get_adapter().render_mail(prefix, address, words)
    MARKS.put_on(message, mail.pk)
    message.metadata = {"rights_mail": str(mail.pk)}  # type: ignore[attr-defined]  # django-anymail gives it back
    return message


def _template_of(mail: DueMail) -> str:
    return "reminder" if mail.kind in REMINDERS else str(mail.kind)


def _link_of(mail: DueMail) -> str:
    if mail.kind == MailKind.CONFIRM and mail.request.state == State.UNCONFIRMED:
        return confirm_url(mail.request)
    return page_url(mail.request)


def _settle(mail: DueMail, problem: str = "") -> None:
    DueMail.objects.filter(pk=mail.pk).update(settled_at=timezone.now(), problem=problem)


def _refused(mail: DueMail, problem: str) -> str:
    """Give up at once, where another try would be refused like this one; staff see that the person does not hear us."""
    _settle(mail, problem)
    note_trouble(mail, problem)
    return "refused"


def note_trouble(mail: DueMail, problem: str) -> None:
    """Write down, once, that our mail does not reach the person; the request goes on."""
    if mail.side == Side.STAFF or mail.to_id or problem == NO_ADDRESS:
        return
    with transaction.atomic():
        if RightsRequest.objects.filter(pk=mail.request_id, mail_problem="").update(mail_problem=problem):
            write_down(mail.request, BY_MACHINE, What.MAIL_CAME_BACK, problem)


def _put_off(mail: DueMail, error: Exception) -> str:
    """Try again later, each time after twice the time; after a week give up. An error may quote the address."""
    problem, now = type(error).__name__, timezone.now()
    logger.warning("a mail about a request could not be sent", extra={"mail": mail.pk, "error": problem})
    if now - mail.made_at > GIVE_UP_AFTER:
        _settle(mail, problem)
        note_trouble(mail, problem)
        return "given up"
    DueMail.objects.filter(pk=mail.pk).update(due_at=now + wait_after(mail.attempts), problem=problem)
    return "failed"
