"""Exports of lists as CSV and XLSX: streamed row by row, no cell a formula, XLSX up to a size, personal data logged."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from accounts.flows.persons import PersonsRequest
from accounts.values.spreadsheets import harmless
from policies.desk.paging import FromEitherEnd
from policies.desk.reports.rights import VIEW
from policies.writing.models import PolicyIndexPage

XLSX_ROWS = 10_000  # A sheet is built in memory: some seconds of a worker for as many rows.
AT_ONCE = 2_000  # rows fetched from the database in one go
LOGGED = "policies.export"
T = TypeVar("T")


def in_batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the rows in lists of that size; the last may be shorter."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


class StreamedExport(ReportView):
    """A report that is exported as it is read: Wagtail's own counts and holds all rows first.

    A subclass says its name among the addresses, `class Versions(StreamedExport, named="versions")`; what it exports is
    what `export_headings` names, in that order.
    `export_permission` is needed besides the right to see the list; `of_people` says that the rows are personal data:
    then each export is written into the history of the list of policies.
    """

    request: PersonsRequest
    paginator_class = FromEitherEnd
    export_permission = ""
    of_people = False
    any_permission_required = VIEW
    is_searchable = False
    file_name = "policies"

    def __init_subclass__(cls, *, named: str = "", **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        cls.list_export = tuple(cls.export_headings)
        if named:
            cls.index_url_name = f"policies_reports:{named}"
            cls.index_results_url_name = f"{cls.index_url_name}_results"

    def get(self, request: PersonsRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Show the list, or send it as a file.

        Raises:
            PermissionDenied: this person may see the list and not take it away.
        """
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        if not self.may_export:
            raise PermissionDenied
        rows, kind = self.get_queryset(), request.GET["export"]
        if kind == self.FORMAT_XLSX and (number := _count(rows)) > XLSX_ROWS:
            words = gettext(
                "%(number)s rows are too many for an XLSX file, which holds %(most)s here. "
                "Take the CSV file, or narrow the list."
            )
            messages.error(request, words % {"number": f"{number:,}", "most": f"{XLSX_ROWS:,}"})
            return redirect(f"{self.index_url}?{self._without_export()}")
        self._write_down(kind)
        return self.as_spreadsheet(self.exported(rows), kind)

    def _without_export(self) -> str:
        asked = self.request.GET.copy()
        asked.pop("export")
        return asked.urlencode()

    @property
    def may_export(self) -> bool:
        return not self.export_permission or self.request.user.has_perm(self.export_permission)

    def _write_down(self, kind: str) -> None:
        """Log who took personal data away, by which filters; not what was searched for, which may be a name."""
        if not self.of_people:
            return
        names = list(self.filters.form.changed_data) if self.filters else []
        data = {"what": str(self.page_title), "as": kind, "filters": sorted(names), "searched": bool(self.search_query)}
        for index in PolicyIndexPage.objects.all()[:1]:
            log(instance=index, action=LOGGED, user=self.request.user, data=data)

    def exported(self, rows: "QuerySet[Model] | list[object]") -> Iterator[object]:
        """Yield the rows of a file, with what the columns need, never many of them in memory."""
        found = rows.iterator(chunk_size=AT_ONCE) if isinstance(rows, QuerySet) else rows
        for batch in in_batches(found, AT_ONCE):
            yield from self.decorated(batch)

    def decorated(self, rows: list[Any]) -> list[Any]:
        """Give some rows what their columns need, by a fixed number of queries."""
        return rows

    def get_table(self, object_list: Iterable[Model]) -> object:
        return super().get_table(self.decorated(list(object_list)))

    def get_heading(self, queryset: object, field: str) -> str:
        return str(self.export_headings.get(field, field))

    def preprocess_field_value(self, field: str, value: object, export_format: str) -> object:
        """Return what stands in a cell. Wagtail takes formulas out of XLSX, not out of CSV."""
        value = str(value) if isinstance(value, Promise) else value
        if export_format == self.FORMAT_CSV and isinstance(value, dt.datetime):
            value = timezone.localtime(value).isoformat(timespec="seconds")
        value = super().preprocess_field_value(field, value, export_format)
        return harmless(value) if export_format == self.FORMAT_CSV and isinstance(value, str) else value

    @cached_property
    def show_export_buttons(self) -> bool:
        return bool(self.list_export) and self.may_export

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Say on the button up to how many rows a sheet is made."""
        buttons = super().header_more_buttons
        for button in buttons:
            if button.url == self.xlsx_export_url:
                button.label = gettext("Download XLSX (up to %(most)s rows)") % {"most": f"{XLSX_ROWS:,}"}
        return buttons

    def get_filename(self) -> str:
        return f"{self.file_name}-{timezone.localdate():%Y-%m-%d}"


def _count(rows: "QuerySet[Model] | list[object]") -> int:
    return rows.count() if isinstance(rows, QuerySet) else len(rows)
