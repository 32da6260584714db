"""The report of engagement: for each version how many were told, have seen, acknowledged, accepted or declined it."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from accounts.values.wording import day_in_words
from policies.desk.reports.counting import Counts, counts_of
from policies.desk.reports.exporting import StreamedExport
from policies.desk.reports.filtering import policy_filter
from policies.desk.reports.rights import OF_NOTICES
from policies.notices.models import AmendmentNotice, Engagement
from policies.notices.models.answers import Answer
from policies.versions.models import PolicyVersion, Significance

DONE = [*Engagement.Kind.choices, *Answer.Kind.choices]


def with_some(queryset: QuerySet[PolicyVersion], name: str, kind: str) -> QuerySet[PolicyVersion]:
    """Keep the versions with which at least one person did this, whatever they did later."""
    model = Answer if kind in Answer.Kind.values else Engagement
    return queryset.annotate(found=_first(model, kind__gte=kind)).filter(found=kind)


def _first(model: type[Engagement] | type[Answer], **only: str) -> Subquery:
    """Return the first kind of row about a version, in the order of the index that finds it.

    EXISTS would let PostgreSQL read a million rows for each version that has none.
    """
    about = model._default_manager.filter(version=OuterRef("pk"), **only)
    return Subquery(about.order_by("kind").values("kind")[:1])


class EngagementFilters(WagtailFilterSet):
    page = policy_filter("page")
    significance = django_filters.ChoiceFilter(label=_("Significance"), choices=Significance.choices)
    kind = django_filters.ChoiceFilter(label=_("With people who"), choices=DONE, method=with_some)

    class Meta:
        model = PolicyVersion
        fields: list[str] = []


class EngagementReport(StreamedExport, named="engagement"):
    """Numbers only: who it was stands in another report, with a right of its own."""

    page_title = _("Engagement")
    header_icon = "group"
    permission_policy = OF_NOTICES
    filterset_class = EngagementFilters
    default_ordering = "-announced_at"
    paginate_by = 10  # a million rows are counted for twenty versions
    file_name = "engagement"
    columns = (
        Column("version", label=_("Version")),
        Column("begins", label=_("In force from"), accessor=lambda row: day_in_words(row.version.effective_from)),
        Column("meant", label=_("Meant for")),
        Column("told", label=_("Told")),
        Column("why_not", label=_("Not told, because")),
        Column("waiting", label=_("Waiting")),
        Column("seen", label=_("Seen")),
        Column("acknowledged", label=_("Acknowledged")),
        Column("accepted", label=_("Accepted")),
        Column("declined", label=_("Declined")),
        Column("taken_back", label=_("Taken back")),
    )
    export_headings = {
        "version.slug": _("Policy"),
        "version.number": _("Version"),
        "version.effective_from": _("In force from"),
        "meant": _("Meant for"),
        "told": _("Told"),
        "unreachable": _("Unreachable"),
        "why_not": _("Not told, because"),
        "waiting": _("Waiting"),
        "seen": _("Seen"),
        "acknowledged": _("Acknowledged"),
        "accepted": _("Accepted"),
        "declined": _("Declined"),
        "taken_back": _("Taken back"),
    }

    def get_base_queryset(self) -> QuerySet[PolicyVersion]:
        """Only versions that people were to be told of, or did something with."""
        noticed = Exists(AmendmentNotice.objects.filter(version=OuterRef("pk")))
        found = PolicyVersion.objects.outline().annotate(done=_first(Engagement), answered=_first(Answer))
        return found.filter(noticed | Q(done__isnull=False) | Q(answered__isnull=False))

    def order_queryset(self, queryset: QuerySet[PolicyVersion]) -> QuerySet[PolicyVersion]:
        return queryset.order_by(self.ordering, "-pk")

    def decorated(self, rows: list[Any]) -> list[Counts]:
        return counts_of(rows)
