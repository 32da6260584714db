"""The page “Checks” of a policy: what the rules find in its saved draft, on the server, with no preview needed."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.values.country import LAW
from policies.desk.checking.article13 import answers
from policies.desk.checking.checking import check, draft_of
from policies.desk.checking.readability import grade_of
from policies.desk.policy_views import PolicyView
from policies.writing.models import PolicyPage


def checks_context(page: PolicyPage) -> dict[str, object]:
    """Return what `policies/desk/checking/findings.html` shows of a draft, as it stands in memory.

    Args:
        page: the draft: of a revision, or of a form.
    """
    draft = draft_of(page)
    grade = grade_of(draft)
    return {
        "findings": check(draft),
        "answers": answers(draft),
        "about_collecting": LAW.ABOUT_COLLECTING,
        "grade": None if grade is None else max(0, round(grade)),
        "age": None if grade is None else max(0, round(grade)) + 5,
        "preview": reverse("wagtailadmin_pages:view_draft", args=[page.pk]) if page.pk else "",
    }


class ChecksView(PolicyView, TemplateView):
    template_name = "policies/desk/checking/checks.html"
    page_title = _("Checks")
    header_icon = "glasses"

    def setup(self, request: HttpRequest, *args: object, page_id: int, **kwargs: object) -> None:
        super().setup(request, *args, page_id=page_id, **kwargs)
        self.draft = self.page.get_latest_revision_as_object()

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**checks_context(self.draft), **kwargs)
