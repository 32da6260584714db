"""Writes again to the people who got a notice: to correct its mail, or to say that its version was withdrawn."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from policies.notices.models.notices import (
    AmendmentNotice,
    Delivery,
    DeliveryState,
    IllegalTransition,
    NoticeKind,
    NoticeSettings,
)
from policies.notices.sending.nudging import nudge
from policies.notices.steering import Deed, objection, write_down
from policies.versions.models import PolicyVersion


class NothingSaid(ValueError):
    """A correction needs words; the message says which."""


def drafted_correction(notice: AmendmentNotice, words: str) -> AmendmentNotice:
    """Return the correction of a notice's mail, not saved: to be looked at and tried out.

    Where the version was withdrawn meanwhile, that is what it says.
    """
    kind = NoticeKind.WITHDRAWAL if notice.version.is_withdrawn else NoticeKind.CORRECTION
    return _drafted(kind, notice, words)


def _drafted(kind: NoticeKind, notice: AmendmentNotice, words: str) -> AmendmentNotice:
    """Return a notice that follows another, with a hold of its own. Whoever may leave out the first may do so again."""
    return AmendmentNotice(
        version=notice.version,
        kind=kind,
        audience=notice.audience,
        held_until=timezone.now() + dt.timedelta(minutes=NoticeSettings.current().hold_minutes),
        always_because=notice.always_because,
        follows=notice,
        words=words.strip(),
    )


def _open(notice: AmendmentNotice) -> AmendmentNotice:
    """Save it in the transaction of the caller; workers are nudged after the commit."""
    notice.save(force_insert=True)
    transaction.on_commit(nudge)
    return notice


def correct(notice: AmendmentNotice, words: str, *, by: User | None = None) -> AmendmentNotice:
    """Make the notice that corrects the mail of another one: to the same people, in the same thread, after a hold.

    Of a mail to people, followers get the correction as well.

    Args:
        notice: it is over, and somebody got it.
        words: what was wrong and what is right.
        by: who writes it; None for whoever typed a command.

    Raises:
        IllegalTransition: it is not over, nobody got it, or it was corrected before.
        NothingSaid: there are no words.
    """
    if not words.strip():
        raise NothingSaid(gettext("Say what was wrong in the e-mail, and what is right."))
    with transaction.atomic():
        first = AmendmentNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        if why_not := objection(first, Deed.CORRECT):
            raise IllegalTransition(why_not)
        following = _corrected(first, words, by)
        beside = None if first.is_to_followers else first.beside()
        if beside and not objection(beside, Deed.CORRECT):
            _corrected(beside, words, by)
    return following


def _corrected(first: AmendmentNotice, words: str, by: User | None) -> AmendmentNotice:
    following = _open(drafted_correction(first, words))
    for about in (first, following):
        write_down(about, Deed.CORRECT, by=by, reason=words.strip())
    return following


def told_of(versions: Iterable[PolicyVersion]) -> list[AmendmentNotice]:
    """Return the announcing notices of these versions that somebody got, or is getting in this moment."""
    in_the_air = Delivery.objects.filter(notice=OuterRef("pk"), state=DeliveryState.SENDING)
    notices = AmendmentNotice.objects.filter(
        Q(sent__gt=0) | Exists(in_the_air), version__in=list(versions), kind=NoticeKind.ANNOUNCED
    )
    light = notices.without_message().select_related("version").defer("version__content", "version__text")
    return list(light.order_by("-version_id", "pk"))


def take_back(notice: AmendmentNotice, words: str = "", *, by: User | None = None) -> AmendmentNotice:
    """Make the notice that says to those who got another that its version was withdrawn.

    It is part of withdrawing: call it in that transaction, after the withdrawal, which has stopped the first.

    Args:
        notice: the announcing one.
        words: what the editor adds to the reason of the withdrawal.
        by: who withdraws.
    """
    following = _open(_drafted(NoticeKind.WITHDRAWAL, notice, words))
    for about in (notice, following):
        write_down(about, "take-back", by=by, reason=words.strip())
    return following
