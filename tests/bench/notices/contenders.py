"""Who sends: each takes its mails from its own queue in the database and leaves them marked as sent.

Filling the queues is not measured, nor is what the peers render then; ours is filled in for each person while sending.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.db.models import QuerySet
from django.utils import timezone
from mailer.engine import send_all
from mailer.models import PRIORITY_MEDIUM, Message, MessageLog
from post_office.mail import send_queued_mail_until_done
from post_office.models import PRIORITY, STATUS, Email

from accounts.models import triggers
from accounts.personal_data.forgetting import forgetting
from policies.notices.letter.composing import compose
from policies.notices.models import Delivery
from policies.notices.models.notices import DeliveryState, NoticeState
from policies.notices.sending.envelopes import Envelope
from policies.notices.sending.loop import send
from policies.notices.sending.outbox import Claimed
from policies.notices.sending.staging import insert_select, recipient_values
from policies.notices.sending.stationery import Stationery
from tests.bench.notices.letters import letter_of
from tests.bench.notices.raw import send_bytes
from tests.bench.notices.rows import empty, the_notice, who_gets_mail

CHUNK = 1000
_written: list[Envelope] = []


def prepare(contender: str, mails: int) -> None:
    """Stage so many deliveries; for a contender with a queue of its own, fill it with their mails."""
    empty()
    notice = the_notice()
    notice.message, notice.staged_at, notice.state = compose(notice).to_json(), timezone.now(), NoticeState.SENDING
    notice.recipients, notice.sent = mails, 0
    with forgetting():
        notice.save()
    people = who_gets_mail(mails)
    assert insert_select(Delivery, people, recipient_values(notice), unique=("notice", "person")) == mails
    if fill := FILL.get(contender):
        fill()
    if contender == "ours unguarded":
        triggers.lift()


def ours(connections: int) -> None:
    """policies.notices.sending as a worker runs it, with all it does: real commits, who was told, the notice's end."""
    settings.NOTICES_CONNECTIONS = connections
    send(during=None, notice=the_notice())


def write_all() -> None:
    notice = the_notice()
    stationery = Stationery(notice)
    _written[:] = [
        stationery.envelope(Claimed(pk, notice.pk, person, address, name, 0, 0, None))[0]
        for pk, person, address, name in _waiting()
    ]


def raw(connections: int) -> None:
    """The limit: no database, mails that are bytes already, pipelined."""
    send_bytes(_written, settings.EMAIL_PORT, connections)


def django() -> None:
    """EmailMultiAlternatives over one connection that is reused; each is marked in its row before the next leaves."""
    letter = letter_of(the_notice())
    with get_connection() as backend:
        for pk, *person in _waiting():
            backend.send_messages([letter.to(*person)])
            _mark(pk)


def django_at_once() -> None:
    """The same, handed over in one call and marked when it is over: whoever dies on the way repeats all of it."""
    letter = letter_of(the_notice())
    get_connection().send_messages([letter.to(*person) for _, *person in _waiting()])
    _waiting().update(state=DeliveryState.SENT, settled_at=timezone.now())


def naive() -> None:
    """send_mail for each, which connects anew each time; each is marked in its row. It knows no headers of our own."""
    letter = letter_of(the_notice())
    for pk, *person in _waiting():
        mail = letter.to(*person)
        send_mail(mail.subject, mail.body, mail.from_email, mail.to, html_message=mail.alternatives[0].content)
        _mark(pk)


def post_office(processes: int, threads: int) -> None:
    """django-post_office's own loop, a connection for each thread; it marks a thousand at once, after they left."""
    settings.POST_OFFICE["THREADS_PER_PROCESS"] = threads
    send_queued_mail_until_done(processes=processes)


def queue_post_office() -> None:
    letter, emails = letter_of(the_notice()), []
    for _, *person in _waiting():
        mail = letter.to(*person)
        email = Email(from_email=mail.from_email, to=mail.to, subject=mail.subject, message=mail.body)
        email.html_message, email.headers = mail.alternatives[0].content, mail.extra_headers
        email.priority, email.status = PRIORITY.medium, STATUS.queued
        emails.append(email)
    Email.objects.bulk_create(emails, CHUNK)


def mailer() -> None:
    """django-mailer's own loop, one connection; for each mail a transaction that deletes its row and writes a log."""
    send_all()


def queue_mailer() -> None:
    letter, messages = letter_of(the_notice()), []
    for _, *person in _waiting():
        messages.append(Message(priority=PRIORITY_MEDIUM))
        messages[-1].email = letter.to(*person)
    Message.objects.bulk_create(messages, CHUNK)


def _waiting() -> QuerySet:
    rows = Delivery.objects.filter(state=DeliveryState.PENDING).order_by("pk")
    return rows.values_list("pk", "person_id", "address", "name")


def _mark(pk: int) -> None:
    Delivery.objects.filter(pk=pk).update(state=DeliveryState.SENT, settled_at=timezone.now())


def how_many_were_sent(contender: str) -> int:
    return SENT.get(contender, Delivery.objects.filter(state=DeliveryState.SENT).count)()


FILL: dict[str, Callable[[], None]] = {"raw": write_all, "post_office": queue_post_office, "mailer": queue_mailer}
SEND: dict[str, Callable[..., None]] = {
    "ours": ours,
    "ours unguarded": ours,
    "raw": raw,
    "django": django,
    "django at once": django_at_once,
    "naive": naive,
    "post_office": post_office,
    "mailer": mailer,
}
SENT: dict[str, Callable[[], int]] = {
    "raw": lambda: len(_written),
    "post_office": Email.objects.filter(status=STATUS.sent).count,
    "mailer": MessageLog.objects.count,
}
