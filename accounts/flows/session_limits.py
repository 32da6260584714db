"""Ends a session that was not used for too long, or that began too long ago.

The middleware stands between AuthenticationMiddleware and OTPMiddleware.
"""

from collections.abc import Callable
from functools import partial
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.flows.origins import origin_of
from accounts.flows.security_events import record_event
from accounts.flows.sessions import forget, note_use, over
from accounts.models import SecurityEvent, User


class SessionLimits:
    """Lazy, like the guard: a page that does not use the user runs no query and varies on no cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = cast(User, SimpleLazyObject(partial(user_within_limits, request, request.user)))
        return self.get_response(request)


def user_within_limits(request: HttpRequest, user: User | AnonymousUser) -> User | AnonymousUser:
    """Return the user, or nobody where the session is over; then it ends, and a message says why."""
    if not user.is_authenticated:
        return user
    now = timezone.now()
    reason = over(request.session, now)
    if reason is None:
        note_use(request.session, now)
        return user
    forget(request.session)
    record_event(SecurityEvent.Kind.SIGNED_OUT_BY_LIMIT, user, origin_of(request))
    messages.info(request, reason.message, fail_silently=True)
    return AnonymousUser()
