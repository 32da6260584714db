"""Who sends: each takes its mails from its own queue in the database and leaves them marked as sent.

Filling the queues is not measured, nor is what the peers render then; we fill our mail in while sending.
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

from policies.models import Delivery
from policies.models.notices import DeliveryState, NoticeState
from policies.notices.composing import compose
from policies.notices.outbox import Claimed
from policies.notices.posting import Stationery
from policies.notices.sending import send
from policies.notices.staging import insert_select, recipient_values

from .letters import letter_of
from .raw import send_bytes
from .rows import empty, the_notice, writable_people

CHUNK = 1000
_written: list = []


def prepare(contender: str, mails: int) -> None:
    """Fill the queue of a contender with so many mails, all others empty."""
    empty()
    notice = the_notice()
    notice.message, notice.state, notice.recipients = compose(notice).to_json(), NoticeState.SENDING, mails
    notice.sent = notice.failed = notice.unreachable = notice.skipped = 0
    notice.staged_at = timezone.now()
    notice.save()
    people = writable_people(mails)
    assert insert_select(Delivery, people, recipient_values(notice), unique=("notice", "person")) == mails
    if fill := FILL.get(contender):
        fill()


def how_many_were_sent(contender: str) -> int:
    return SENT.get(contender, _deliveries_sent)()


def _deliveries_sent() -> int:
    return Delivery.objects.filter(state=DeliveryState.SENT).count()


def _waiting() -> QuerySet:
    rows = Delivery.objects.filter(state=DeliveryState.PENDING).order_by("pk")
    return rows.values_list("pk", "person_id", "address", "name")


def _mark(pk: int) -> None:
    Delivery.objects.filter(pk=pk).update(state=DeliveryState.SENT, settled_at=timezone.now())


def ours(mails: int, connections: int) -> int:
    """policies.notices.sending, as a worker runs it: real commits, and people recorded as told."""
    settings.NOTICES_CONNECTIONS = connections
    return send(during=None, notice=the_notice()).sent


def write_all() -> None:
    notice = the_notice()
    stationery = Stationery(notice)
    _written[:] = [
        stationery.envelope(Claimed(pk, notice.pk, person, address, name, 0, 0, None))[0]
        for pk, person, address, name in _waiting()
    ]


def raw(mails: int, connections: int) -> int:
    """No database and nothing to be written: bytes."""
    return send_bytes(_written, settings.EMAIL_PORT, connections)


def django(mails: int) -> int:
    """EmailMultiAlternatives over one reused connection; each marked in its row before the next."""
    letter, sent = letter_of(the_notice()), 0
    with get_connection() as backend:
        for pk, *person in _waiting():
            sent += backend.send_messages([letter.to(*person)])
            _mark(pk)
    return sent


def django_at_once(mails: int) -> int:
    """The same, all handed over in one call and marked when it is over: whoever dies on the way repeats all."""
    letter = letter_of(the_notice())
    sent = get_connection().send_messages([letter.to(*person) for _, *person in _waiting()])
    _waiting().update(state=DeliveryState.SENT, settled_at=timezone.now())
    return sent


def naive(mails: int) -> int:
    """send_mail for each, which connects anew; each marked."""
    letter, sent = letter_of(the_notice()), 0
    for pk, *person in _waiting():
        mail = letter.to(*person)
        sent += send_mail(mail.subject, mail.body, mail.from_email, mail.to, html_message=mail.alternatives[0].content)
        _mark(pk)
    return sent


def post_office(mails: int, processes: int, threads: int) -> int:
    """django-post_office's own loop; marks a thousand at once, after they were sent."""
    settings.POST_OFFICE["THREADS_PER_PROCESS"] = threads
    send_queued_mail_until_done(processes=processes)
    return Email.objects.filter(status=STATUS.sent).count()


def queue_post_office() -> None:
    letter = letter_of(the_notice())
    emails = []
    for _, *person in _waiting():
        mail = letter.to(*person)
        emails.append(
            Email(
                from_email=mail.from_email, to=mail.to, subject=mail.subject, message=mail.body,
                html_message=mail.alternatives[0].content, headers=mail.extra_headers,
                priority=PRIORITY.medium, status=STATUS.queued,
            )
        )  # fmt: skip
    Email.objects.bulk_create(emails, CHUNK)


def mailer(mails: int) -> int:
    """django-mailer's own loop; a transaction for each mail, its row deleted and a log row written."""
    send_all()
    return MessageLog.objects.count()


def queue_mailer() -> None:
    letter = letter_of(the_notice())
    messages = [Message(priority=PRIORITY_MEDIUM) for _ in range(Delivery.objects.count())]
    for message, (_, *person) in zip(messages, _waiting(), strict=True):
        message.email = letter.to(*person)
    Message.objects.bulk_create(messages, CHUNK)


FILL: dict[str, Callable[[], None]] = {"raw": write_all, "post_office": queue_post_office, "mailer": queue_mailer}
SEND: dict[str, Callable[..., int]] = {
    "ours": ours,
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
