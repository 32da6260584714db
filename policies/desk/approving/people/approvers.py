"""Who may approve a policy, and so who hears of an emergency."""

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from accounts.models import User
from policies.writing.models import PolicyIndexPage


def approvers_of(page: Page) -> QuerySet[User]:
    """Return the active people who may announce what stands under this page, administrators included."""
    found: QuerySet[User] = page_permission_policy.users_with_permission_for_instance("publish", page)
    return found.filter(is_active=True)


def approvers_anywhere() -> QuerySet[User]:
    """Return the active people who may announce policies; administrators alone where there is no list of them."""
    index = PolicyIndexPage.objects.first()
    return approvers_of(index) if index else User.objects.filter(is_superuser=True, is_active=True)
