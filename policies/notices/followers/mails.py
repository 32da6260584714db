"""The mails that answer the form: sent by the queue, tried again until the mail server takes them.

Whether an address is known shows neither on the page nor in how long it takes.
"""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from accounts.values.mail_waits import LEASE, wait_after
from policies.notices.followers.links import CONFIRMING, LEAVING
from policies.notices.letter.identity import sender
from policies.notices.models.followers import CONFIRM_WITHIN, Follower

logger = logging.getLogger(__name__)


@task(backend="work")
def answer_followers() -> None:
    """Send what waits. A task that is lost does no harm: housekeeping sends it, too."""
    send_waiting()


def send_waiting() -> int:
    """Send the answers that are due, each by itself and outside of any transaction; return how many failed."""
    waiting = Follower.objects.with_mail_due().select_related("page").order_by("pk")
    return sum(not _send(follower) for follower in list(waiting) if _claim(follower))


def _claim(follower: Follower) -> bool:
    """Take it for some minutes, so that nobody else sends it meanwhile, and it is tried again if we die."""
    mine = Follower.objects.filter(pk=follower.pk, mail_due_at=follower.mail_due_at)
    follower.mail_due_at = timezone.now() + LEASE
    return bool(mine.update(mail_due_at=follower.mail_due_at, mail_attempts=follower.mail_attempts + 1))


def _send(follower: Follower) -> bool:
    still_ours = Follower.objects.filter(pk=follower.pk, mail_due_at=follower.mail_due_at)
    try:
        message_to(follower).send()
    except Exception as error:  # whatever a mail service's client raises
        given_up = timezone.now() - follower.asked_at > CONFIRM_WITHIN
        again = timezone.now() + wait_after(follower.mail_attempts)
        still_ours.update(mail_due_at=None if given_up else again)
        known = {"follower": follower.pk, "error": type(error).__name__}
        logger.warning("a mail to a follower could not be sent", extra=known)
        return False
    still_ours.update(mail_due_at=None)
    return True


def message_to(follower: Follower) -> EmailMessage:
    """Return the mail with the link that confirms; who follows already gets the one that leaves."""
    kind = "known" if follower.is_confirmed else "confirm"
    organisation = sender()
    known = {
        "follower": follower,
        "organisation": organisation,
        "confirm_url": CONFIRMING.url(follower.pk),
        "leave_url": LEAVING.url(follower.pk),
    }
    subject = " ".join(render_to_string(f"notices/followers/{kind}_subject.txt", known).split())
    text = render_to_string(f"notices/followers/{kind}_message.txt", known).strip() + "\n"
    mark = f"{follower.pk}-{int(follower.asked_at.timestamp())}"
    headers = {
        "Message-ID": f"<follow-{mark}@{settings.ORGANISATION_DOMAIN}>",
        "Auto-Submitted": "auto-replied",
    }
    answer_to = [organisation.email] if organisation.email else []
    return EmailMessage(subject, text, None, [follower.address], headers=headers, reply_to=answer_to)
