"""Reports of non-delivery about letters to single people: read in the mailbox of the notices, they find their row."""

from accounts.rights.mails import coming_back as requests
from accounts.rights.mails.sending import MARKS as OF_REQUESTS
from accounts.rights.mails.sending import address_of
from accounts.rights.models import DueMail
from home.contact import mails as enquiries
from home.contact.models import EnquiryStep
from policies.notices.bounces.reports import Report
from policies.notices.bounces.taking import Effect, add_taker


def register() -> None:
    """Have such reports taken. Called once, when the app starts."""
    add_taker("requests", about_a_request)
    add_taker("enquiries", about_an_enquiry)


def about_a_request(report: Report) -> Effect:
    """Write down at a request that the person does not hear of it."""
    pk = OF_REQUESTS.first_in((*report.addressed_to, *report.message_ids))
    mail = DueMail.objects.select_related("request__person", "to").filter(pk=pk or 0).first()
    if mail is None:
        return Effect.NOT_OURS
    address = address_of(mail)
    failure = report.failure_of([address])
    if failure is None:
        return Effect.NOTHING
    marked = requests.came_back(mail.pk, address, dead=failure.dead, words=failure.words)
    return Effect.MARKED if marked else Effect.NOTHING


def about_an_enquiry(report: Report) -> Effect:
    """Write down at an enquiry that our answer came back; staff see it, and it waits again."""
    pk = enquiries.MARKS.first_in((*report.addressed_to, *report.message_ids))
    step = EnquiryStep.objects.select_related("enquiry").filter(pk=pk or 0).first()
    if step is None:
        return Effect.NOT_OURS
    if report.failure_of([step.enquiry.address]) is None:
        return Effect.NOTHING
    return Effect.MARKED if enquiries.came_back(step.pk) else Effect.NOTHING
