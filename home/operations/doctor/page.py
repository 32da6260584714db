"""The doctor's list as a page of the CMS, for administrators: whoever reads it sees how the site is made."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem

from accounts.examining import Examination, Finding, Verdict, examinations, examine
from accounts.flows.persons import PersonsRequest
from home.operations.doctor.brought import brought_by, judge


@require_safe
def doctor(request: PersonsRequest) -> HttpResponse:
    """Show the list, what is to be done before what is well. What stands in front is judged by this very request."""
    if not request.user.is_superuser:
        return permission_denied(request)
    found = list(_found(request))
    groups = {verdict.name.lower(): [one for one in found if one[1].verdict == verdict] for verdict in Verdict}
    return render(request, "home/doctor/page.html", {"found": found} | groups)


def _found(request: HttpRequest) -> Iterator[tuple[Examination, Finding]]:
    for one, finding in examine(examinations()):
        yield one, judge(brought_by(request)) if one.key == "front" else finding


@hooks.register("register_admin_urls")
def register_page() -> list[URLPattern]:
    return [path("reports/doctor/", doctor, name="doctor")]


class ForAdministrators(MenuItem):
    def is_shown(self, request: PersonsRequest) -> bool:
        return request.user.is_superuser


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return ForAdministrators(_("How the site is"), reverse("doctor"), name="doctor", icon_name="view", order=900)
