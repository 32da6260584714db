"""A report whose rows leave as CSV, streamed as they are read, with no cell that a spreadsheet would run."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from accounts.rights.desk.access import POLICY
from accounts.values.spreadsheets import harmless

AT_ONCE = 1_000  # rows fetched from the database in one go


class RightsReport(ReportView):
    permission_policy = POLICY
    any_permission_required = ("handle",)
    custom_value_preprocess = ReportView.custom_value_preprocess | {str: {ReportView.FORMAT_CSV: harmless}}
    is_searchable = False
    file_name = ""

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = request.GET.get("export") == self.FORMAT_CSV

    def stream_csv(self, queryset: "QuerySet[Model] | list[object]") -> Iterator[str]:
        """Yield the lines of the file; of a query, never many of its rows are in memory."""
        rows = queryset.iterator(chunk_size=AT_ONCE) if isinstance(queryset, QuerySet) else queryset
        return super().stream_csv(rows)

    def get_heading(self, queryset: object, field: str) -> str:
        return str(self.export_headings[field])

    @property
    def header_more_buttons(self) -> list[Button]:
        """A sheet in another form would have to be built in memory."""
        return [button for button in super().header_more_buttons if button.url != self.xlsx_export_url]

    def get_filename(self) -> str:
        return f"{self.file_name}-{timezone.localdate():%Y-%m-%d}"
