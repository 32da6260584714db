"""The report “Pages opened” of the CMS: a plot of the days, and the pages by how often they were opened."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from home.cookies.remembering import choices
from home.statistics.models import PageCount
from home.statistics.plotting import plot

SPANS: Final = {"30": _("30 days"), "90": _("90 days"), "365": _("A year")}


class OpenedReport(ReportView):
    page_title = _("Pages opened")
    header_icon = "view"
    index_url_name = "pages_opened"
    index_results_url_name = "pages_opened_results"
    results_template_name = "home/statistics/results.html"
    default_ordering = None
    is_searchable = False
    columns = (
        Column("path", label=_("Page"), accessor="path"),
        Column("times", label=_("Opened"), accessor="times"),
    )
    list_export = ("path", "times")
    export_headings = {"path": _("Page"), "times": _("Opened")}

    @property
    def span(self) -> str:
        asked = self.request.GET.get("days", "")
        return asked if asked in SPANS else "30"

    @property
    def first(self) -> dt.date:
        return timezone.localdate() - dt.timedelta(days=int(self.span) - 1)

    def get_base_queryset(self) -> QuerySet[PageCount, Mapping[str, object]]:
        counted = PageCount.objects.filter(day__gte=self.first)
        return counted.values("path").annotate(times=Sum("opened")).order_by("-times", "path")

    def get_context_data(self, *args: object, **kwargs: object) -> dict[str, object]:
        known = dict(
            PageCount.objects.filter(day__gte=self.first).values_list("day").annotate(Sum("opened")).order_by("day")
        )
        days = [self.first + dt.timedelta(days=number) for number in range(int(self.span))]
        return super().get_context_data(*args, **kwargs) | {
            "plot": plot([(day, known.get(day, 0)) for day in days]),
            "is_on": choices().counts_pages,
            "any": bool(known),
            "spans": SPANS.items(),
            "span": self.span,
        }

    def get_filename(self) -> str:
        return f"pages-opened-{timezone.localdate():%Y-%m-%d}"
