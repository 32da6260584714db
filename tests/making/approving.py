"""Two people for one announcement: who writes, who approves, and a rule that asks for both."""

from django.contrib.auth.models import Group
from wagtail.models import Revision

from accounts.models import User
from policies.desk.approving.draft import newest_draft
from policies.desk.approving.models import Approval, ApprovalKind, TwoPeopleRule
from policies.writing.models import PolicyPage
from tests.making.people import a_person


def rule(*, is_on: bool = True, corrections_alone: bool = False, outsiders_count: bool = False) -> TwoPeopleRule:
    """The rule as it stands from now on, whoever switched it."""
    return TwoPeopleRule.objects.create(
        is_on=is_on, corrections_alone=corrections_alone, outsiders_count=outsiders_count, reason="We are careful."
    )


def one_of(group: str, name: str) -> User:
    """Somebody in one of the ready-made groups."""
    person = a_person(f"{name.lower()}@example.org", first_name=name)
    person.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=person.pk)


def said_yes(page: PolicyPage, by: User | None, *, kind: ApprovalKind = ApprovalKind.APPROVAL) -> Approval:
    """A row that says that somebody approved the newest draft: what the door finds, however it came there."""
    draft = newest_draft(page.pk)
    return Approval.objects.create(
        page=draft.page, revision=draft.revision, digest=draft.digest, amends=draft.amends, kind=kind, by=by,
        words="Fine." if kind != ApprovalKind.APPROVAL else "",
    )  # fmt: skip


def changed_after(page: PolicyPage, by: User) -> Revision:
    """The newest draft, saved again with other words."""
    draft = PolicyPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.change_summary = "Other words."
    return draft.save_revision(user=by)
