"""What a page's history says of approving."""

from wagtail.log_actions import LogFormatter
from wagtail.models import BaseLogEntry

from policies.desk.approving.models import ReviewAnswer


class Approved(LogFormatter):
    label = "Approve a draft"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"Draft {entry.data['digest'][:12]} approved"


class InEmergency(LogFormatter):
    label = "Announce in an emergency"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"Announced without a second person, in an emergency: {entry.data['reason']}"


class ByCommand(LogFormatter):
    label = "Enter an approval"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"Approval outside the CMS entered with a command: {entry.data['reason']}"


class Switched(LogFormatter):
    label = "Switch the rule of two people"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"{entry.data['says']} Because: {entry.data['reason']}"


class Asked(LogFormatter):
    label = "Ask an outsider"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"An outsider was asked to review the draft (review {entry.data['review']})"


class TakenBack(LogFormatter):
    label = "Take back a review"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"Review {entry.data['review']} was taken back"


class Answered(LogFormatter):
    label = "Answer of an outsider"

    def format_message(self, entry: BaseLogEntry) -> str:
        says = "agrees" if entry.data["answer"] == ReviewAnswer.AGREES else "asks for changes"
        return f"The outsider of review {entry.data['review']} {says}"


class Claimed(LogFormatter):
    label = "Look at a draft"

    def format_message(self, entry: BaseLogEntry) -> str:
        return "Looks at the draft that waits" if entry.data["claims"] else "Does not look at it after all"


class Due(LogFormatter):
    label = "Say when a review is due"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"The review is due on {entry.data['day']}"


ACTIONS = {
    "policies.approval": Approved,
    "policies.emergency": InEmergency,
    "policies.command": ByCommand,
    "policies.switch_two_people": Switched,
    "policies.review_asked": Asked,
    "policies.review_taken_back": TakenBack,
    "policies.review_answered": Answered,
    "policies.review_claimed": Claimed,
    "policies.review_due": Due,
}
