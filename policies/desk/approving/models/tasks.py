"""The step “approve” of the workflow of policies, and who looks at a waiting draft until when."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from accounts.models import User
from policies.desk.approving.models.rule import TwoPeopleRule
from policies.desk.approving.people.authors import authors_of_draft
from policies.writing.models import PolicyPage

Action = tuple[str, str, bool]


def is_policy(item: object) -> bool:
    """Whether this is a policy, also where Wagtail hands out the page without what makes it one."""
    return isinstance(item, Page) and item.specific_class is PolicyPage


class PolicyApprovalTask(AbstractGroupApprovalTask):
    """A step that approves nothing by itself: its button leads to the look, where the deed is.

    Another kind of page in the same workflow is approved as Wagtail does it.
    """

    leads_to_the_look = True

    class Meta:
        verbose_name = _("approval of a policy")
        verbose_name_plural = _("approvals of policies")

    def get_actions(self, obj: Page, user: User) -> list[Action]:
        """Return what this person may do; who wrote part of the draft may ask for changes, and not approve it."""
        if not is_policy(obj):
            return list(super().get_actions(obj, user))
        if not (user.is_superuser or self._user_in_groups(user)):
            return []
        asks: Action = ("reject", gettext("Ask for changes"), True)
        if TwoPeopleRule.in_force().is_on and user.pk in authors_of_draft(obj):
            return [asks]
        return [asks, ("approve", gettext("Look at it and approve…"), False)]

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: object) -> str | None:
        """Lead to the look instead of approving; Wagtail's views redirect to what is returned."""
        page = task_state.workflow_state.content_object
        if action_name == "approve" and is_policy(page):
            return reverse("policies_cms:look", args=[page.pk])
        super().on_action(task_state, user, action_name, **kwargs)
        return None

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "Members of the chosen groups approve a policy on the page that shows what announcing it will do"
        )


DAYS = 7  # that a review has, unless somebody says another day


class ReviewDuty(models.Model):
    """One draft that waits for an approval: until when it should have one, and who said that they look at it."""

    task_state = models.OneToOneField("wagtailcore.TaskState", models.CASCADE, related_name="review_duty")
    due_on = models.DateField()
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("waiting review")
        ordering: ClassVar = ["due_on", "pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"review due on {self.due_on}"

    @classmethod
    def of(cls, step: TaskState) -> "ReviewDuty":
        """Return what is known of a waiting step; at first that it is due in some days."""
        begun = {"due_on": timezone.localdate() + dt.timedelta(days=DAYS)}
        return cls.objects.select_related("claimed_by").get_or_create(task_state=step, defaults=begun)[0]

    @property
    def is_late(self) -> bool:
        return self.due_on < timezone.localdate()
