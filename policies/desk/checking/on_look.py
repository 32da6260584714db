"""The checks on the page before an announcement: what they remark, without what stands among the refusals already."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from accounts.models import User
from policies.desk.checking.checking import RULES, Finding, check, draft_after
from policies.desk.look.looking import Look


class ChecksOnLook(Component):
    template_name = "policies/desk/checking/on_look.html"

    def __init__(self, look: Look) -> None:
        self.page_id = look.page.pk
        draft = draft_after(look.kept, look.draft)
        # What stops it was asked at the door.
        rules = [rule for rule in RULES if not rule.stops or draft.links_because.strip()]
        self.findings: list[Finding] = check(draft, rules)

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        preview = reverse("wagtailadmin_pages:view_draft", args=[self.page_id])
        return {"findings": self.findings, "preview": preview, "page_id": self.page_id}


def checks_on(look: Look, user: User, token: str) -> ChecksOnLook | None:
    """Return what the look shows of the checks; nothing where no version would be made."""
    return None if look.says_the_same else ChecksOnLook(look)
