"""What a person may do with a notice that is on its way: stop, pause, resume, try the failed ones again.

The CMS and `manage.py notices` both come here. Each deed is logged, in its own transaction, with the policy and with
the notice.
"""

from uuid import uuid4

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from accounts.models import User
from policies.notices.models.notices import (
    NOTICE_FINAL,
    NOTICE_OPEN,
    AmendmentNotice,
    Delivery,
    DeliveryState,
    IllegalTransition,
    NoticeKind,
    NoticeState,
)
from policies.notices.sending.nudging import nudge
from policies.notices.totals import recount, sweep
from policies.versions.models import PolicyVersion


class Deed(models.TextChoices):
    """What can be done with a notice, as people say it."""

    STOP = "stop", _("Stop it for good")
    PAUSE = "pause", _("Pause it")
    RESUME = "resume", _("Go on")
    RETRY = "retry", _("Try those that failed again")
    CORRECT = "correct", _("Send a correction")


NOT_NOW = {
    Deed.STOP: _("It is over: there is nothing to stop."),
    Deed.PAUSE: _("Only one that is held or being sent can be paused."),
    Deed.RESUME: _("Only one that is paused can be resumed."),
    Deed.RETRY: _("Only one that was not stopped, and has begun, can be tried again."),
    Deed.CORRECT: _("It is not over yet. Stop it first: else people get the wrong e-mail after its correction."),
}
NOBODY_FAILED = _("Nobody failed: there is nobody to try again.")
NOBODY_GOT_IT = _("Nobody got this e-mail, so there is nothing to correct.")
ANSWER_THE_FIRST = _("Its version was withdrawn. Say so in an answer to the e-mail that announced it.")
FOLLOWED = _("An e-mail that corrects it or takes it back was made already: nobody gets the first one after that.")


def objection(notice: AmendmentNotice, deed: Deed) -> str:
    """Return why a deed is not possible with a notice as it stands, in words for people; else an empty text."""
    possible = {
        Deed.STOP: notice.state in NOTICE_OPEN,
        Deed.PAUSE: notice.state in (NoticeState.HELD, NoticeState.SENDING),
        Deed.RESUME: notice.state == NoticeState.PAUSED,
        Deed.RETRY: notice.state in (NoticeState.SENDING, NoticeState.PAUSED, NoticeState.DONE),
        Deed.CORRECT: notice.state in NOTICE_FINAL,
    }
    if not possible[deed]:
        return str(NOT_NOW[deed])
    if deed == Deed.RETRY and not notice.failed:
        return str(NOBODY_FAILED)
    if deed == Deed.CORRECT and not notice.sent:
        return str(NOBODY_GOT_IT)
    if deed == Deed.CORRECT and notice.version.is_withdrawn and notice.kind != NoticeKind.ANNOUNCED:
        return str(ANSWER_THE_FIRST)
    if deed in (Deed.RETRY, Deed.CORRECT) and AmendmentNotice.objects.following(notice.pk).exists():
        return str(FOLLOWED)
    return ""


def _with_followers(notice: AmendmentNotice, deed: Deed) -> list[AmendmentNotice]:
    """Return a notice and, of one to people, the followers' beside it where the deed is possible with that as well."""
    beside = None if notice.is_to_followers else notice.beside()
    return [notice, beside] if beside and not objection(beside, deed) else [notice]


def stop(notice: AmendmentNotice, *, because: str, by: User | None = None) -> None:
    """Stop for good. People not mailed yet are never mailed, nor are followers; what was sent stays sent.

    Raises:
        IllegalTransition: it is done, or was stopped before.
    """
    with transaction.atomic():
        for one in _with_followers(notice, Deed.STOP):
            one.move_to(NoticeState.STOPPED, because=because)
            sweep(one)
            write_down(one, Deed.STOP, by=by, reason=because)


def pause(notice: AmendmentNotice, *, because: str, by: User | None = None) -> None:
    """Send nothing more until it is resumed. Mails being handed over in this moment still go.

    Raises:
        IllegalTransition: it is neither held nor sending.
    """
    with transaction.atomic():
        for one in _with_followers(notice, Deed.PAUSE):
            one.move_to(NoticeState.PAUSED, because=because)
            write_down(one, Deed.PAUSE, by=by, reason=because)


def resume(notice: AmendmentNotice, *, by: User | None = None) -> None:
    """Go on where it was paused: with the hold, if that is not over yet.

    Raises:
        IllegalTransition: it is not paused.
    """
    held = notice.held_until > timezone.now()
    with transaction.atomic():
        for one in _with_followers(notice, Deed.RESUME):
            one.move_to(NoticeState.HELD if held else NoticeState.SENDING, only_from=NoticeState.PAUSED)
            write_down(one, Deed.RESUME, by=by)
        transaction.on_commit(nudge)


def retry_failed(notice: AmendmentNotice, *, by: User | None = None) -> int:
    """Try every failed delivery once more, from the beginning of its three days.

    Returns:
        How many there are.

    Raises:
        IllegalTransition: the notice was stopped, has not begun, or was corrected since.
    """
    failed = Delivery.objects.filter(notice=notice, state=DeliveryState.FAILED)
    with transaction.atomic():
        fresh = AmendmentNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        if AmendmentNotice.objects.following(fresh.pk).exists():
            raise IllegalTransition(FOLLOWED)
        again = failed.update(
            state=DeliveryState.PENDING, reason="", reply="", attempts=0, doubts=0, first_tried_at=None,
            due_at=timezone.now(), settled_at=None,
        )  # fmt: skip
        recount(fresh)
        if again and fresh.state not in (NoticeState.PAUSED, NoticeState.SENDING):
            fresh.move_to(NoticeState.SENDING)
        if again:
            write_down(fresh, Deed.RETRY, by=by, how_many=again)
        transaction.on_commit(nudge)
    notice.refresh_from_db()
    return again


def stop_notices_of(version: PolicyVersion) -> None:
    """Stop all that is on its way about a version that was withdrawn, in the transaction of the caller."""
    notices = AmendmentNotice.objects.filter(version=version, state__in=NOTICE_OPEN)
    # That to people takes the followers' with it.
    for pk in notices.order_by("pk").values_list("pk", flat=True):
        if notice := notices.filter(pk=pk).first():
            stop(
                notice,
                because=gettext("Version %(number)s was withdrawn.") % {"number": version.number},
                by=version.withdrawn_by,
            )


def write_down(notice: AmendmentNotice, deed: str, *, by: User | None, **facts: object) -> None:
    """Log a deed with the policy's page and with the notice, in the transaction of the caller.

    Args:
        notice: with which it was done.
        deed: a `Deed`, or another word of `log_actions`.
        by: who did it; None for whoever typed a command.
        facts: what else the log is to say; what is empty is left out.
    """
    data = {"notice": notice.pk, "number": notice.version.number, **{name: it for name, it in facts.items() if it}}
    for about in (notice.version.page, notice):
        # Of entries with the same mark, Wagtail shows the last one only: one request may do several deeds.
        log(instance=about, action=f"notices.{deed}", user=by, uuid=uuid4(), data=data)
