"""What a page's history says of approving."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from policies.desk.approving.models import ReviewAnswer
from policies.writing.log_words import Data, saying


def _answered(data: Data) -> str:
    if data["answer"] == ReviewAnswer.AGREES:
        return gettext("The outsider of review %(review)s agrees") % {"review": data["review"]}
    return gettext("The outsider of review %(review)s asks for changes") % {"review": data["review"]}


def _claimed(data: Data) -> str:
    return gettext("Looks at the draft that waits") if data["claims"] else gettext("Does not look at it after all")


ACTIONS = {
    "policies.approval": saying(_("Approve a draft"), _("Draft {digest:.12} approved")),
    "policies.approval_taken_back": saying(_("Take back an approval"), _("Approval of draft {digest:.12} taken back")),
    "policies.emergency": saying(
        _("Announce in an emergency"), _("Announced without a second person, in an emergency: {reason}")
    ),
    "policies.command": saying(_("Enter an approval"), _("Approval outside the CMS entered with a command: {reason}")),
    "policies.switch_two_people": saying(_("Switch the rule of two people"), _("{says} Because: {reason}")),
    "policies.review_asked": saying(
        _("Ask an outsider"), _("An outsider was asked to review the draft (review {review})")
    ),
    "policies.review_taken_back": saying(_("Take back a review"), _("Review {review} was taken back")),
    "policies.review_answered": saying(_("Answer of an outsider"), _answered),
    "policies.review_claimed": saying(_("Look at a draft"), _claimed),
    "policies.review_due": saying(_("Say when a review is due"), _("The review is due on {day}")),
}
