"""The report of all versions of all policies: numbers, dates, standing, who announced."""

from dataclasses import dataclass

import django_filters
from django.db.models import QuerySet
from django.forms import DateInput
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from accounts.values.wording import day_in_words, moment_in_words
from policies.desk.reports.exporting import StreamedExport
from policies.desk.reports.filtering import policy_filter
from policies.desk.reports.histories import entries_of
from policies.desk.reports.rights import OF_VERSIONS
from policies.versions.history import Entry
from policies.versions.models import PolicyVersion, PolicyVersionQuerySet, Significance, Standing


def standing(queryset: PolicyVersionQuerySet, name: str, value: str) -> QuerySet[PolicyVersion]:
    """Keep the versions that stand so today."""
    today, all_versions = timezone.localdate(), PolicyVersion.objects.all()
    current = {
        Standing.IN_FORCE: all_versions.in_force(on=today),
        Standing.UPCOMING: all_versions.upcoming(on=today).order_by(),
    }
    if value in current:
        return queryset.filter(pk__in=current[Standing(value)].values("pk"))
    if value == Standing.WITHDRAWN:
        return queryset.exclude(withdrawn_at=None)
    for others in current.values():
        queryset = queryset.exclude(pk__in=others.values("pk"))
    return queryset.filter(withdrawn_at=None)


class VersionFilters(WagtailFilterSet):
    page = policy_filter("page")
    standing = django_filters.ChoiceFilter(label=_("Standing"), choices=Standing.choices, method=standing)
    significance = django_filters.ChoiceFilter(label=_("Significance"), choices=Significance.choices)
    begins = django_filters.DateFilter(
        label=_("In force from, at the earliest"), field_name="effective_from", lookup_expr="gte",
        widget=DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    begins_by = django_filters.DateFilter(
        label=_("In force from, at the latest"), field_name="effective_from", lookup_expr="lte",
        widget=DateInput(attrs={"type": "date"}),
    )  # fmt: skip

    class Meta:
        model = PolicyVersion
        fields: list[str] = []


@dataclass(frozen=True, slots=True)
class Row:
    """A version and how it stands."""

    version: PolicyVersion
    entry: Entry

    @property
    def link(self) -> str:
        return format_html('<a href="{}">{}</a>', self.version.get_absolute_url(), self.version.number)

    @property
    def kind(self) -> str:
        if self.version.sequence == 1:
            return gettext("First version")
        return str(Significance(self.version.significance).label)

    @property
    def by(self) -> str:
        return str(self.version.announced_by or "")

    @property
    def until(self) -> str:
        if self.entry.never_in_force:
            return gettext("Part of a day") if self.entry.for_part_of_a_day else gettext("Never in force")
        return day_in_words(self.entry.last_day) if self.entry.last_day else "–"


class VersionsReport(StreamedExport, named="versions"):
    page_title = _("Policy versions")
    header_icon = "history"
    permission_policy = OF_VERSIONS
    filterset_class = VersionFilters
    default_ordering = "-announced_at"
    file_name = "policy-versions"
    columns = (
        Column("title", label=_("Policy"), accessor="version.title"),
        Column("link", label=_("Version")),
        Column("kind", label=_("Kind")),
        Column("standing", label=_("Standing"), accessor="entry.standing.label"),
        Column("announced", label=_("Announced"), sort_key="announced_at",
               accessor=lambda row: moment_in_words(row.version.announced_at)),
        Column("by", label=_("By")),
        Column("begins", label=_("In force from"), sort_key="effective_from",
               accessor=lambda row: day_in_words(row.version.effective_from)),
        Column("until", label=_("Until")),
    )  # fmt: skip
    export_headings = {
        "version.slug": _("Policy"),
        "version.title": _("Title"),
        "version.number": _("Version"),
        "kind": _("Kind"),
        "entry.standing.label": _("Standing"),
        "version.announced_at": _("Announced"),
        "by": _("Announced by"),
        "version.effective_from": _("In force from"),
        "entry.last_day": _("Until"),
        "entry.never_in_force": _("Never in force for a whole day"),
        "version.withdrawn_at": _("Withdrawn"),
        "version.withdrawn_reason": _("Why withdrawn"),
        "version.recorded_at": _("Recorded here"),
        "version.change_summary": _("What changed"),
        "version.digest": _("Digest"),
    }

    def get_base_queryset(self) -> QuerySet[PolicyVersion]:
        return PolicyVersion.objects.outline().select_related("announced_by").order_by("-announced_at", "-pk")

    def order_queryset(self, queryset: QuerySet[PolicyVersion]) -> QuerySet[PolicyVersion]:
        return queryset.order_by(self.ordering, "-pk")

    def decorated(self, rows: list[PolicyVersion]) -> list[Row]:
        entries = entries_of(rows)
        return [Row(version, entries[version.pk]) for version in rows]
