"""The CMS's home lists what is still missing, for those who can say who runs the site."""

from collections.abc import Mapping

from wagtail.admin.ui.components import Component

from accounts.models import User
from home.setting_up.laying import still_offered
from home.setting_up.missing import what_is_missing
from policies.desk.intake.who import may_add


class MissingPanel(Component):
    """Nothing where nothing is missing."""

    name = "missing"
    order = 10
    template_name = "home/setting_up/panel.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, object] | None = None) -> dict[str, object]:
        missing = what_is_missing() if self.user.has_perm("home.change_organisation") else []
        offers = still_offered() if missing and may_add(self.user) else {}
        return {"missing": missing, "offers": offers, "csrf_token": (parent_context or {}).get("csrf_token")}
