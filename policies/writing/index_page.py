"""The list of policies in the page tree: many an entry of the CMS's menu asks for it to know who may see it."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from policies.writing.models import PolicyIndexPage

# Where the user of a request, an object as short-lived as the request, keeps what was asked once.
KEPT = "_policy_index"


def index_for(user: User | AnonymousUser) -> PolicyIndexPage | None:
    """Return the list of policies, if there is one; asked for once for the user of a request."""
    if not hasattr(user, KEPT):
        setattr(user, KEPT, PolicyIndexPage.objects.first())
    found: PolicyIndexPage | None = getattr(user, KEPT)
    return found
