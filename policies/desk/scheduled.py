"""Publishes what is scheduled and takes expired pages offline, each thing alone: one refusal stops nothing else.

Wagtail's own command, `publish_scheduled`, stops at the first page that is refused.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from django.apps import apps
from django.conf import settings
from django.core.mail import send_mail
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from accounts.chores import Chore, add_chore
from accounts.models import User
from accounts.values.organisation import organisation
from policies.versions.announcing import AnnouncementRefused
from policies.writing.acting import who_scheduled

logger = logging.getLogger(__name__)


def register() -> None:
    """Have it done by the housekeeping of the site. Called once, when the app starts."""
    add_chore(10, Chore("scheduled pages", do_what_is_scheduled, what_is_scheduled))


def do_what_is_scheduled() -> Counter[str]:
    """Take offline what has expired and publish what is scheduled by now.

    Returns:
        How many pages were “published”, “expired” or “refused”, and how often it “failed” and is tried again.
    """
    done: Counter[str] = Counter()
    for model, pk in _expired():
        done[_attempt("expired", partial(_expire, model, pk), partial(_keep_online, model, pk))] += 1
    for pk in list(_scheduled().order_by("approved_go_live_at").values_list("pk", flat=True)):
        done[_attempt("published", partial(_publish, pk), partial(_unschedule, pk))] += 1
    del done["nothing"]
    return done


def what_is_scheduled() -> dict[str, int]:
    return {"pages to publish": _scheduled().count(), "pages to take offline": sum(1 for _ in _expired())}


def _attempt(word: str, act: Callable[[], bool], answer: Callable[[AnnouncementRefused], bool]) -> str:
    """Try one thing in a transaction of its own and answer a refusal in another; return what came of it."""
    try:
        try:
            return word if act() else "nothing"
        except AnnouncementRefused as refusal:
            return "refused" if answer(refusal) else "nothing"
    except Exception:
        logger.exception("housekeeping could not finish something due and will try again")
        return "failed"


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
    _write_to(who_scheduled(page, revision), page, refusal)
    return True


def _write_to(user: User | None, page: Page, refusal: AnnouncementRefused) -> None:
    if user is None or not user.is_active or not user.email:
        return
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    words = {"page": page, "reason": str(refusal), "edit_url": f"{settings.WAGTAILADMIN_BASE_URL}{edit}"}
    subject = render_to_string("policies/cms/mail/subject.txt", words).strip()
    try:
        message = render_to_string("policies/cms/mail/message.txt", words)
        send_mail(subject, message, organisation().from_line, [user.email])
    except OSError:  # what SMTP raises, too
        logger.exception("could not write to whoever scheduled a refused announcement", extra={"page": page.pk})


def _expired() -> Iterator[tuple[type[models.Model], int]]:
    """Pages, and what else has a draft state, whose time to go offline has come; found as Wagtail's command does."""
    drafted = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    for model in (Page, *drafted):
        for pk in list(_expired_of(model).order_by("expire_at").values_list("pk", flat=True)):
            yield model, pk


def _expired_of(model: type[models.Model]) -> models.QuerySet[DraftStateMixin]:
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
