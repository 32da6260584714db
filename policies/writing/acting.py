"""Who is behind what happens to a page: whoever is signed in to the CMS, else whoever scheduled it, else the author."""

from wagtail.log_actions import get_active_log_context, registry
from wagtail.models import Page, Revision

from accounts.models import User


def acting_user(page: Page, revision: Revision) -> User | None:
    """Return who announces a draft now; None where nobody is known."""
    context = get_active_log_context()
    return context.user or who_scheduled(page, revision)


def who_scheduled(page: Page, revision: Revision) -> User | None:
    """Return who last scheduled a draft; whoever wrote it, if the log does not say."""
    entries = registry.get_logs_for_instance(page).filter(action="wagtail.publish.schedule", revision=revision)
    entry = entries.select_related("user").order_by("-timestamp").first()
    return (entry and entry.user) or revision.user
