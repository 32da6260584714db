"""The mails about closing an account: asked for, taken back, done. Each is remembered until it is sent."""

import datetime as dt
import logging

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.coreutils import get_dummy_request

from accounts.flows.links import BadLink
from accounts.models import ClosingRequest, User

logger = logging.getLogger(__name__)

# Two processes that send at once, and one that was killed while sending: the mail is taken up again after this.
TRIED_AGAIN_AFTER = dt.timedelta(minutes=10)
GIVEN_UP_AFTER = dt.timedelta(days=7)
SALT = "accounts.closing"


def take_back_token(closing: ClosingRequest) -> str:
    """Return the token of `/account/close/<token>/`. It is good as long as the closing can be taken back."""
    return Signer(salt=SALT).sign(str(closing.pk))


def read_take_back_token(token: str) -> int:
    """Return the number of the closing.

    Raises:
        BadLink: the token is not ours or is not whole.
    """
    try:
        return int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError) as error:
        raise BadLink from error


def address_of(person: User) -> str:
    return EmailAddress.objects.get_primary_email(person) or person.email


def send_due_mails(now: dt.datetime | None = None) -> None:
    """Send what could not be sent before. Call it outside of any transaction."""
    now = now or timezone.now()
    for pk in list(ClosingRequest.objects.untold().values_list("pk", flat=True)):
        try:
            send_mail_of(pk, now)
        except Exception as error:
            # One that cannot be sent at all stops no other. Of the error its kind only: some carry the address.
            logger.error("a mail about a closing failed: %s", type(error).__name__, extra={"closing": pk})


def send_mail_of(pk: int, now: dt.datetime | None = None) -> bool:
    """Send the mail of one closing, unless another process is at it, and forget the address it went to."""
    now = now or timezone.now()
    free = Q(mail_tried_at=None) | Q(mail_tried_at__lt=now - TRIED_AGAIN_AFTER)
    rows = ClosingRequest.objects.untold().filter(pk=pk)
    if not rows.filter(free).update(mail_tried_at=now):
        return False
    closing = ClosingRequest.objects.select_related("person").get(pk=pk)
    sent = send(closing)
    if sent or too_late(closing, now):
        rows.filter(mail_due=closing.mail_due).update(mail_due="", last_address="", mail_tried_at=None)
    return sent


def too_late(closing: ClosingRequest, now: dt.datetime) -> bool:
    return (closing.ended_at or closing.asked_at) < now - GIVEN_UP_AFTER


def send(closing: ClosingRequest) -> bool:
    """Send the mail that is due, and return whether the mail server took it."""
    person = closing.person
    address = address_of(person) if person else closing.last_address
    words: dict[str, object] = {"closing": closing, "user": person, "by_staff": closing.by_staff}
    if closing.is_open and not closing.opened_by_staff_only:
        words["take_back_url"] = settings.SITE_URL + reverse("accounts:take_back", args=[take_back_token(closing)])
    try:
        # Templates learn who runs the site from a request; housekeeping has none.
        with context.request_context(context.request or get_dummy_request()):
            get_adapter().send_mail(f"accounts/closing/email/{closing.mail_due}", address, words)
    except ImmediateHttpResponse:
        logger.warning("a mail about a closing was not sent and will be tried again", extra={"closing": closing.pk})
        return False
    return True
