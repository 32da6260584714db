"""The signed links by which people without an account confirm their address and follow their request.

A link is of one request and one address, and ends. Nothing is stored for it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.rights.models import RightsRequest

CONFIRM_LASTS: Final = dt.timedelta(days=7)
FOLLOW_LASTS: Final = dt.timedelta(days=30)


class BadLink(Exception):
    """A link is not ours, not whole, or of a request that is gone."""


class EndedLink(BadLink):
    """A link of ours that has ended; `request` is the one it led to."""

    def __init__(self, request: RightsRequest) -> None:
        super().__init__()
        self.request = request


@dataclass(frozen=True, slots=True)
class _Links:
    salt: str
    lasts: dt.timedelta

    def token(self, request: RightsRequest) -> str:
        return self._signer.sign(f"{request.pk}-{_mark(request)}")

    def read(self, token: str) -> RightsRequest:
        """Raises: BadLink or EndedLink."""
        try:
            return _find(self._signer.unsign(token, max_age=self.lasts))
        except SignatureExpired:
            raise EndedLink(_find(self._signer.unsign(token))) from None
        except BadSignature as error:
            raise BadLink from error

    @property
    def _signer(self) -> TimestampSigner:
        return TimestampSigner(salt=f"accounts.rights.{self.salt}", sep=".")


def address_of_person(request: RightsRequest) -> str:
    """Return where the person is written to: at the account's address where there is an account; maybe nowhere."""
    if person := request.person:
        return EmailAddress.objects.get_primary_email(person) or person.email
    return request.address


def is_in_an_account(request: RightsRequest) -> bool:
    """Whether the person finds it in their account. One that is being closed lets nobody in."""
    return request.person is not None and request.person.is_active


def _mark(request: RightsRequest) -> str:
    """Return what ends a link when the address it was sent to is another one."""
    return salted_hmac("accounts.rights", address_of_person(request).lower()).hexdigest()[:12]


def _find(value: str) -> RightsRequest:
    pk, _, mark = value.partition("-")
    found = RightsRequest.objects.select_related("person").filter(pk=int(pk)).first()
    if found is None or not constant_time_compare(mark, _mark(found)):
        raise BadLink
    return found


CONFIRMING: Final = _Links("confirm", CONFIRM_LASTS)
FOLLOWING: Final = _Links("follow", FOLLOW_LASTS)


def confirm_url(request: RightsRequest) -> str:
    return settings.SITE_URL + reverse("data_rights:confirm", args=[CONFIRMING.token(request)])


def page_url(request: RightsRequest) -> str:
    """Return where the person reads about their request: in the account, or behind a signed link."""
    if is_in_an_account(request):
        return settings.SITE_URL + reverse("rights:page", args=[request.reference])
    return settings.SITE_URL + reverse("data_rights:page", args=[FOLLOWING.token(request)])


def case_url(request: RightsRequest) -> str:
    """Return where staff work on it: in the CMS."""
    try:
        path = reverse("rights_desk:case", args=[request.pk])
    except NoReverseMatch:
        path = reverse("wagtailadmin_home")
    return settings.SITE_URL + path
