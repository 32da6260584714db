"""Takes back upcoming versions: the versions, the policy's history, its draft, and those who were told, together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log

from accounts.models import User
from accounts.values.wording import day_in_words, sentences
from policies.notices.following import take_back, told_of
from policies.notices.letter.composing import compose
from policies.notices.models import AmendmentNotice
from policies.texts.document import canonical_text
from policies.versions.announcing import AnnouncementRefused, withdraw
from policies.versions.history import History
from policies.versions.models import PolicyVersion, Standing
from policies.writing.models import PolicyPage

TEXT = ("title", "preamble", "sections", "language")


@dataclass(frozen=True, slots=True)
class Choice:
    """How far back a withdrawal goes: these versions, newest first, and how the policy then stands."""

    versions: tuple[PolicyVersion, ...]
    then: History

    @property
    def numbers(self) -> str:
        *others, last = (version.number for version in self.versions)
        return gettext("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last} if others else last

    @property
    def in_words(self) -> str:
        """Say what is in force then, and what is upcoming."""
        now, coming = self.then.in_force, self.then.upcoming
        if coming:
            stays, none = (
                gettext("Version %(number)s stays in force until %(day)s."),
                gettext("No version is in force until %(day)s."),
            )
        else:
            stays, none = gettext("Version %(number)s stays in force."), gettext("No version is in force.")
        facts = {
            "number": now.version.number if now else "",
            "day": day_in_words(coming[0].version.effective_from) if coming else "",
        }
        begins = [
            gettext("Version %(number)s then comes into force on %(day)s.")
            % {"number": entry.version.number, "day": day_in_words(entry.version.effective_from)}
            for entry in coming
        ]
        return sentences((stays if now else none) % facts, *(begins or [gettext("Nothing else is upcoming.")]))


def choices(history: History, version: PolicyVersion) -> list[Choice]:
    """Return how a version can be withdrawn: alone, or with the earlier announcements that would then come back.

    A correction of an upcoming amendment replaces it before it begins. Without the correction the amendment is
    upcoming again: whoever wants to call the change off must withdraw both.
    """
    gone = [version]
    found = [_choice(history, gone)]
    while back := _comes_back(history, found[-1].then):
        gone.append(back)
        found.append(_choice(history, gone))
    return found


def _choice(history: History, gone: Sequence[PolicyVersion]) -> Choice:
    kept = (entry.version for entry in history if entry.version not in gone)
    return Choice(tuple(gone), History(kept, on=history.on))


def _comes_back(history: History, then: History) -> PolicyVersion | None:
    """Return the version that is upcoming only because a newer one is gone."""
    return next(
        (e.version for e in then.upcoming if history.of(e.version).standing != Standing.UPCOMING),
        None,
    )


class Besides(TypedDict, total=False):
    """What is done besides withdrawing.

    `restore`: the text of the version that then stands becomes the draft again. `tell`: those who got the e-mail about
    one of the versions are told; `words` is what the editor adds for them.
    """

    restore: bool
    tell: bool
    words: str


def notices_of_withdrawing(
    page: PolicyPage, versions: Sequence[PolicyVersion], *, reason: str, by: User | None, **besides: Unpack[Besides]
) -> list[AmendmentNotice]:
    """Return the notices that withdrawing would send, each with its mail as it will say how the policy then stands.

    They are there to be looked at and tried out: nothing is kept. Raises as withdraw_versions does.
    """
    with transaction.atomic():
        notices = withdraw_versions(page, versions, reason=reason, by=by, **besides)
        for notice in notices:
            notice.message = compose(notice).to_json()
        transaction.set_rollback(True)
    return notices


def withdraw_versions(
    page: PolicyPage, versions: Sequence[PolicyVersion], *, reason: str, by: User | None, **besides: Unpack[Besides]
) -> list[AmendmentNotice]:
    """Withdraw versions, all or none, each with its entry in the policy's history.

    Args:
        page: the policy.
        versions: the newest first.
        reason: shown with each version for ever.
        by: who withdraws.
        besides: what else is done.

    Returns:
        The notices that tell of it.

    Raises:
        AnnouncementRefused: one is in force, was withdrawn before, no reason is given, or the draft is locked. Nothing
            is changed.
    """
    with transaction.atomic():
        # Announcing takes the same lock, so nobody announces on top of a version while it is being withdrawn.
        PolicyPage.objects.select_for_update(of=("self",)).values("pk").get(pk=page.pk)
        for version in versions:
            withdraw(version, reason=reason, by=by)
            data = {"sequence": version.sequence, "number": version.number, "reason": reason.strip()}
            log(instance=page, action="policies.withdraw", user=by, uuid=uuid4(), data=data)
        # The draft's text is no longer an announced one.
        PolicyPage.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
        if besides.get("restore"):
            _restore(page, by)
        told = told_of(versions) if besides.get("tell") else []
        return [take_back(notice, besides.get("words", ""), by=by) for notice in told]


def _restore(page: PolicyPage, by: User | None) -> None:
    """Make the text of the newest version kept the draft. Where nothing else changed, it is the page's text again."""
    kept = PolicyVersion.objects.newest_kept(page.pk)
    if kept is None:
        return
    fresh = PolicyPage.objects.get(pk=page.pk)
    lock = fresh.get_lock()
    if lock and (by is None or lock.for_user(by)):
        raise AnnouncementRefused(
            gettext("The draft is locked: leave it as it is, or have it unlocked first."), "restore"
        )
    announced = kept.revision.as_object()
    for name in TEXT:
        setattr(fresh, name, getattr(announced, name))
    revision = fresh.save_revision(user=by, log_action="wagtail.revert", previous_revision=kept.revision)
    if canonical_text(fresh.document) == kept.text:  # the site writes parts of a text, and may write them anew
        fresh.live_revision, fresh.has_unpublished_changes = revision, False
        fresh.save(user=by)
