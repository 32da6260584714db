"""What all passkey ceremonies share: they read strictly, answer in JSON, and use up each challenge once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django_otp_webauthn.exceptions import InvalidState, MalformedRequest, UnprocessableEntity
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import AbstractWebAuthnCredential
from django_otp_webauthn.views import BaseWebAuthnView

LONGEST_BODY = 64 * 1024  # bytes: an answer has a few thousand
CONFIRMING, ADDING = "otp_webauthn_authentication_state", "otp_webauthn_register_state"  # django-otp-webauthn's names


class Helper(WebAuthnHelper):
    """django-otp-webauthn's helper. It raises bare errors for some malformed answers; here they become a 422."""

    def authenticate_complete(self, *args: object, **kwargs: object) -> AbstractWebAuthnCredential:
        with an_answer():
            return super().authenticate_complete(*args, **kwargs)

    def register_complete(self, *args: object, **kwargs: object) -> AbstractWebAuthnCredential:
        with an_answer(), transaction.atomic():
            return super().register_complete(*args, **kwargs)


@contextmanager
def an_answer() -> Iterator[None]:
    """Refuse a malformed answer of a passkey, on which django-otp-webauthn would crash.

    Raises:
        UnprocessableEntity: a part of the answer is missing, of the wrong kind, or wrongly spelt.
    """
    try:
        yield
    except (ValueError, TypeError, KeyError) as error:  # wrong kinds, wrong letters, something missing
        raise UnprocessableEntity(detail=gettext("This is no answer of a passkey.")) from error


class CeremonyRequest(HttpRequest):
    """For types only: a request whose JSON django-otp-webauthn has read."""

    data: dict[str, Any]


class Ceremony(BaseWebAuthnView):
    """Mix in before a view of django-otp-webauthn's. An answer finishes only a ceremony begun for the same purpose."""

    purpose = ""
    state_name = CONFIRMING
    request: CeremonyRequest

    def _parse_request_data(self, request: HttpRequest) -> dict[str, object]:
        """Read an object of JSON and nothing else (ASVS 5.0, 2.2.1): too deep, too long or not UTF-8 is a 400."""
        if int(request.headers.get("content-length") or 0) > LONGEST_BODY:
            raise MalformedRequest
        try:
            data = super()._parse_request_data(request)
        except (ValueError, RecursionError) as error:
            raise MalformedRequest from error
        if not isinstance(data, dict):
            raise MalformedRequest
        return data

    def get_helper(self) -> Helper:
        return Helper(self.request)

    def get_state(self) -> dict[str, object]:
        """Use up the challenge of this ceremony and return what was kept with it.

        Raises:
            InvalidState: none was begun for this purpose, or it was used up.
        """
        state = take(self.request.session, self.state_name)
        if not state or state.get("purpose") != self.purpose:
            raise InvalidState
        return state


class Beginning(Ceremony):
    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        response = super().post(*args, **kwargs)
        self.request.session[self.state_name] |= {"purpose": self.purpose}
        return response


def take(session: SessionBase, name: str) -> dict[str, object] | None:
    """Take something out of a session: of simultaneous requests one gets it, the others None."""
    session.pop(name, None)
    with transaction.atomic():
        row = Session.objects.select_for_update().filter(session_key=session.session_key).first()
        found = row.get_decoded().get(name) if row else None
        if found is not None:
            session.save()
    return found
