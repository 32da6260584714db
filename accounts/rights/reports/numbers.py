"""Requests and complaints in numbers, per month, quarter or year, with a plot: a report of the CMS, and its CSV."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column

from accounts.rights.clock.months import add_months
from accounts.rights.models import Kind
from accounts.rights.reports.cases import Case, cases
from accounts.rights.reports.counting import Counts, Span, counts
from accounts.rights.reports.exporting import RightsReport
from accounts.rights.reports.plotting import plot

PLOTTED = 12  # months
SHORT = {
    Kind.ACCESS: _("Access"),
    Kind.CORRECTION: _("Correction"),
    Kind.ERASURE: _("Erasure"),
    Kind.RESTRICTION: _("Restriction"),
    Kind.OBJECTION: _("Objection"),
    Kind.PORTABILITY: _("Portability"),
    Kind.COMPLAINT: _("Complaints"),
}


class Line:
    """One period, as the table and the file show it."""

    def __init__(self, row: Counts) -> None:
        self.row = row
        self.first, self.last = row.period.first.isoformat(), row.period.last.isoformat()
        self.median = "" if row.median_days is None else f"{row.median_days:g}"
        for kind in Kind:
            setattr(self, kind.value, row.received.get(kind, 0))


BY = {Span.MONTH: _("By month"), Span.QUARTER: _("By quarter"), Span.YEAR: _("By year")}
WHAT_CAME_OF_IT = (
    ("ended", "row.ended", _("Ended")),
    ("answered", "row.answered", _("Answered")),
    ("late", "row.late", _("Answered late")),
    ("median", "median", _("Median days")),
    ("extended", "row.extended", _("Extended")),
    ("refused", "row.refused", _("Refused")),
    ("escalated", "row.escalated", _("To the regulator")),
    ("open", "row.open_at_end", _("Open at the end")),
    ("late_at_end", "row.late_at_end", _("Late at the end")),
)


class NumbersReport(RightsReport):
    page_title = _("Requests in numbers")
    header_icon = "calendar-alt"
    index_url_name = "rights_reports:numbers"
    index_results_url_name = "rights_reports:numbers_results"
    results_template_name = "accounts/rights/reports/numbers_results.html"
    paginate_by = None
    columns = (
        Column("period", label=_("Period"), accessor="row.period"),
        Column("received", label=_("Received"), accessor="row.all_received"),
        *(Column(kind.value, label=SHORT[kind]) for kind in Kind),
        *(Column(name, label=label, accessor=path) for name, path, label in WHAT_CAME_OF_IT),
    )
    export_headings = (
        {
            "row.period": _("Period"),
            "first": pgettext_lazy("first day", "From"),
            "last": _("Until"),
            "row.all_received": _("Received"),
        }
        | {kind.value: SHORT[kind] for kind in Kind}
        | {path: label for _name, path, label in WHAT_CAME_OF_IT}
    )
    list_export = tuple(export_headings)

    @property
    def span(self) -> Span:
        asked = self.request.GET.get("by", "")
        return Span(asked) if asked in list(Span) else Span.QUARTER

    @cached_property
    def cases(self) -> list[Case]:
        return list(cases())

    def get_filename(self) -> str:
        return f"requests-by-{self.span}-{timezone.localdate():%Y-%m-%d}"

    def get_queryset(self) -> list[Line]:
        return [Line(row) for row in reversed(counts(self.cases, self.span, timezone.localdate()))]

    def filter_queryset(self, queryset: list[Line]) -> list[Line]:
        return queryset

    def get_context_data(self, *args: object, **kwargs: object) -> dict[str, object]:
        today = timezone.localdate()
        months = counts(self.cases, Span.MONTH, today, since=add_months(today.replace(day=1), 1 - PLOTTED))
        return super().get_context_data(*args, **kwargs) | {
            "plot": plot(months),
            "span": self.span,
            "spans": [(span.value, words) for span, words in BY.items()],
        }
