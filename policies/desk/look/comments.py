"""Comments written in the click on “Announce…”: logged and mailed as with any other save.

Wagtail does so after publishing, which the look comes before.
"""

from django.http import HttpRequest
from wagtail.admin.views.pages.edit import EditView

from policies.writing.models import PolicyPage


def note_comments(request: HttpRequest, page: PolicyPage) -> None:
    """Log the comments that a form of the CMS has just saved, and write to those who follow them."""
    form = page.saved_by_form
    if form is None or "comments" not in form.formsets:
        return
    view = EditView()
    view.setup(request)
    view.page, view.form = page, form
    changes = view.get_commenting_changes()
    view.log_commenting_changes(changes, page.latest_revision)
    view.send_commenting_notifications(changes)
