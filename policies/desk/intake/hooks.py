"""The buttons that lead to bringing a document in, and what a policy's history says of it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from accounts.models import User
from policies.desk.intake.drafting import IMPORTED
from policies.desk.intake.who import may_add
from policies.writing.log_words import Data, saying
from policies.writing.models import PolicyIndexPage, PolicyPage


@hooks.register("register_page_header_buttons")
def import_buttons(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterable[Button]:
    if isinstance(page, PolicyIndexPage) and may_add(user):
        yield Button(gettext("Import a document"), reverse("policies_cms:import"), icon_name="upload", priority=6)
    if isinstance(page, PolicyPage) and not page.alias_of_id and page.permissions_for_user(user).can_edit():
        address = reverse("policies_cms:import", args=[page.pk])
        yield Button(gettext("Replace the draft by a document"), address, icon_name="upload", priority=6)


def _imported(data: Data) -> str:
    kind = data.get("kind")
    return (
        gettext("Draft replaced by a document (%(kind)s)") % {"kind": kind}
        if kind
        else gettext("Draft replaced by a document")
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(IMPORTED)(saying(_("Import a document"), _imported))
