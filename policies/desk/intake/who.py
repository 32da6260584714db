"""Who may bring a document in, and who may record the past."""

from django.contrib.auth.models import AnonymousUser
from django.utils.html import strip_tags
from django.utils.translation import gettext

from accounts.models import User
from policies.writing.index_page import index_for
from policies.writing.models import PolicyPage

Whoever = User | AnonymousUser


def may_add(user: Whoever) -> bool:
    """Whether somebody may begin a new policy."""
    index = index_for(user)
    return index is not None and bool(index.permissions_for_user(user).can_add_subpage())


def may_record(user: Whoever, page: PolicyPage | None) -> bool:
    """Whether somebody may make a version of the past: as who may announce this policy, or a new one."""
    if page is not None:
        return bool(page.permissions_for_user(user).can_publish())
    index = index_for(user)
    return index is not None and may_add(user) and bool(index.permissions_for_user(user).can_publish_subpage())


def why_locked(page: PolicyPage, user: Whoever) -> str:
    """Return why nothing may be saved by this person now: the words of Wagtail's lock; else nothing."""
    lock = page.get_lock()
    if lock is None or not lock.for_user(user):
        return ""
    return strip_tags(lock.get_message(user) or "") or gettext("This policy is locked: nothing was brought in.")
