"""The mails about enquiries: written in the transaction of their cause, sent after it, tried again by a chore."""

import datetime as dt
import logging
from collections import Counter
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from accounts.values.mail_waits import LEASE, wait_after
from accounts.values.organisation import organisation as known_organisation
from accounts.values.return_marks import Marks
from home.contact.models import Enquiry, EnquiryStep, steps_to_send

logger = logging.getLogger(__name__)

GIVE_UP_AFTER: Final = dt.timedelta(days=3)
TEMPLATES: Final = "home/contact/mails"
MARKS: Final = Marks("e")
# RFC 3834: no machine answers an acknowledgement. A reply is written by a person.
AUTOMATIC: Final = {EnquiryStep.What.ACKNOWLEDGED: {"Auto-Submitted": "auto-replied"}}


@task(backend="work")
def send_enquiry_mails() -> None:
    """Send what waits. A task that is lost does no harm: housekeeping sends it, too."""
    send_waiting()


def send_waiting() -> Counter[str]:
    """Send what is due, each mail by itself and outside of any transaction.

    Returns:
        How many were “sent”, “failed” and are tried again, or were “given up”.
    """
    done: Counter[str] = Counter()
    for step in list(steps_to_send().select_related("enquiry__version").order_by("pk")):
        if _claim(step):
            done[_send(step)] += 1
    return done


def _claim(step: EnquiryStep) -> bool:
    """Take a mail for some minutes, so that nobody else sends it meanwhile, and it is tried again if we die."""
    mine = EnquiryStep.objects.filter(pk=step.pk, mail=EnquiryStep.Mail.DUE, due_at=step.due_at)
    return bool(mine.update(due_at=timezone.now() + LEASE, attempts=step.attempts + 1))


def _send(step: EnquiryStep) -> str:
    try:
        message_of(step).send()
    except Exception as error:  # whatever a mail service's client raises
        return _put_off(step, error)
    EnquiryStep.objects.filter(pk=step.pk).update(mail=EnquiryStep.Mail.SENT, due_at=None)
    return "sent"


def message_of(step: EnquiryStep) -> EmailMessage:
    """Return the mail of a step. Answers to it go to the organisation's own address, if it has one."""
    enquiry, organisation = step.enquiry, known_organisation()
    known = {"enquiry": enquiry, "step": step, "organisation": organisation, "site_url": settings.SITE_URL}
    kind = EnquiryStep.What(step.what).value
    subject = " ".join(render_to_string(f"{TEMPLATES}/{kind}_subject.txt", known).split())
    text = render_to_string(f"{TEMPLATES}/{kind}_message.txt", known).strip() + "\n"
    answer_to = [organisation.email] if organisation.email else []
    headers = dict(AUTOMATIC.get(EnquiryStep.What(step.what), {}))
    message = EmailMessage(
        subject, text, organisation.from_line, [enquiry.address], headers=headers, reply_to=answer_to
    )
    # Tried again after a connection that broke, it is the same mail to whoever got it before.
    MARKS.put_on(message, step.pk)
    return message


def came_back(pk: int) -> bool:
    """Write down that a mail about an enquiry came back, and open the enquiry again: nobody was answered.

    Args:
        pk: of the step.

    Returns:
        Whether that was news.
    """
    with transaction.atomic():
        step = EnquiryStep.objects.select_for_update(of=("self",)).filter(pk=pk, mail=EnquiryStep.Mail.SENT).first()
        if step is None:
            return False
        EnquiryStep.objects.filter(pk=pk).update(mail=EnquiryStep.Mail.CAME_BACK)
        if step.what == EnquiryStep.What.REPLY:
            answered = Enquiry.objects.filter(pk=step.enquiry_id, state=Enquiry.State.ANSWERED)
            answered.update(state=Enquiry.State.NEW)
    return True


def _put_off(step: EnquiryStep, error: Exception) -> str:
    """Try again later, each time after twice the time; after some days give up. An error may quote the address."""
    now = timezone.now()
    row = EnquiryStep.objects.filter(pk=step.pk)
    logger.warning("a mail about an enquiry could not be sent", extra={"step": step.pk, "error": type(error).__name__})
    if now - step.at > GIVE_UP_AFTER:
        row.update(mail=EnquiryStep.Mail.GIVEN_UP, due_at=None)
        return "given up"
    row.update(due_at=now + wait_after(step.attempts))
    return "failed"


def unsent(enquiry: Enquiry) -> list[EnquiryStep]:
    """Return the mails that were tried in vain, or came back. One that was not tried yet is only on its way."""
    late = (EnquiryStep.Mail.DUE, EnquiryStep.Mail.GIVEN_UP, EnquiryStep.Mail.CAME_BACK)
    return [step for step in enquiry.steps.all() if step.mail in late and step.attempts]
