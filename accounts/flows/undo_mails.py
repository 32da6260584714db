"""The mail to the old address after a change, with the link that undoes it: remembered until it is sent."""

import datetime as dt
import logging

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.coreutils import get_dummy_request

from accounts.flows.undoing import LASTS
from accounts.models import DetailChange, User

logger = logging.getLogger(__name__)

TEMPLATE = "account/email/email_changed"
# It is sent right after the commit. What was not, or whose process was killed, is taken up after this time.
TRIED_AGAIN_AFTER = dt.timedelta(minutes=10)


def remember_mail(change: DetailChange) -> None:
    """Have it sent later if it is not sent at once. Called in the transaction of the change."""
    DetailChange.objects.filter(pk=change.pk).update(mail_due_at=timezone.now() + TRIED_AGAIN_AFTER)


def mail_was_sent(person: User, old: str) -> None:
    """Forget the mail about the person's changes away from an address."""
    DetailChange.objects.filter(person=person, field="email", old=old).update(mail_due_at=None)


def due_mails(now: dt.datetime | None = None) -> QuerySet[DetailChange]:
    return DetailChange.objects.filter(mail_due_at__lte=now or timezone.now())


def send_due_undo_mails(now: dt.datetime | None = None) -> tuple[int, int]:
    """Send what could not be sent before, as long as the link in it is good. Call it outside of any transaction.

    Returns:
        How many were sent, and how many could not be; those are tried again later.
    """
    now = now or timezone.now()
    due_mails(now).filter(at__lte=now - LASTS).update(mail_due_at=None)
    due_mails(now).exclude(undone_at=None).update(mail_due_at=None)
    results = [_send(change, now) for change in due_mails(now).select_related("person").order_by("pk")]
    return results.count(True), results.count(False)


def _send(change: DetailChange, now: dt.datetime) -> bool | None:
    """Send one, unless another process is at it; return whether it was sent."""
    if not due_mails(now).filter(pk=change.pk).update(mail_due_at=now + TRIED_AGAIN_AFTER):
        return None
    words = {
        "from_email": change.old,
        "to_email": change.new,
        "timestamp": change.at,
        "device": gettext("we do not know any more"),
    }
    try:
        # Templates learn who runs the site from a request; housekeeping has none.
        with context.request_context(context.request or get_dummy_request()):
            get_adapter().send_notification_mail(TEMPLATE, change.person, words, email=change.old)
    except Exception as error:
        # One that cannot be sent at all stops no other. Of the error its kind only: some carry the address.
        logger.error("a mail about a changed address failed: %s", type(error).__name__, extra={"change": change.pk})
    return not DetailChange.objects.exclude(mail_due_at=None).filter(pk=change.pk).exists()
