"""The list of policies says which draft waits for an approval, until when, and who looks at it."""

from collections.abc import Iterable
from typing import cast

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.models import Page

from policies.desk.approving.models import ReviewDuty
from policies.desk.approving.waiting.duties import duties
from policies.writing.listing import PoliciesViewSet, PolicyIndexView
from policies.writing.models import PolicyPage


def attach_duties(pages: Iterable[Page]) -> None:
    """Give each policy of a list its waiting review, by one query for all."""
    policies = {str(page.pk): page for page in pages if isinstance(page, PolicyPage)}
    for duty in duties().filter(task_state__workflow_state__object_id__in=policies):
        policies[duty.task_state.workflow_state.object_id].review_duty = duty


def review(page: Page) -> str:
    """Say by when a policy's draft is to be looked at, and who does; a dash where nothing waits."""
    duty: ReviewDuty | None = getattr(page, "review_duty", None)
    if duty is None:
        return "–"
    if duty.claimed_by:
        late, due = (
            gettext("Late: was due %(day)s, %(claimed_by)s looks at it"),
            gettext("Due %(day)s, %(claimed_by)s looks at it"),
        )
    else:
        late, due = gettext("Late: was due %(day)s"), gettext("Due %(day)s")
    facts = {"day": date_format(duty.due_on, "j M Y"), "claimed_by": duty.claimed_by}
    return (late if duty.is_late else due) % facts


class ReviewedPoliciesView(PolicyIndexView):
    """All policies, with what waits for an approval before the date of the last edit."""

    base_columns = [
        *(column for column in PolicyIndexView.base_columns[:-2]),
        Column("review", label=_("Review"), accessor=review, width="14%"),
        *PolicyIndexView.base_columns[-2:],
    ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        attach_duties(cast(Iterable[Page], context["object_list"]))
        return context


class ReviewedPoliciesViewSet(PoliciesViewSet):
    index_view_class = ReviewedPoliciesView
