"""What approving adds to the look: who wrote the draft, who stands behind it, and the forms to decide, by its token."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from laces.components import Component

from accounts.models import User
from policies.desk.approving.deciding.approving import announce_in_emergency, approve
from policies.desk.approving.deciding.standing import Standing, standing_of
from policies.desk.approving.draft import Draft
from policies.desk.approving.waiting.duties import waiting_step
from policies.desk.look.confirming import AsSeen, confirm, still_as_seen
from policies.desk.look.looking import Look
from policies.versions.refused import AnnouncementRefused

GONE = _("This draft does not wait for an approval any more.")


@dataclass
class Deciding(Component):
    """The part of the look about two people."""

    look: Look
    standing: Standing
    token: str
    user: User
    template_name = "policies/desk/approving/on_the_look.html"

    def get_context_data(self, parent_context: dict[str, object] | None = None) -> dict[str, object]:
        standing, waits = self.standing, self.standing.duty is not None
        asks = (standing.needs_two or waits) and standing.may_publish and not self.look.says_the_same
        approved = any(approval.by_id == self.user.pk for approval in standing.assent.approvals)
        alone = standing.needs_two and not standing.suffices
        # A component's template is rendered without the request, and so without its token against forgery.
        return {
            "csrf_token": (parent_context or {}).get("csrf_token"),
            "user": self.user,
            "look": self.look,
            "version": self.look.version,
            "page": self.look.page,
            "standing": standing,
            "token": self.token,
            "may_approve": asks and not standing.refusal and not approved,
            "why_not": standing.refusal if asks and alone else "",
            "may_hurry": asks and alone and standing.may_hurry and self.look.at is None,
            "may_ask_for_changes": waits and standing.may_publish,
        }


def deciding(look: Look, user: User, token: str) -> Component | None:
    """Return what the look shows about approving; nothing where the rule is off and nothing waits or was said."""
    standing = standing_of(look.page, user, Draft(look.page, look.revision, look.proposal, look.kept))
    if not (standing.needs_two or standing.duty or standing.assent.approvals or standing.assent.reviews):
        return None
    return Deciding(look, standing, token, user)


def approve_as_seen(page_id: int, token: str, *, by: User, words: str, announces: bool) -> None:
    """Say yes to what was looked at, and announce it if so wished.

    Raises:
        ChangedMeanwhile: something is not as it was looked at.
        AnnouncementRefused: they wrote part of it, or another rule speaks against announcing it.
        PermissionDenied: they may not announce the policy.
    """
    _decide(page_id, token, by, lambda seen: approve(seen.look.page, seen.digest, by=by, words=words), announces)


def announce_alone_as_seen(page_id: int, token: str, *, by: User, reason: str) -> None:
    """Announce what was looked at without a second person, in an emergency. Raises as announce_in_emergency does."""
    _decide(
        page_id, token, by, lambda seen: announce_in_emergency(seen.look.page, seen.digest, by=by, reason=reason), True
    )


def _decide(page_id: int, token: str, by: User, decide: Callable[[AsSeen], object], announces: bool) -> None:
    with transaction.atomic():
        decide(still_as_seen(page_id, token, by=by))
        if announces:
            confirm(page_id, token, by=by)


def ask_for_changes(page_id: int, token: str, *, by: User, words: str) -> None:
    """Send the draft that waits back to who submitted it.

    Raises:
        ChangedMeanwhile: something is not as it was looked at.
        AnnouncementRefused: nothing waits, or it is not said what is to be changed.
    """
    if not words.strip():
        raise AnnouncementRefused(gettext("Say what should be changed."))
    with transaction.atomic():
        page = still_as_seen(page_id, token, by=by).look.page
        step = waiting_step(page)
        if step is None or "reject" not in {name for name, *_ in step.task.specific.get_actions(page, by)}:
            raise AnnouncementRefused(GONE)
        step.reject(user=by, comment=words.strip())
