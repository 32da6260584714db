"""What is kept about approving: the rule, approvals, outsiders' reviews, who looks at what, and the mails."""

from policies.desk.approving.models.approvals import Approval, ApprovalKind
from policies.desk.approving.models.mails import StaffMail
from policies.desk.approving.models.reviews import OutsideReview, ReviewAnswer
from policies.desk.approving.models.rule import TwoPeopleRule
from policies.desk.approving.models.tasks import PolicyApprovalTask, ReviewDuty, is_policy

__all__ = [
    "Approval",
    "ApprovalKind",
    "OutsideReview",
    "PolicyApprovalTask",
    "ReviewAnswer",
    "ReviewDuty",
    "StaffMail",
    "TwoPeopleRule",
    "is_policy",
]
