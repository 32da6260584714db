"""The reports of people: who was told of a version and has seen it, and who answered what.

Personal data: they have rights of their own, and each export is logged.
"""

import django_filters
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from accounts.models import User
from accounts.values.wording import moment_in_words
from policies.desk.reports.exporting import StreamedExport
from policies.desk.reports.filtering import by_number, policy_filter
from policies.desk.reports.rights import EXPORT_PEOPLE, OF_PEOPLE
from policies.notices.models import Engagement
from policies.notices.models.answers import Answer

TEXTS = ("version__content", "version__text")


class PeopleFilters(WagtailFilterSet):
    policy = policy_filter("version__page")
    number = django_filters.CharFilter(label=_("Version, such as 2.1"), method=by_number)
    kind = django_filters.ChoiceFilter(label=_("What they did"), choices=Engagement.Kind.choices)

    class Meta:
        model = Engagement
        fields: list[str] = []


class AnswerFilters(WagtailFilterSet):
    policy = policy_filter("version__page")
    number = django_filters.CharFilter(label=_("Version, such as 2.1"), method=by_number)
    kind = django_filters.ChoiceFilter(label=_("Answer"), choices=Answer.Kind.choices)
    where = django_filters.ChoiceFilter(label=_("Where"), choices=Answer.Where.choices)

    class Meta:
        model = Answer
        fields: list[str] = []


class OfPeople(StreamedExport):
    """What the reports of people have in common: rights, the log, and how somebody is found."""

    permission_policy = OF_PEOPLE
    export_permission = EXPORT_PEOPLE
    of_people = True
    default_ordering = "-pk"
    is_searchable = True

    def search_queryset(self, queryset: QuerySet[Model]) -> QuerySet[Model]:
        """Find people by the beginning of their address: an index answers that, however many they are."""
        words = self.search_query.strip().lower()
        if not words:
            return queryset
        return queryset.filter(person__in=User.objects.filter(email__startswith=words).values("pk"))


PERSON = (Column("person", label=_("Person")), Column("address", label=_("Address"), accessor="person.email"))
WHEN = Column("at", label=_("When"), accessor=lambda row: moment_in_words(row.at))
HEADINGS = {
    "person.get_full_name": _("Name"),
    "person.email": _("Address"),
    "version.slug": _("Policy"),
    "version.number": _("Version"),
}


class PeopleReport(OfPeople, named="people"):
    page_title = _("People and versions")
    header_icon = "user"
    filterset_class = PeopleFilters
    file_name = "people-and-versions"
    columns = (
        *PERSON,
        Column("version", label=_("Version")),
        Column("kind", label=_("What they did"), accessor="get_kind_display"),
        WHEN,
    )
    export_headings = HEADINGS | {"get_kind_display": _("What they did"), "at": _("When")}

    def get_base_queryset(self) -> QuerySet[Engagement]:
        return Engagement.objects.select_related("person", "version").defer(*TEXTS)


class AnswersReport(OfPeople, named="answers"):
    """Every press of a button; of several of one person to one version, the newest stands."""

    page_title = _("Answers to versions")
    header_icon = "check"
    filterset_class = AnswerFilters
    file_name = "answers"
    columns = (
        *PERSON,
        Column("version", label=_("Version")),
        Column("kind", label=_("Answer"), accessor="get_kind_display"),
        Column("wording", label=_("In these words")),
        Column("where", label=_("Where"), accessor="get_where_display"),
        WHEN,
    )
    export_headings = HEADINGS | {
        "get_kind_display": _("Answer"),
        "wording": _("In these words"),
        "language": _("Language"),
        "get_where_display": _("Where"),
        "age_stated": _("Age stated"),
        "digest": _("Digest of the text"),
        "at": _("When"),
    }

    def get_base_queryset(self) -> QuerySet[Answer]:
        return Answer.objects.select_related("person", "version").defer(*TEXTS)
