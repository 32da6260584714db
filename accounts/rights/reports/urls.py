"""Addresses of the reports in the CMS. Each has a second one for its rows alone, which Wagtail asks for."""

from django.urls import URLPattern, path

from accounts.rights.reports.exporting import RightsReport
from accounts.rights.reports.numbers import NumbersReport
from accounts.rights.reports.register import RegisterReport

REPORTS: dict[str, type[RightsReport]] = {"register": RegisterReport, "numbers": NumbersReport}


def _addresses() -> list[URLPattern]:
    found = []
    for name, report in REPORTS.items():
        found.append(path(f"{name}/", report.as_view(), name=name))
        found.append(path(f"{name}/results/", report.as_view(results_only=True), name=f"{name}_results"))
    return found


app_name = "rights_reports"
urlpatterns = _addresses()
