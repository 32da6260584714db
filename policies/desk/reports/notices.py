"""The report of all notices: what was mailed about which version, and how far it got."""

import datetime as dt

import django_filters
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from accounts.values.wording import moment_in_words
from policies.desk.reports.exporting import StreamedExport
from policies.desk.reports.filtering import policy_filter
from policies.desk.reports.rights import OF_NOTICES
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import Audience, NoticeKind, NoticeState

TEXTS = ("message", "version__content", "version__text")


class NoticeFilters(WagtailFilterSet):
    policy = policy_filter("version__page")
    state = django_filters.ChoiceFilter(label="State", choices=NoticeState.choices)
    kind = django_filters.ChoiceFilter(label="Occasion", choices=NoticeKind.choices)
    audience = django_filters.ChoiceFilter(label="Written to", choices=Audience.choices)

    class Meta:
        model = AmendmentNotice
        fields: list[str] = []


def _moment(moment: dt.datetime | None) -> str:
    return moment_in_words(moment) if moment else "–"


class NoticesReport(StreamedExport, named="notices"):
    page_title = "Notices of amendments"
    header_icon = "mail"
    permission_policy = OF_NOTICES
    filterset_class = NoticeFilters
    default_ordering = "-pk"
    file_name = "notices"
    columns = (
        Column("version", label="Version"),
        Column("occasion", label="Occasion", accessor="get_kind_display"),
        Column("audience", label="Written to", accessor="get_audience_display"),
        Column("state", label="State", accessor="get_state_display"),
        Column("since", label="Since", accessor=lambda notice: _moment(notice.state_since)),
        Column("reason", label="Why", accessor="state_reason"),
        Column("recipients", label="Recipients"),
        Column("sent", label="Sent"),
        Column("failed", label="Failed"),
        Column("unreachable", label="Unreachable"),
        Column("skipped", label="Not sent"),
        Column("waiting", label="Waiting"),
    )
    export_headings = {
        "version.slug": "Policy",
        "version.number": "Version",
        "get_kind_display": "Occasion",
        "get_audience_display": "Written to",
        "get_state_display": "State",
        "state_since": "Since",
        "state_reason": "Why",
        "created_at": "Made",
        "held_until": "Held until",
        "staged_at": "Recipients written down",
        "recipients": "Recipients",
        "sent": "Sent",
        "failed": "Failed",
        "unreachable": "Unreachable",
        "skipped": "Not sent",
        "waiting": "Waiting",
    }

    def get_base_queryset(self) -> QuerySet[AmendmentNotice]:
        return AmendmentNotice.objects.select_related("version").defer(*TEXTS)
