"""Who reads a page, where somebody signed in does."""

from django.conf import settings
from django.http import HttpRequest

from accounts.models import User


def reader_of(request: HttpRequest) -> User | None:
    """Return who is signed in.

    Without a session cookie nobody is signed in, and the user is not looked up: such a page stays the same for all.
    """
    user = getattr(request, "user", None) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    return user if user and user.is_authenticated else None
