"""What allauth asks this site: which steps a sign-in has, who proves their mailbox as well, and how mail is sent."""

import logging
from email.utils import formataddr
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django_otp import user_has_device

from accounts.flows.origins import origin_of, rough_device
from accounts.flows.security_events import record_event
from accounts.models import SecurityEvent
from accounts.second_factor.guard import may_enter_cms

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right. Check both and try again.",
        "enter_current_password": "This is not your current password. Try again.",
        "incorrect_password": "This is not your password. Try again.",
        "incorrect_code": "This code is not right. Check the newest e-mail from us and try again.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again or reset your password.",
        "duplicate_email": "This is already your e-mail address.",
        "rate_limited": "Too many attempts. Wait a few minutes and try again.",
    }

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "accounts.second_factor.stage.SecondFactorStage"]

    def is_login_by_code_required(self, login: Any) -> bool:
        """Ask editors without a second factor for a mailed code, too: a stolen password must not enrol one."""
        if login.user and may_enter_cms(login.user) and not user_has_device(login.user):
            records = get_authentication_records(self.request, login.user)
            return not (records and records[-1]["method"] == "code")
        return super().is_login_by_code_required(login)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:security")

    def get_from_email(self) -> str:
        """Send in the organisation's name, which the templates know."""
        name = render_to_string("account/email/sender.txt", {}, context.request).strip()
        return formataddr((name, settings.DEFAULT_FROM_EMAIL))

    def render_mail(self, template_prefix: str, email: Any, context: Any, headers: Any = None) -> EmailMessage:
        """Say where the site is, and that a machine writes, so that no out-of-office reply comes back (RFC 3834)."""
        context = {"site_url": settings.SITE_URL} | context
        headers = {"Auto-Submitted": "auto-generated"} | (headers or {})
        return super().render_mail(template_prefix, email, context, headers)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send now. Where the mail server cannot be reached, a page says what was kept and how to go on.

        Raises:
            ImmediateHttpResponse: the mail was not sent; it carries that page.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's errors are among them
            # Of the error its kind only: some carry the address.
            logger.error("mail not sent: %s", type(error).__name__, extra={"mail": template_prefix})
            ratelimit.clear(self.request, action="confirm_email", key=email.lower())
            # Rendered only if it is shown: a page that is not must not use up the messages for the next.
            page = TemplateResponse(self.request, "account/mail_not_sent.html", {"mail": template_prefix}, status=503)
            raise ImmediateHttpResponse(page) from error

    def send_notification_mail(self, template_prefix: str, user: Any, context: Any = None, email: Any = None) -> None:
        """Tell the person what was done to their account. It is done already, so nothing is stopped if that fails."""
        known = {"device": rough_device(self.get_http_user_agent(self.request)), "user": user}
        try:
            super().send_notification_mail(template_prefix, user, known | (context or {}), email)
        except ImmediateHttpResponse:
            logger.warning("person not told", extra={"mail": template_prefix, "person": user.pk})

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        record_event(SecurityEvent.Kind.PASSWORD_RESET_ASKED, user, origin_of(self.request))
        super().send_password_reset_mail(user, email, context)
