"""Fails closed: who has a second factor and has not given it is nobody, on every path."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django_otp import user_has_device

View = Callable[..., HttpResponse]


class SecondFactorGuard:
    """Stands directly behind OTPMiddleware. Lazy: a page that does not ask who is there costs nothing and varies on nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(whole_user, request, request.user))  # type: ignore[assignment]
        return self.get_response(request)


def whole_user(request: HttpRequest, user: Any) -> Any:
    """Return the user, or nobody where their second factor is missing; then the session ends."""
    if user.is_authenticated and not user.is_verified() and user_has_device(user):
        request.session.flush()
        return nobody()
    return user


def nobody() -> Any:
    user: Any = AnonymousUser()
    user.otp_device, user.is_verified = None, lambda: False
    return user


def may_enter_cms(user: Any) -> bool:
    return user.is_active and (user.is_superuser or user.has_perm("wagtailadmin.access_admin"))


def editors_only(view: View) -> View:
    """Let a view of the CMS answer editors with a second factor; send those without one to set one up.

    A visitor without rights gets a 403: a redirect to the sign-in would send them straight back, for ever.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())
        if not may_enter_cms(user):
            raise PermissionDenied
        if not user.is_verified():  # type: ignore[union-attr]
            return redirect("second_factor:set_up")
        return view(request, *args, **kwargs)

    return guarded
