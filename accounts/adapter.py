"""What allauth asks this site: the steps of a sign-in, who must also prove their mailbox, and how mail is sent."""

import logging
from collections.abc import Callable
from typing import ClassVar
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress, Login
from allauth.account.models import EmailConfirmationMixin as Confirmation
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_otp import user_has_device

from accounts.flows import undo_mails
from accounts.flows.origins import origin_of, rough_device
from accounts.flows.security_events import record_event
from accounts.flows.undoing import undo_link
from accounts.flows.unsubscribe_links import masked
from accounts.models import SecurityEvent, User
from accounts.second_factor.guard import may_enter_cms
from accounts.values.organisation import organisation

logger = logging.getLogger(__name__)

# Where a request keeps the mails that wait for the commit.
HELD = "accounts_held_mails"

Context = dict[str, object]


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, object]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right. Check both and try again."),
        "enter_current_password": _("This is not your current password. Try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "incorrect_code": _("This code is not right. Check the newest e-mail from us and try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again or reset your password."),
        "duplicate_email": _("This is already your e-mail address."),
        "rate_limited": _("Too many tries. Wait a few minutes and try again."),
    }

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "accounts.second_factor.stage.SecondFactorStage"]

    def is_login_by_code_required(self, login: Login) -> bool:
        """Ask editors without a second factor for a mailed code, too: a stolen password must not enrol one."""
        if login.user and may_enter_cms(login.user) and not user_has_device(login.user):
            records = get_authentication_records(self.request, login.user)
            return not (records and records[-1]["method"] == "code")
        return super().is_login_by_code_required(login)

    def is_safe_url(self, url: str | None) -> bool:
        """Lead on to whole addresses only: a mere word would be looked up as the name of a view.

        What urllib cannot take apart, such as half an IPv6 address, is no address.
        """
        url = url or ""
        try:
            is_whole = url.startswith(("/", "http://", "https://")) and not url.startswith("//")
            return is_whole and super().is_safe_url(url)
        except ValueError:
            return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: object) -> str:
        """Count failed tries per address only: allauth also counts per `Host`, which an attacker can vary."""
        return str(credentials.get("email", "")).lower()

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address in one transaction, unless it was dropped meanwhile. The mails go out after the commit."""
        held: list[Callable[[], None]] = []
        with transaction.atomic():
            User.objects.select_for_update().filter(pk=email_address.user_id).first()
            if not EmailAddress.objects.filter(pk=email_address.pk, verified=False).exists():
                return False
            setattr(request, HELD, held)
            try:
                confirmed = super().confirm_email(request, email_address)
            finally:
                delattr(request, HELD)
        for send in held:
            send()
        return confirmed

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:security")

    def get_from_email(self) -> str:
        return organisation().from_line

    def render_mail(
        self, template_prefix: str, email: str, context: Context, headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """Say where the site is, and that a machine writes, so that no out-of-office reply comes back (RFC 3834)."""
        known = {"site_url": settings.SITE_URL, "organisation": organisation()}
        context = known | {name: at_our_site(name, value) for name, value in context.items()}
        headers = {"Auto-Submitted": "auto-generated"} | (headers or {})
        return super().render_mail(template_prefix, email, context, headers)

    def send_mail(self, template_prefix: str, email: str, context: Context) -> None:
        """Send now. Where the mail server cannot be reached, a page says what was kept and how to go on.

        Raises:
            ImmediateHttpResponse: the mail was not sent; it carries that page.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's errors are among them
            # The kind of the error only: some quote the address.
            logger.error("mail not sent: %s", type(error).__name__, extra={"mail": template_prefix})
            ratelimit.clear(self.request, action="confirm_email", key=email.lower())
            # Rendered only when it is shown: a page that is not shown must not use up the messages for the next.
            page = TemplateResponse(self.request, "account/mail_not_sent.html", {"mail": template_prefix}, status=503)
            raise ImmediateHttpResponse(page) from error

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Context | None = None, email: str | None = None
    ) -> None:
        """Tell the person what was done to their account. A failure is only logged: the deed is done."""
        if (held := getattr(self.request, HELD, None)) is not None:
            held.append(lambda: self.send_notification_mail(template_prefix, user, context, email))
            return
        known = {"device": rough_device(self.get_http_user_agent(self.request)), "user": user} | (context or {})
        if template_prefix == undo_mails.TEMPLATE:
            known["undo_url"] = undo_link(user, str(known["from_email"]))
        try:
            super().send_notification_mail(template_prefix, user, known, email)
        except ImmediateHttpResponse:
            logger.warning("person not told", extra={"mail": template_prefix, "person": user.pk})
        else:
            if template_prefix == undo_mails.TEMPLATE:
                undo_mails.mail_was_sent(user, str(known["from_email"]))

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Confirmation, signup: bool) -> None:
        """Mail a new address without a name: it may belong to a stranger."""
        address = emailconfirmation.email_address
        if signup or address.email == address.user.email:
            super().send_confirmation_mail(request, emailconfirmation, signup)
            return
        link = self.get_email_confirmation_url(request, emailconfirmation)
        words = {"user": None, "account": masked(address.user.email), "activate_url": link}
        self.send_mail("account/email/email_change", address.email, words)

    def send_password_reset_mail(self, user: User, email: str, context: Context) -> None:
        record_event(SecurityEvent.Kind.PASSWORD_RESET_ASKED, user, origin_of(self.request))
        super().send_password_reset_mail(user, email, context)


def at_our_site(name: str, value: object) -> object:
    """Return an address for a mail on our own site: allauth takes it from `Host`, which an attacker can choose."""
    if not (name.endswith("_url") and isinstance(value, str)):
        return value
    return settings.SITE_URL + urlunsplit(urlsplit(value)._replace(scheme="", netloc=""))
