"""Leads from every button of the CMS that would announce a policy to the look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from policies.desk.look.addresses import look_address
from policies.desk.look.comments import note_comments
from policies.writing.models import PolicyPage


@hooks.register("before_publish_page")
def look_first(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The form is judged and the draft is saved; what it would do is shown before it is done."""
    if not isinstance(page, PolicyPage):
        return None
    note_comments(request, page)
    return redirect(look_address(page.pk, get_valid_next_url_from_request(request)))
