"""Fails closed: a person who has a second factor and has not given it is anonymous, on every path."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Protocol, cast

from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django_otp import DEVICE_ID_SESSION_KEY

from accounts.second_factor.factors import has_device
from accounts.values.person import Person

View = Callable[..., HttpResponse]
AnyUser = Person | AnonymousUser


class SecondFactorGuard:
    """Comes directly after OTPMiddleware. Lazy: a page without the user runs no query and varies on nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = cast(Person, SimpleLazyObject(partial(whole_user, request, request.user)))
        request.auser = partial(awaited, request.user)
        return self.get_response(request)


def whole_user(request: HttpRequest, user: AnyUser) -> AnyUser:
    """Return the user, or an anonymous one if the second factor is missing; then the session ends.

    A session that was verified by a device that is gone ends, too. OTPMiddleware forgets that device as soon as
    `user` is looked at, so the session is asked first.
    """
    was_verified = DEVICE_ID_SESSION_KEY in request.session
    if user.is_authenticated and not gave_second_factor(user) and (was_verified or has_device(user)):
        request.session.flush()
        return nobody()
    return user


def nobody() -> AnonymousUser:
    user = AnonymousUser()
    vars(user).update(otp_device=None, is_verified=lambda: False)  # as OTPMiddleware does
    return user


async def awaited(user: AnyUser) -> AnyUser:
    """Return the same user to views that await: they must not get one the guard has not seen."""
    await sync_to_async(lambda: user.is_authenticated)()
    return user


class Asked(Protocol):
    """The user of a request, signed in or not, as OTPMiddleware leaves it."""

    def is_verified(self) -> bool: ...


def gave_second_factor(user: object) -> bool:
    """Return whether the user of a request has given a second factor in this session.

    Whoever has one and did not give it is nobody, so that this is also whether a signed-in person has one.
    """
    return cast(Asked, user).is_verified()


def may_enter_cms(user: AnyUser) -> bool:
    return user.is_active and (user.is_superuser or user.has_perm("wagtailadmin.access_admin"))


def editors_only(view: View) -> View:
    """Let a view of the CMS answer editors with a second factor; send those without one to set one up.

    A visitor without rights gets a 403: a redirect to the sign-in would send them straight back, for ever.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Raises: PermissionDenied: a script asks without a sign-in, or this user may not enter the CMS."""
        user = request.user
        if not user.is_authenticated:
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())
        if not may_enter_cms(user):
            raise PermissionDenied
        if not gave_second_factor(user):
            return to_set_up(request)
        return view(request, *args, **kwargs)

    return guarded


def to_set_up(request: HttpRequest) -> HttpResponse:
    """Send an editor to set up a factor, and back afterwards to a page they can open."""
    response = redirect("second_factor:set_up")
    if request.method == "GET":
        response["Location"] += "?" + urlencode({"next": request.get_full_path()})
    return response
