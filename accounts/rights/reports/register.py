"""The register of requests and complaints: each with its days and what came of it. It names cases, not people."""

import datetime as dt
from collections.abc import Callable, Iterable

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from accounts.rights.clock.working_days import Days
from accounts.rights.due_dates import closed_days
from accounts.rights.models import OPEN, RightsRequest
from accounts.rights.reports.cases import Case, case_of
from accounts.rights.reports.exporting import RightsReport
from accounts.values.wording import day_in_words

STANDING = (("open", pgettext_lazy("requests", "Open")), ("late", _("Late now")), ("ended", _("Ended")))


def standing(queryset: QuerySet[RightsRequest], name: str, value: str) -> QuerySet[RightsRequest]:
    """Keep those that stand so today."""
    if value == "late":
        return queryset.filter(state__in=OPEN, due_on__lt=timezone.localdate())
    return queryset.filter(state__in=OPEN) if value == "open" else queryset.exclude(state__in=OPEN)


class RegisterFilters(WagtailFilterSet):
    received_on = django_filters.DateFromToRangeFilter(label=_("Received"), widget=DateRangePickerWidget)
    standing = django_filters.ChoiceFilter(label=_("How it stands"), choices=STANDING, method=standing)
    extended = django_filters.BooleanFilter(
        label=_("Extended"), field_name="extended_on", lookup_expr="isnull", exclude=True
    )
    escalated = django_filters.BooleanFilter(
        label=_("Went to the regulator"), field_name="escalated_on", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = RightsRequest
        fields = ("kind", "outcome", "channel")


class Entry:
    """One line: the request, and what is worked out of it."""

    def __init__(self, request: RightsRequest, closed: Days, today: dt.date) -> None:
        self.request = request
        self.case: Case = case_of(request, closed)
        self.kind = request.get_kind_display()
        self.state = request.get_state_display()
        self.channel = request.get_channel_display()
        self.outcome = request.get_outcome_display()
        self.late = gettext("yes") if self.case.late_on(today) else gettext("no")


def _day(name: str) -> Callable[[Entry], str]:
    return lambda entry: day_in_words(day) if (day := getattr(entry.request, name)) else ""


class RegisterReport(RightsReport):
    page_title = _("Requests and complaints")
    header_icon = "list-ul"
    index_url_name = "rights_reports:register"
    index_results_url_name = "rights_reports:register_results"
    filterset_class = RegisterFilters
    default_ordering = "-received_on"
    file_name = "requests-and-complaints"
    columns = (
        TitleColumn(
            "reference",
            label=_("Case"),
            accessor="request.reference",
            get_url=lambda entry: reverse("rights_desk:case", args=[entry.request.pk]),
        ),
        Column("kind", label=_("Kind")),
        Column("received_on", label=_("Received"), sort_key="received_on", accessor=_day("received_on")),
        Column("state", label=_("How it stands")),
        Column("due_on", label=_("Due"), sort_key="due_on", accessor=_day("due_on")),
        Column("late", label=_("Late")),
        Column("closed_on", label=_("Ended"), sort_key="closed_on", accessor=_day("closed_on")),
        Column("outcome", label=_("Outcome")),
        Column("days", label=_("Days"), accessor="case.days"),
    )
    export_headings = {
        "request.reference": _("Case"),
        "kind": _("Kind"),
        "channel": _("How it came"),
        "request.received_on": _("Received"),
        "request.acknowledged_on": _("Acknowledged"),
        "request.identity_asked_on": _("Identity asked for"),
        "request.identity_on": _("Identity shown"),
        "request.fee_asked_on": _("Fee asked for"),
        "request.fee_on": _("Fee paid"),
        "request.extended_on": _("Extended"),
        "request.extension_reasons": _("Reasons of the extension"),
        "request.reopened_on": _("Opened again"),
        "case.due": _("Due for the answer (complaints: the acknowledgement)"),
        "request.due_on": _("Due next"),
        "state": _("How it stands"),
        "request.decided_on": _("Decided"),
        "outcome": _("Outcome"),
        "request.closed_on": _("Ended"),
        "case.days": _("Days to the answer"),
        "late": _("Late"),
        "request.escalated_on": _("Went to the regulator"),
    }
    list_export = tuple(export_headings)

    def get_base_queryset(self) -> QuerySet[RightsRequest]:
        return RightsRequest.objects.confirmed().prefetch_related("pauses")

    def order_queryset(self, queryset: QuerySet[RightsRequest]) -> QuerySet[RightsRequest]:
        return super().order_queryset(queryset).order_by(self.ordering, "-pk")

    @cached_property
    def closed(self) -> Days:
        return closed_days()

    def entry(self, request: RightsRequest) -> Entry:
        return Entry(request, self.closed, timezone.localdate())

    def get_table(self, object_list: Iterable[RightsRequest]) -> object:
        return super().get_table([self.entry(request) for request in object_list])

    def to_row_dict(self, item: RightsRequest) -> dict[str, object]:
        return super().to_row_dict(self.entry(item))
