"""How a policy's draft stands between its authors and those who approve, for the pages of the CMS."""

from dataclasses import dataclass

from django.utils.translation import gettext

from accounts.models import User
from policies.desk.approving.deciding.approving import EMERGENCY, may_not_approve
from policies.desk.approving.deciding.assent import Assent, asks_for_two, assent_to
from policies.desk.approving.draft import Draft, newest_draft
from policies.desk.approving.models import Approval, OutsideReview, ReviewDuty, TwoPeopleRule
from policies.desk.approving.outsiders.reviewing import ASK
from policies.desk.approving.people.authors import UNKNOWN
from policies.desk.approving.rule.switching import in_words
from policies.desk.approving.waiting.duties import duty_of
from policies.versions.models import PolicyVersion
from policies.versions.refused import AnnouncementRefused
from policies.writing.models import PolicyPage


@dataclass(frozen=True)
class Standing:
    """What one person sees of a draft.

    Attributes:
        says: the rule in words.
        needs_two: whether the rule asks for a second person for this draft.
        suffices: whether enough people stand behind it, so that it can be announced.
        refusal: why this person cannot approve it; nothing if they can.
        may_publish, may_ask, may_hurry: what this person may do: announce, ask outsiders, announce in an emergency.
        may_see_links: whether this person sees the links of outsiders; no author does where an outsider's yes counts.
        authors: who wrote it, by name; `unknown` whether somebody wrote of it who is not known.
        assent: what was said about exactly this draft.
        earlier: approvals of what the draft said before, or that were taken back.
        asked: reviews by outsiders, whatever they are about, until they served.
        duty: until when it waits for an approval, if it does.
    """

    draft: Draft | None
    says: str
    needs_two: bool
    suffices: bool
    refusal: str
    may_publish: bool
    may_ask: bool
    may_hurry: bool
    may_see_links: bool
    authors: tuple[User, ...]
    unknown: bool
    assent: Assent
    earlier: tuple[Approval, ...]
    asked: tuple[OutsideReview, ...]
    duty: ReviewDuty | None

    @property
    def written_by(self) -> str:
        """Say who wrote the draft."""
        if not self.authors:
            return (
                gettext("Written by somebody who is not known.")
                if self.unknown
                else gettext("Nobody has changed anything since the last announcement.")
            )
        words = (
            gettext("Written by %(names)s and somebody who is not known.")
            if self.unknown
            else gettext("Written by %(names)s.")
        )
        return words % {"names": ", ".join(map(str, self.authors))}


def standing_of(page: PolicyPage, user: User, draft: Draft | None = None) -> Standing:
    """Look up how the newest draft stands, as one person may see it; `draft` is that draft, where it was read."""
    draft = draft or _newest(page, user)
    rule, authors = TwoPeopleRule.in_force(), draft.authors if draft else frozenset()
    assent = assent_to(draft.proposal, draft.kept) if draft else Assent()
    now = {approval.pk for approval in assent.approvals}
    earlier = Approval.objects.filter(page=page, version=None).exclude(pk__in=now).select_related("by")
    may_publish = page.permissions_for_user(user).can_publish()
    return Standing(
        draft=draft,
        says=in_words(rule),
        needs_two=bool(draft and asks_for_two(draft.proposal, _amended(draft), rule)),
        suffices=assent.suffices(rule, authors),
        refusal=may_not_approve(draft, user) if draft else "",
        may_publish=may_publish,
        may_ask=user.has_perm(ASK),
        may_hurry=may_publish and user.has_perm(EMERGENCY),
        may_see_links=user.has_perm(ASK) and not (rule.outsiders_count and authors & {user.pk, UNKNOWN}),
        authors=tuple(User.objects.filter(pk__in=[pk for pk in authors if pk]).order_by("pk")),
        unknown=UNKNOWN in authors,
        assent=assent,
        earlier=tuple(earlier[:20]),
        asked=tuple(OutsideReview.objects.filter(page=page, version=None).select_related("made_by")[:50]),
        duty=duty_of(page),
    )


def _newest(page: PolicyPage, user: User) -> Draft | None:
    try:
        return newest_draft(page.pk, by=user)
    except AnnouncementRefused:
        return None


def _amended(draft: Draft) -> PolicyVersion | None:
    """Return a version before this draft, withdrawn or not; None if it would be the first."""
    return draft.kept or PolicyVersion.objects.outline().filter(page=draft.page).first()
