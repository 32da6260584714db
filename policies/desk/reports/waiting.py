"""What needs a hand: drafts that differ, reviews that wait, what is scheduled, what is about to begin, notices."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import User
from accounts.values.wording import day_in_words, days_in_words, moment_in_words, sentences
from policies.desk.approving.models import ReviewDuty
from policies.desk.reports.rights import OF_NOTICES, VIEW
from policies.notices.trouble import needing_a_hand
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

EDIT = ("change", "publish", "lock", "unlock")
TEXTS = ("preamble", "sections", "latest_revision__content")


class Sort(Enum):
    """What an item is about, in the order in which they are shown."""

    NOTICE = gettext_noop("Notice")
    REVIEW = gettext_noop("Review")
    SCHEDULED = gettext_noop("Scheduled")
    UPCOMING = gettext_noop("Comes into force")
    DRAFT = gettext_noop("Draft")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that needs a hand, and where to lend it. `at` is when it happens, or since when it waits."""

    sort: Sort
    policy: str
    words: str
    url: str
    at: dt.datetime | None = None

    @property
    def label(self) -> str:
        return gettext(self.sort.value)


def waiting_for(user: User) -> list[Item]:
    """Return what needs a hand of what this person may see, by a fixed number of queries."""
    pages = editable(user)
    found = [item for source in SOURCES for item in source(pages)]
    if OF_NOTICES.user_has_any_permission(user, VIEW):
        found += notices(user)
    order = list(Sort)
    return sorted(found, key=lambda item: (order.index(item.sort), item.at or timezone.now(), item.policy))


def editable(user: User) -> QuerySet[PolicyPage]:
    """Return the policies that this person may edit or announce."""
    allowed = PagePermissionPolicy().instances_user_has_any_permission_for(user, EDIT)
    return PolicyPage.objects.filter(pk__in=allowed.values("pk"), alias_of=None)


def drafts(pages: QuerySet[PolicyPage]) -> Iterator[Item]:
    """Yield drafts that were never announced, or differ from what was; not those that wait for somebody or a date."""
    waiting = pages.filter(has_unpublished_changes=True).exclude(_in_progress())
    for page in waiting.select_related("latest_revision__user").defer(*TEXTS):
        saved = page.latest_revision
        words = _of_draft(page, saved)
        yield Item(Sort.DRAFT, page.draft_title, words, _edit(page.pk), saved.created_at if saved else None)


def _of_draft(page: PolicyPage, saved: Revision | None) -> str:
    """Say how a draft stands to what was announced, and who saved it when, as far as that is known."""
    if saved is None:
        return gettext("Differs from what was announced.") if page.live else gettext("Never announced.")
    facts = {"user": saved.user, "moment": moment_in_words(saved.created_at)}
    if saved.user is None:
        differs = gettext("Differs from what was announced, saved on %(moment)s.")
        return (differs if page.live else gettext("Never announced, saved on %(moment)s.")) % facts
    differs = gettext("Differs from what was announced, saved by %(user)s on %(moment)s.")
    return (differs if page.live else gettext("Never announced, saved by %(user)s on %(moment)s.")) % facts


def _in_progress() -> Q:
    """Find pages whose draft is scheduled, or waits for a review: these are shown as such."""
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False).values("pk")
    # Wagtail keeps the number of the page as text, which PostgreSQL does not compare with a number.
    reviewed = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, base_content_type__model="page")
    numbers = reviewed.annotate(number=Cast("object_id", BigIntegerField())).values("number")
    return Q(latest_revision__in=scheduled) | Q(pk__in=numbers)


def _steps() -> QuerySet[TaskState]:
    """Return the steps of workflows that pages wait at. Wagtail keeps the numbers of pages as text."""
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type__model="page",
    ).select_related("task", "workflow_state__requested_by", "review_duty__claimed_by")


def reviews(pages: QuerySet[PolicyPage]) -> Iterator[Item]:
    """Yield drafts that wait for a second person."""
    states = {int(state.workflow_state.object_id): state for state in _steps()}
    for page in pages.filter(pk__in=states).only("pk", "draft_title"):
        state = states[page.pk]
        by = state.workflow_state.requested_by
        waits = (
            gettext("Waits at “%(name)s” since %(since)s, asked for by %(by)s.")
            if by
            else gettext("Waits at “%(name)s” since %(since)s.")
        ) % {"name": state.task.name, "since": moment_in_words(state.started_at), "by": by}
        yield Item(Sort.REVIEW, page.draft_title, sentences(waits, _duty(state)), _edit(page.pk), state.started_at)


def _duty(state: TaskState) -> str:
    """Say until when the review should be done, and who looks at it, where that is known."""
    duty: ReviewDuty | None = getattr(state, "review_duty", None)
    if duty is None:
        return ""
    if duty.claimed_by:
        late = gettext("Late: it was due on %(day)s; %(claimed_by)s looks at it.")
        due = gettext("Due on %(day)s; %(claimed_by)s looks at it.")
    else:
        late, due = gettext("Late: it was due on %(day)s."), gettext("Due on %(day)s.")
    return (late if duty.is_late else due) % {"day": day_in_words(duty.due_on), "claimed_by": duty.claimed_by}


def scheduled(pages: QuerySet[PolicyPage]) -> Iterator[Item]:
    """Yield drafts that announce themselves at a moment, and those that should have by now."""
    ids = [str(pk) for pk in pages.values_list("pk", flat=True)]
    found = Revision.page_revisions.filter(approved_go_live_at__isnull=False, object_id__in=ids)
    for pk, title, at in found.values_list("object_id", "object_str", "approved_go_live_at"):
        late = at < timezone.now() - dt.timedelta(minutes=10)
        words = gettext("Was to be announced on %(moment)s: does the housekeeping run?") % {
            "moment": moment_in_words(at)
        }
        yield Item(
            Sort.SCHEDULED,
            title,
            words if late else gettext("Will be announced on %(moment)s.") % {"moment": moment_in_words(at)},
            _edit(int(pk)),
            at,
        )


def upcoming(pages: QuerySet[PolicyPage]) -> Iterator[Item]:
    """Yield announced versions that are not in force yet."""
    found = PolicyVersion.objects.outline().upcoming(on=timezone.localdate()).filter(page__in=pages.values("pk"))
    for version in found:
        words = gettext("Version %(number)s comes into force on %(day)s, in %(days)s.") % {
            "number": version.number,
            "day": day_in_words(version.effective_from),
            "days": days_in_words((version.effective_from - timezone.localdate()).days),
        }
        begins = timezone.make_aware(dt.datetime.combine(version.effective_from, dt.time.min))
        url = reverse("policies_cms:versions", args=[version.page_id])
        yield Item(Sort.UPCOMING, version.title, words, url, begins)


def notices(user: User) -> Iterator[Item]:
    """Yield the notices that do not move: paused, with e-mails that failed, or with nothing running that could send."""
    may_look = user.has_perm("notices.view_amendmentnotice")
    for trouble in needing_a_hand():
        notice = trouble.notice
        report = f"{reverse('policies_reports:notices')}?policy={notice.version.page_id}"
        url = reverse("notices:inspect", args=[notice.pk]) if may_look else report
        yield Item(Sort.NOTICE, str(notice.version), trouble.words, url, notice.state_since)


def _edit(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


SOURCES: tuple[Callable[[QuerySet[PolicyPage]], Iterator[Item]], ...] = (reviews, scheduled, upcoming, drafts)
