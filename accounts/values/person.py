"""The type of a person, for the rooms that may not know the model: whatever AUTH_USER_MODEL names."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import _User as Person  # django-stubs makes it the model of the settings
else:
    from django.contrib.auth.models import AbstractUser as Person

__all__ = ["Person", "person_of"]


def person_of(request: HttpRequest) -> Person:
    """Return who sent a request that only people who are signed in can send, which types cannot follow."""
    return cast("Person", request.user)
