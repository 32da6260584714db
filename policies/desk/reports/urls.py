"""Addresses under /cms/policies/reports/. Each report has a second one for its rows alone, which Wagtail asks for."""

from django.urls import URLPattern, path

from policies.desk.reports.engagement import EngagementReport
from policies.desk.reports.exporting import StreamedExport
from policies.desk.reports.hand import HandReport
from policies.desk.reports.notices import NoticesReport
from policies.desk.reports.people import AnswersReport, PeopleReport
from policies.desk.reports.versions import VersionsReport

REPORTS: dict[str, type[StreamedExport]] = {
    "hand": HandReport,
    "versions": VersionsReport,
    "notices": NoticesReport,
    "engagement": EngagementReport,
    "people": PeopleReport,
    "answers": AnswersReport,
}


def _addresses() -> list[URLPattern]:
    found = []
    for name, report in REPORTS.items():
        found.append(path(f"{name}/", report.as_view(), name=name))
        found.append(path(f"{name}/results/", report.as_view(results_only=True), name=f"{name}_results"))
    return found


app_name = "policies_reports"
urlpatterns = _addresses()
