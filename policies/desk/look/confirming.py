"""The deed after the look: what was looked at is announced, or scheduled, and nothing else."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log

from accounts.models import User
from accounts.values.wording import sentences
from policies.desk.look.looking import Look, look_at
from policies.desk.look.token import changes_since
from policies.versions.announcing import AnnouncementRefused
from policies.versions.proposals import digest_of_proposal
from policies.writing.models import PolicyPage


class ChangedMeanwhile(AnnouncementRefused):
    """Something is no longer as it was looked at; `changes` says what, a sentence for each."""

    def __init__(self, changes: list[str]) -> None:
        self.changes = changes
        nothing = gettext("Nothing was announced, since something changed while you looked.")
        super().__init__(sentences(nothing, *changes))


@dataclass(frozen=True, slots=True)
class AsSeen:
    """What was looked at, as it still stands under the lock."""

    look: Look
    digest: str


def confirm(page_id: int, token: str, *, by: User) -> Look:
    """Announce, or schedule, exactly what was looked at.

    Args:
        page_id: the policy's page.
        token: of the look that is confirmed.
        by: who confirms. Whether they may, the publishing asks.

    Raises:
        ChangedMeanwhile: something is not as it was looked at.
        AnnouncementRefused: the page is locked, or a rule speaks against it.
        PublishPagePermissionError: this person may not publish the page.
    """
    with transaction.atomic():
        seen = still_as_seen(page_id, token, by=by)
        for refusal in seen.look.refusals:
            raise refusal
        if not seen.look.says_the_same:
            _log(seen, by)
        _publish(seen.look, by)
    return seen.look


def still_as_seen(page_id: int, token: str, *, by: User) -> AsSeen:
    """Lock the page's row and return what was looked at, if nothing changed. Called inside a transaction.

    Raises:
        ChangedMeanwhile: something is not as it was looked at.
        AnnouncementRefused: the page is locked for this person.
    """
    PolicyPage.objects.select_for_update(of=("self",)).values("pk").get(pk=page_id)
    page = PolicyPage.objects.get(pk=page_id)
    refuse_if_locked(page, by)
    look = look_at(page, by=by)
    if changes := changes_since(token, look):
        raise ChangedMeanwhile(changes)
    return AsSeen(look, digest_of_proposal(look.proposal))


def refuse_if_locked(page: PolicyPage, by: User) -> None:
    """Raises: AnnouncementRefused: somebody, a workflow or a schedule has locked the page for this person."""
    lock = page.get_lock()
    if lock and lock.for_user(by):
        raise AnnouncementRefused(f"{lock.get_locked_by(by)}: {lock.get_description(by)}.")


def _publish(look: Look, by: User) -> None:
    """Finish the workflow that waits at its last step, which publishes; without one that leads here, publish."""
    step = look.page.current_workflow_task_state
    leads_here = step is not None and getattr(step.task.specific, "leads_to_the_look", False)
    if step is None or not leads_here or not step.workflow_state.is_at_final_task:
        look.revision.publish(user=by)
        return
    step.revision = look.revision
    step.approve(user=by)


def _log(seen: AsSeen, by: User) -> None:
    version = seen.look.version
    data = {
        "number": version.number,
        "effective_from": version.effective_from.isoformat(),
        "digest": seen.digest,
        "at": seen.look.at.isoformat() if seen.look.at else None,
    }
    log(instance=seen.look.page, action="policies.confirm", user=by, revision=seen.look.revision, data=data)
