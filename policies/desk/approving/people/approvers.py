"""Who may approve a policy, and so who hears of an emergency."""

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from accounts.models import User
from policies.writing.index_page import index_for
from policies.writing.models import PolicyIndexPage


def approvers_of(page: Page) -> QuerySet[User]:
    """Return the active people who may announce what stands under this page, administrators included."""
    found: QuerySet[User] = page_permission_policy.users_with_permission_for_instance("publish", page)
    return found.filter(is_active=True)


def approvers_anywhere() -> QuerySet[User]:
    """Return the active people who may announce policies; administrators alone where there is no list of them."""
    return _approvers_under(PolicyIndexPage.objects.first())


def may_approve_anywhere(user: User) -> bool:
    """Whether the user of a request is one of those."""
    return _approvers_under(index_for(user)).filter(pk=user.pk).exists()


def _approvers_under(index: PolicyIndexPage | None) -> QuerySet[User]:
    return approvers_of(index) if index else User.objects.filter(is_superuser=True, is_active=True)
