"""Puts the checks into the CMS: a button on each policy, the panel of checks in the editor."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.userbar import BaseItem, ContentCheckerItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from accounts.models import User
from policies.desk.checking.checking import RULES
from policies.writing.models import PolicyPage


class PolicyChecks(ContentCheckerItem):
    """Wagtail's checks, and ours: the server marks what it finds in the preview, one rule of axe shows each kind.

    axe asks what it is given by name, so that no function has to run in the browser: `matches-definition` is its own.
    """

    def __init__(self, page: Page | None, in_editor: bool) -> None:
        super().__init__(in_editor)
        self.page = page

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        return [*super().get_axe_run_only(request), *map(rule_id, KEYS)]

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, object]]:
        ours = [
            {
                "id": rule_id(key),
                "impact": "serious",
                "selector": f'[data-check="{key}"]',
                "tags": ["best-practice"],
                "none": [f"check-{rule_id(key)}"],
                "enabled": True,
            }
            for key in KEYS
        ]
        return [*super().get_axe_custom_rules(request), *ours]

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, object]]:
        ours = [
            {
                "id": f"check-{rule_id(key)}",
                "evaluate": "matches-definition-evaluate",
                "options": {"matcher": {"attributes": {"data-check": key}}},
            }
            for key in KEYS
        ]
        return [*super().get_axe_custom_checks(request), *ours]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, dict[str, str]]:
        ours = {rule_id(rule.key): {"error_name": rule.title, "help_text": rule.advice} for rule in RULES}
        return super().get_axe_messages(request) | ours

    def get_axe_configuration(self, request: HttpRequest) -> dict[str, object]:
        """Carry the address of the page of checks, too: the panel has nothing else of ours to read it from."""
        saved = self.page is not None and self.page.pk
        page = reverse("policies_cms:checks", args=[self.page.pk]) if self.page and saved else ""
        return super().get_axe_configuration(request) | {"policy_checks": page}


KEYS = tuple(rule.key for rule in RULES)


def rule_id(key: str) -> str:
    return f"policy-{key}"


@hooks.register("construct_wagtail_userbar")
def put_in_our_checks(request: HttpRequest, items: list[BaseItem], page: Page | None) -> None:
    if isinstance(page, PolicyPage):
        items[:] = [
            PolicyChecks(page, item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
        ]


@hooks.register("register_page_header_buttons")
def checks_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(page, PolicyPage) and not page.alias_of_id and page.permissions_for_user(user).can_edit():
        yield Button(gettext("Checks"), reverse("policies_cms:checks", args=[page.pk]), icon_name="glasses", priority=6)
