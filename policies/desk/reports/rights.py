"""Who may see which report. Every view and every entry of the menu asks here, and nowhere else."""

from collections.abc import Iterable

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import User
from policies.notices.models import AmendmentNotice, Engagement
from policies.versions.models import PolicyVersion
from policies.writing.index_page import index_for

VIEW = ("view",)


class WithPages(ModelPermissionPolicy):
    """Who has the right to see the model's rows, or may do this with the policies in the tree of pages."""

    def __init__(self, model: type[PolicyVersion | AmendmentNotice], *deeds: str) -> None:
        super().__init__(model)
        self.deeds = deeds

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        if super().user_has_any_permission(user, actions):
            return True
        index = index_for(user)
        return bool(index) and PagePermissionPolicy().user_has_any_permission_for_instance(user, self.deeds, index)


# Editors see what is announced, when, and how many people were told; who it was, nobody by being an editor.
OF_VERSIONS = WithPages(PolicyVersion, "change", "publish")
OF_NOTICES = WithPages(AmendmentNotice, "publish")
OF_PEOPLE = ModelPermissionPolicy(Engagement)
EXPORT_PEOPLE = "notices.export_engagement"


class ReportMenuItem(MenuItem):
    """An entry of the menu “Reports”, shown to whoever may open the report."""

    def __init__(self, *args: object, policy: ModelPermissionPolicy, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(self.policy.user_has_any_permission(request.user, VIEW))
