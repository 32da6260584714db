"""Gathers the models of the rooms for Django."""

from policies.desk.approving.models import (
    Approval,
    OutsideReview,
    PolicyApprovalTask,
    ReviewDuty,
    StaffMail,
    TwoPeopleRule,
)
from policies.versions.kept_register import KeptRegister
from policies.versions.least_notice import LeastNotice
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyIndexPage, PolicyPage

__all__ = [
    "Approval",
    "KeptRegister",
    "LeastNotice",
    "OutsideReview",
    "PolicyApprovalTask",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
    "ReviewDuty",
    "StaffMail",
    "TwoPeopleRule",
]
