"""Who looks at a waiting draft, and until when: said by those who may approve; reminded of when it is due."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState

from accounts.chores import Chore, add_chore
from accounts.models import User
from accounts.values.wording import day_in_words
from policies.desk.approving.mailing import send_waiting, waiting, write_to
from policies.desk.approving.models import PolicyApprovalTask, ReviewDuty
from policies.desk.approving.people.approvers import approvers_of
from policies.desk.approving.waiting.workflow_mails import link_to
from policies.versions.refused import AnnouncementRefused
from policies.writing.models import PolicyPage

NOT_WAITING = _("This draft does not wait for an approval any more.")


def waiting_step(page: PolicyPage) -> TaskState | None:
    """Return the step of the workflow at which this policy waits, if it is one of ours."""
    state = page.current_workflow_task_state
    return state if state and isinstance(state.task.specific, PolicyApprovalTask) else None


def duties() -> QuerySet[ReviewDuty]:
    """Return what waits now, the earliest due first."""
    waits = ReviewDuty.objects.filter(
        task_state__status=TaskState.STATUS_IN_PROGRESS,
        task_state__workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return waits.select_related("claimed_by", "task_state__workflow_state", "task_state__revision")


def duty_of(page: PolicyPage) -> ReviewDuty | None:
    """Return what is known of this policy's waiting review; None where none waits."""
    step = waiting_step(page)
    return ReviewDuty.of(step) if step else None


def claim(page: PolicyPage, *, by: User, claims: bool = True) -> None:
    """Say that one looks at the draft, in place of whoever said so before; or that one does not after all.

    Raises:
        PermissionDenied: this person may not announce the policy.
        AnnouncementRefused: nothing waits.
    """
    with transaction.atomic():
        duty = _locked(page, by)
        if not claims and duty.claimed_by_id != by.pk:
            return
        duty.claimed_by, duty.claimed_at = (by, timezone.now()) if claims else (None, None)
        duty.save(update_fields=["claimed_by", "claimed_at"])
        log(instance=page, action="policies.review_claimed", user=by, data={"claims": claims})


def set_due(page: PolicyPage, day: dt.date, *, by: User) -> None:
    """Say until when the review should be done.

    Raises:
        PermissionDenied: this person may not announce the policy.
        AnnouncementRefused: nothing waits, or the day is past.
    """
    if day < timezone.localdate():
        raise AnnouncementRefused(gettext("Choose today or a later day."), "due_on")
    with transaction.atomic():
        duty = _locked(page, by)
        duty.due_on, duty.reminded_at = day, None
        duty.save(update_fields=["due_on", "reminded_at"])
        log(instance=page, action="policies.review_due", user=by, data={"day": day.isoformat()})


def _locked(page: PolicyPage, by: User) -> ReviewDuty:
    if not page.permissions_for_user(by).can_publish():
        raise PermissionDenied
    duty = duty_of(page)
    if duty is None:
        raise AnnouncementRefused(NOT_WAITING)
    return ReviewDuty.objects.select_for_update(of=("self",)).get(pk=duty.pk)


def register() -> None:
    """Have reminders and mails seen to by the housekeeping of the site. Called once, when the app starts."""
    add_chore(15, Chore("mails to staff", remind_and_send, what_waits))


def remind_and_send() -> dict[str, int]:
    remind()
    return {"failed": send_waiting()["failed"]}


def what_waits() -> dict[str, int]:
    return {"mails to staff": waiting().count()}


def remind() -> None:
    """Write once about each review that is due, to who claimed it, else to all who may approve."""
    for duty in duties().filter(due_on__lte=timezone.localdate(), reminded_at=None):
        with transaction.atomic():
            if not ReviewDuty.objects.filter(pk=duty.pk, reminded_at=None).update(reminded_at=timezone.now()):
                continue
            page = duty.task_state.workflow_state.content_object
            people = [duty.claimed_by] if duty.claimed_by else approvers_of(page)
            words = {"title": str(page), "link": link_to(page), "due": day_in_words(duty.due_on)}
            write_to(people, "review_due", {**words, "claimed_by": duty.claimed_by})
