"""The checks on the page before an announcement: what they remark, without what stands among the refusals already."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from accounts.models import User
from policies.desk.checking.checking import Finding, check, draft_of
from policies.desk.look.looking import Look


class ChecksOnLook(Component):
    template_name = "policies/desk/checking/on_look.html"

    def __init__(self, look: Look) -> None:
        self.page_id = look.page.pk
        self.findings: list[Finding] = [found for found in check(draft_of(look.draft)) if not found.stops]

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        preview = reverse("wagtailadmin_pages:view_draft", args=[self.page_id])
        return {"findings": self.findings, "preview": preview, "page_id": self.page_id}


def checks_on(look: Look, user: User, token: str) -> ChecksOnLook | None:
    """Return what the look shows of the checks; nothing where no version would be made."""
    return None if look.says_the_same else ChecksOnLook(look)
