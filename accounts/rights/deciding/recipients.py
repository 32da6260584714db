"""Who was given somebody's data, by the register, and so is told when it changes: `LAW.RECIPIENTS`."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.register import Kind, Subject, kinds, rows_of
from accounts.rights.due_dates import today
from accounts.rights.models import RecipientTask, RightsRequest, What
from accounts.rights.moves import By, IllegalMove, write_down

# Who works for us is no recipient.
OURS: Final = _("Our staff")
LONGEST: Final = 300


def recipients_of(subject: Subject, of: Iterable[Kind] | None = None) -> dict[str, list[str]]:
    """Return each recipient of a person's data with the kinds that they were given, by title.

    Ask before anything is erased; afterwards nothing is found.

    Args:
        subject: whose data.
        of: only these kinds; all of the register if not given.
    """
    found: dict[str, list[str]] = {}
    for kind in kinds() if of is None else of:
        others = [str(receiver) for receiver in kind.receivers if not str(receiver).startswith(str(OURS))]
        if others and not kind.of_staff and rows_of(kind, subject).exists():
            for receiver in others:
                found.setdefault(receiver, []).append(str(kind.title))
    return found


def make_tasks(request: RightsRequest, recipients: dict[str, list[str]]) -> list[RecipientTask]:
    """Make a task for each recipient: somebody has to tell them, or say why that is impossible."""
    return RecipientTask.objects.bulk_create(
        RecipientTask(request=request, recipient=recipient[:LONGEST], what=_listed(what))
        for recipient, what in recipients.items()
    )


def settle_task(task: RecipientTask, by: By, note: str, *, told: bool) -> None:
    """Write down that a recipient was told, or why that is not possible.

    Args:
        task: which one.
        by: who says so.
        note: how they were told, or why not.
        told: whether they were.

    Raises:
        IllegalMove: it was settled before.
    """
    settled = RecipientTask.objects.filter(pk=task.pk, done_on=None)
    words = note.strip() if told else gettext("Not told: %(note)s") % {"note": note.strip()}
    if not settled.update(done_on=today(), done_by=by.user, note=words[:500]):
        raise IllegalMove(gettext("Somebody has settled this already."))
    write_down(task.request, by, What.RECIPIENT_TOLD, f"{task.recipient}. {words}")


def _listed(titles: list[str]) -> str:
    """Return titles as far as the row has room."""
    listed = "; ".join(titles)
    return listed if len(listed) <= LONGEST else f"{listed[: LONGEST - 1]}…"
