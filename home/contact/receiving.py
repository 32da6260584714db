"""An enquiry comes in: written down, with its acknowledgement due, in one transaction."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from home.contact.mails import send_enquiry_mails
from home.contact.models import Enquiry, EnquiryStep, new_reference
from policies.versions.models import PolicyVersion


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody sent us. `form_key` is that of the form they were given."""

    about: str
    words: str
    address: str
    form_key: str
    name: str = ""
    version: PolicyVersion | None = None
    person: User | None = None


def receive(asked: Asked) -> Enquiry:
    """Write an enquiry down. The same form sent twice, at once or later, is one enquiry."""
    try:
        with transaction.atomic():
            return _write_down(asked)
    except IntegrityError:
        if known := Enquiry.objects.filter(form_key=asked.form_key).first():
            return known
        raise


def _write_down(asked: Asked) -> Enquiry:
    now = timezone.now()
    enquiry = Enquiry.objects.create(
        reference=new_reference(),
        form_key=asked.form_key,
        about=asked.about,
        version=asked.version,
        name=asked.name,
        address=asked.address,
        words=asked.words,
        person=asked.person,
        received_at=now,
        last_message_at=now,
    )
    enquiry.steps.create(what=EnquiryStep.What.ACKNOWLEDGED, mail=EnquiryStep.Mail.DUE, at=now, due_at=now)
    transaction.on_commit(send_enquiry_mails.enqueue)
    return enquiry
