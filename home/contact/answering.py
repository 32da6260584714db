"""What is done about an enquiry: answered, given to somebody, noted on, closed, opened again."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from home.contact.mails import send_enquiry_mails
from home.contact.models import Enquiry, EnquiryStep

State, What, Mail = Enquiry.State, EnquiryStep.What, EnquiryStep.Mail


class AnsweredMeanwhile(Exception):
    """Somebody else did something with the enquiry since it was looked at; nothing was done."""


def reply(enquiry: Enquiry, words: str, *, by: User, seen: int) -> EnquiryStep:
    """Answer by e-mail, after the commit.

    Args:
        enquiry: what is answered.
        words: the answer, as the person reads it.
        by: who answers.
        seen: the number of the last step that they had before them.

    Raises:
        AnsweredMeanwhile: a colleague answered or closed it since then.
    """
    with transaction.atomic():
        locked = _locked(enquiry)
        if locked.steps.filter(pk__gt=seen, what__in=(What.REPLY, What.CLOSED, What.TURNED)).exists():
            raise AnsweredMeanwhile
        now = timezone.now()
        step = locked.steps.create(what=What.REPLY, words=words, by=by, mail=Mail.DUE, at=now, due_at=now)
        state = State.TURNED if locked.state == State.TURNED else State.ANSWERED
        Enquiry.objects.filter(pk=enquiry.pk).update(state=state, last_message_at=now)
        transaction.on_commit(send_enquiry_mails.enqueue)
    return step


def note(enquiry: Enquiry, words: str, *, by: User) -> EnquiryStep:
    """Write something down for colleagues. The person can read it in their download."""
    return enquiry.steps.create(what=What.NOTE, words=words, by=by)


def assign(enquiry: Enquiry, to: User | None, *, by: User) -> None:
    """Give an enquiry to somebody who answers enquiries, or to nobody."""
    with transaction.atomic():
        if _locked(enquiry).assigned_to != to:
            Enquiry.objects.filter(pk=enquiry.pk).update(assigned_to=to)
            enquiry.steps.create(what=What.ASSIGNED, words=to.get_full_name() if to else "nobody", by=by)


def close(enquiry: Enquiry, *, by: User) -> None:
    """Put an enquiry away, answered or not: an advertisement needs no answer."""
    _move(enquiry, State.CLOSED, What.CLOSED, by)


def open_again(enquiry: Enquiry, *, by: User) -> None:
    _move(enquiry, State.NEW, What.OPENED, by)


def _move(enquiry: Enquiry, state: Enquiry.State, what: EnquiryStep.What, by: User) -> None:
    with transaction.atomic():
        if _locked(enquiry).state not in (state, State.TURNED):
            Enquiry.objects.filter(pk=enquiry.pk).update(state=state)
            enquiry.steps.create(what=what, by=by)


def _locked(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_for_update().get(pk=enquiry.pk)
