"""Switches the rule of two people: by who may, with a reason, logged, and told to everybody who approves."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log

from accounts.models import User
from policies.desk.approving.mailing import write_to
from policies.desk.approving.models import TwoPeopleRule
from policies.desk.approving.people.approvers import approvers_anywhere

SWITCH = "policies.switch_two_people"


def switch_rule(*, is_on: bool, corrections_alone: bool, outsiders_count: bool, reason: str, by: User) -> TwoPeopleRule:
    """Let the rule stand so from now on.

    Raises:
        PermissionDenied: this person may not switch it.
        ValueError: no reason is given.
    """
    if not by.has_perm(SWITCH):
        raise PermissionDenied
    if not reason.strip():
        raise ValueError("Say why: it stays in the log.")
    with transaction.atomic():
        rule = TwoPeopleRule.objects.create(
            is_on=is_on, corrections_alone=corrections_alone, outsiders_count=outsiders_count, reason=reason.strip(),
            by=by,
        )  # fmt: skip
        data = {"says": in_words(rule), "reason": rule.reason}
        log(instance=rule, action="policies.switch_two_people", user=by, data=data)
        write_to(approvers_anywhere(), "rule_switched", {"rule": rule, "says": in_words(rule), "by": by})
    return rule


def in_words(rule: TwoPeopleRule) -> str:
    """Say how the rule stands."""
    if not rule.is_on:
        return gettext("One person alone may announce.")
    says = [gettext("Two people are needed for each announcement")]
    if rule.corrections_alone:
        says.append(gettext("one is enough for a correction"))
    if rule.outsiders_count:
        says.append(gettext("an outsider’s review counts as the second"))
    return f"{'; '.join(says)}."
