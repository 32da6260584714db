"""Pauses a notice that the mail server refuses for everybody, and tells the people who can help."""

import logging
from contextlib import suppress

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import User
from accounts.values.organisation import organisation
from policies.notices.models.notices import AmendmentNotice, IllegalTransition, NoticeState

logger = logging.getLogger(__name__)


def pause_and_tell(notice: AmendmentNotice, reason: str) -> None:
    """Pause a notice and write to staff: the first worker that meets the refusal does, the others find it done.

    Args:
        notice: one that is being sent.
        reason: in the mail server's words.
    """
    with suppress(IllegalTransition):
        notice.move_to(NoticeState.PAUSED, because=reason, only_from=NoticeState.SENDING)
        ids = {"notice": notice.pk, "policy": notice.version.slug}
        logger.error("a notice was paused: the mail server takes it from nobody", extra=ids)
        _tell_staff(notice, reason)


def _tell_staff(notice: AmendmentNotice, reason: str) -> None:
    notice.refresh_from_db(fields=["sent", "recipients"])
    page = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('notices:inspect', args=[notice.pk])}"
    words = {"notice": notice, "version": notice.version, "reason": reason, "page": page}
    subject = render_to_string("notices/letter/paused/subject.txt", words).strip()
    message = render_to_string("notices/letter/paused/message.txt", words)
    try:
        for person in who_can_act(notice):
            send_mail(subject, message, organisation().from_line, [person.email])
    # It may be the same server. The reason stands with the notice.
    except Exception:
        logger.exception("could not tell staff of a paused notice", extra={"notice": notice.pk})


def who_can_act(notice: AmendmentNotice) -> QuerySet[User]:
    """Return the people who may announce the policy or steer its notices, and administrators."""
    announcers = PagePermissionPolicy().users_with_permission_for_instance("publish", notice.version.page)
    steerers = ModelPermissionPolicy(AmendmentNotice).users_with_permission("steer")
    either = Q(pk__in=announcers.values("pk")) | Q(pk__in=steerers.values("pk"))
    return User.objects.filter(either, is_active=True).exclude(email="")
