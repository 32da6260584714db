"""What a page's history says of approving."""

from policies.desk.approving.models import ReviewAnswer
from policies.writing.log_words import Data, saying


def _answered(data: Data) -> str:
    says = "agrees" if data["answer"] == ReviewAnswer.AGREES else "asks for changes"
    return f"The outsider of review {data['review']} {says}"


def _claimed(data: Data) -> str:
    return "Looks at the draft that waits" if data["claims"] else "Does not look at it after all"


ACTIONS = {
    "policies.approval": saying("Approve a draft", "Draft {digest:.12} approved"),
    "policies.approval_taken_back": saying("Take back an approval", "Approval of draft {digest:.12} taken back"),
    "policies.emergency": saying(
        "Announce in an emergency", "Announced without a second person, in an emergency: {reason}"
    ),
    "policies.command": saying("Enter an approval", "Approval outside the CMS entered with a command: {reason}"),
    "policies.switch_two_people": saying("Switch the rule of two people", "{says} Because: {reason}"),
    "policies.review_asked": saying("Ask an outsider", "An outsider was asked to review the draft (review {review})"),
    "policies.review_taken_back": saying("Take back a review", "Review {review} was taken back"),
    "policies.review_answered": saying("Answer of an outsider", _answered),
    "policies.review_claimed": saying("Look at a draft", _claimed),
    "policies.review_due": saying("Say when a review is due", "The review is due on {day}"),
}
