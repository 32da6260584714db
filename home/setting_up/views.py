"""Begins a policy with headings to fill, from the CMS's home; `manage.py set_up` does the same."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages

from accounts.flows.persons import PersonsRequest
from home.setting_up.laying import lay_skeleton, offered
from policies.desk.intake.who import may_add
from policies.writing.models import PolicyPage


@require_POST
def begin_with_headings(request: PersonsRequest) -> HttpResponse:
    """Lay the draft and open it; where the policy is there already, open that.

    Raises:
        PermissionDenied: whoever asks may make no policies.
        Http404: no headings of such a policy come along.
    """
    if not may_add(request.user):
        raise PermissionDenied
    slug = request.POST.get("slug", "")
    if slug not in offered():
        raise Http404
    if page := lay_skeleton(slug, by=request.user):
        messages.success(request, gettext("“%(title)s” has its headings, to be filled.") % {"title": page.title})
    page = page or PolicyPage.objects.get(slug=slug)
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


@hooks.register("register_admin_urls")
def register_beginning() -> list[URLPattern]:
    return [path("set-up/headings/", begin_with_headings, name="begin_with_headings")]
