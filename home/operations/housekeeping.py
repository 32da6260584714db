"""Does what time has made due: publishes what is scheduled, takes expired pages offline, moves notices on, erases
closed accounts, and deletes what is past the time it is kept.

Safe to run every minute, and by several processes at once. Each page stands or falls alone: Wagtail's own command stops
at the first one that is refused.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from wagtail.log_actions import log, registry
from wagtail.models import DraftStateMixin, Page, Revision

from accounts.flows.closing import close_what_is_due
from accounts.models import ClosingRequest
from accounts.personal_data.retention import enforce_retention, past_their_time
from policies.notices.chores import keep_notices
from policies.notices.models.notices import AmendmentNotice
from policies.versions.announcing import AnnouncementRefused

logger = logging.getLogger(__name__)


@dataclass
class Report:
    """How much was done in one round; `failed` is tried again in the next one. `forgotten` counts rows."""

    published: int = 0
    expired: int = 0
    refused: int = 0
    failed: int = 0
    erased: int = 0
    forgotten: int = 0


def keep_house() -> Report:
    """Do everything that is due now, one thing after the other."""
    report = Report()
    for model, pk in _expired():
        _attempt(report, "expired", partial(_expire, model, pk), partial(_keep_online, model, pk))
    for pk in list(_scheduled().order_by("approved_go_live_at").values_list("pk", flat=True)):
        _attempt(report, "published", partial(_publish, pk), partial(_unschedule, pk))
    report.failed += keep_notices()
    prune_task_results()
    erase_closed_accounts(report)
    forget_what_is_old(report)
    return report


def what_is_due() -> dict[str, int]:
    """Return how much the next round would do, and change nothing. Rows to delete are counted by kind."""
    now = timezone.now()
    due = {
        "pages to publish": _scheduled().count(),
        "pages to take offline": sum(1 for _ in _expired()),
        "notices on their way": AmendmentNotice.objects.unfinished().count(),
        "accounts to erase": ClosingRequest.objects.due(now).count(),
    }
    return due | {f"rows to delete of “{key}”": count for key, count in past_their_time(now).items()}


def erase_closed_accounts(report: Report) -> None:
    """Erase those whose cooling-off is over. Whoever cannot be erased is in the CMS's list, with the reason."""
    erased, failed = close_what_is_due()
    report.erased += erased
    report.failed += failed


def forget_what_is_old(report: Report) -> None:
    """Delete what is past the time that the register of personal data says it is kept."""
    gone, failed = enforce_retention()
    report.forgotten += sum(gone.values())
    report.failed += len(failed)


def _attempt(report: Report, done: str, act: Callable[[], bool], answer: Callable[[AnnouncementRefused], bool]) -> None:
    """Try one thing in a transaction of its own; answer for a refusal in another."""
    try:
        try:
            setattr(report, done, getattr(report, done) + act())
        except AnnouncementRefused as refusal:
            report.refused += answer(refusal)
    except Exception:
        report.failed += 1
        logger.exception("housekeeping could not finish something due and will try again")


def _scheduled() -> models.QuerySet[Revision]:
    return Revision.objects.filter(approved_go_live_at__lte=timezone.now())


@transaction.atomic
def _publish(pk: int) -> bool:
    """Publish a scheduled revision, unless another process has it or has done it."""
    revision = _scheduled().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if revision is None:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


def _unschedule(pk: int, refusal: AnnouncementRefused) -> bool:
    """Take a refused revision out of the schedule, keep it as a draft, and tell whoever scheduled it."""
    with transaction.atomic():
        if not _scheduled().filter(pk=pk).update(approved_go_live_at=None):
            return False
        revision = Revision.objects.get(pk=pk)
        page = revision.content_object
        log(instance=page, action="policies.refused", revision=revision, data={"reason": str(refusal)})
    logger.warning("a scheduled announcement was refused", extra={"page": page.pk, "revision": pk})
    _write_to(_who_scheduled(page, revision), page, refusal)
    return True


def _who_scheduled(page: Any, revision: Revision) -> Any:
    entries = registry.get_logs_for_instance(page).filter(action="wagtail.publish.schedule", revision=revision)
    entry = entries.select_related("user").order_by("-timestamp").first()
    return (entry and entry.user) or revision.user


def _write_to(user: Any, page: Any, refusal: AnnouncementRefused) -> None:
    if user is None or not user.is_active or not user.email:
        return
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    words = {"page": page, "reason": str(refusal), "edit_url": f"{settings.WAGTAILADMIN_BASE_URL}{edit}"}
    subject = render_to_string("policies/cms/mail/subject.txt", words).strip()
    try:
        send_mail(subject, render_to_string("policies/cms/mail/message.txt", words), None, [user.email])
    except OSError:  # what SMTP raises, too
        logger.exception("could not write to whoever scheduled a refused announcement", extra={"page": page.pk})


def _expired() -> Iterator[tuple[type[models.Model], int]]:
    """Pages, and what else has a draft state, whose time to go offline has come; found as Wagtail's command does."""
    drafted = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    for model in (Page, *drafted):
        for pk in list(_expired_of(model).order_by("expire_at").values_list("pk", flat=True)):
            yield model, pk


def _expired_of(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._default_manager.filter(live=True, expire_at__lt=timezone.now())


@transaction.atomic
def _expire(model: type[models.Model], pk: int) -> bool:
    item = _expired_of(model).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if item is None:
        return False
    item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


@transaction.atomic
def _keep_online(model: type[models.Model], pk: int, refusal: AnnouncementRefused) -> bool:
    """Take away the end of what must stay online."""
    if not _expired_of(model).filter(pk=pk).update(expire_at=None):
        return False
    log(instance=model._default_manager.get(pk=pk), action="policies.refused", data={"reason": str(refusal)})
    return True


def prune_task_results() -> None:
    """Forget the results of finished tasks after two weeks, where tasks are kept in the database."""
    for alias in settings.TASKS:
        if isinstance(task_backends[alias], DatabaseBackend):
            call_command("prune_db_task_results", f"--backend={alias}", "--queue-name=*", verbosity=0)
