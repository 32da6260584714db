"""The report of who did what with which version: personal data, with rights of its own; each export is logged."""

import django_filters
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from accounts.models import User
from accounts.values.wording import moment_in_words
from policies.desk.reports.exporting import StreamedExport
from policies.desk.reports.rights import EXPORT_PEOPLE, OF_PEOPLE, VIEW
from policies.notices.models import Engagement
from policies.versions.models import PolicyVersion

TEXTS = ("version__content", "version__text")


class VersionChoice(django_filters.ModelChoiceFilter):
    def __init__(self, **kwargs: object) -> None:
        versions = PolicyVersion.objects.outline().order_by("title", "-sequence")
        super().__init__(queryset=versions, **kwargs)


class PeopleFilters(WagtailFilterSet):
    version = VersionChoice(label="Version")
    kind = django_filters.ChoiceFilter(label="What they did", choices=Engagement.Kind.choices)

    class Meta:
        model = Engagement
        fields: list[str] = []


class PeopleReport(StreamedExport):
    page_title = "People and versions"
    header_icon = "user"
    permission_policy = OF_PEOPLE
    any_permission_required = VIEW
    export_permission = EXPORT_PEOPLE
    of_people = True
    index_url_name = "policies_reports:people"
    index_results_url_name = "policies_reports:people_results"
    filterset_class = PeopleFilters
    default_ordering = "-pk"
    is_searchable = True
    file_name = "people-and-versions"
    columns = (
        Column("person", label="Person"),
        Column("address", label="Address", accessor="person.email"),
        Column("version", label="Version"),
        Column("kind", label="What they did", accessor="get_kind_display"),
        Column("at", label="When", accessor=lambda row: moment_in_words(row.at)),
    )
    export_headings = {
        "person.get_full_name": "Name",
        "person.email": "Address",
        "version.slug": "Policy",
        "version.number": "Version",
        "get_kind_display": "What they did",
        "at": "When",
    }
    list_export = tuple(export_headings)

    def get_base_queryset(self) -> QuerySet[Engagement]:
        return Engagement.objects.select_related("person", "version").defer(*TEXTS)

    def search_queryset(self, queryset: QuerySet[Engagement]) -> QuerySet[Engagement]:
        """Find people by the beginning of their address: an index answers that, however many they are."""
        words = self.search_query.strip().lower()
        if not words:
            return queryset
        return queryset.filter(person__in=User.objects.filter(email__startswith=words).values("pk"))
