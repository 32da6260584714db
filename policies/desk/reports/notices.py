"""The report of all notices: what was mailed about which version, and how far it got."""

import datetime as dt

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
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
    state = django_filters.ChoiceFilter(label=_("State"), choices=NoticeState.choices)
    kind = django_filters.ChoiceFilter(label=_("Occasion"), choices=NoticeKind.choices)
    audience = django_filters.ChoiceFilter(label=_("Written to"), choices=Audience.choices)

    class Meta:
        model = AmendmentNotice
        fields: list[str] = []


def _moment(moment: dt.datetime | None) -> str:
    return moment_in_words(moment) if moment else "–"


class NoticesReport(StreamedExport, named="notices"):
    page_title = _("Notices of amendments")
    header_icon = "mail"
    permission_policy = OF_NOTICES
    filterset_class = NoticeFilters
    default_ordering = "-pk"
    file_name = "notices"
    columns = (
        Column("version", label=_("Version")),
        Column("occasion", label=_("Occasion"), accessor="get_kind_display"),
        Column("audience", label=_("Written to"), accessor="get_audience_display"),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("since", label=_("Since"), accessor=lambda notice: _moment(notice.state_since)),
        Column("reason", label=_("Why"), accessor="state_reason"),
        Column("recipients", label=_("Recipients")),
        Column("sent", label=_("Sent")),
        Column("failed", label=_("Failed")),
        Column("unreachable", label=_("Unreachable")),
        Column("skipped", label=_("Not sent")),
        Column("waiting", label=_("Waiting")),
    )
    export_headings = {
        "version.slug": _("Policy"),
        "version.number": _("Version"),
        "get_kind_display": _("Occasion"),
        "get_audience_display": _("Written to"),
        "get_state_display": _("State"),
        "state_since": _("Since"),
        "state_reason": _("Why"),
        "created_at": _("Made"),
        "held_until": _("Held until"),
        "staged_at": _("Recipients written down"),
        "recipients": _("Recipients"),
        "sent": _("Sent"),
        "failed": _("Failed"),
        "unreachable": _("Unreachable"),
        "skipped": _("Not sent"),
        "waiting": _("Waiting"),
    }

    def get_base_queryset(self) -> QuerySet[AmendmentNotice]:
        return AmendmentNotice.objects.select_related("version").defer(*TEXTS)
