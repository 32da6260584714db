"""An enquiry that is a request under data protection law, or a complaint, becomes one, from the day it came."""

from uuid import NAMESPACE_OID, uuid5

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rights.asking import Asked, open_request
from accounts.rights.models import Channel, Kind, RightsRequest
from accounts.rights.moves import By
from home.contact.models import Enquiry, EnquiryStep


def turn(enquiry: Enquiry, kind: Kind, *, by: User, marketing: bool = False) -> RightsRequest:
    """Open the request, once. The law's days count from the enquiry's own, whatever day it is now.

    Args:
        enquiry: what somebody asked; its words become those of the request, and it stays as it is.
        kind: which right, or a complaint.
        by: who judged so.
        marketing: that an objection is to news and offers, which then stop at once.
    """
    with transaction.atomic():
        locked = Enquiry.objects.select_for_update(of=("self",)).select_related("request", "person").get(pk=enquiry.pk)
        if locked.request:
            return locked.request
        request = open_request(_asked(locked, kind, marketing), Channel.FORM, By.staff(by))
        Enquiry.objects.filter(pk=enquiry.pk).update(request=request, state=Enquiry.State.TURNED)
        words = f"{kind.label}: {request.reference}"
        locked.steps.create(what=EnquiryStep.What.TURNED, words=words, by=by)
    return request


def _asked(enquiry: Enquiry, kind: Kind, marketing: bool) -> Asked:
    return Asked(
        kind=kind,
        details=enquiry.words,
        marketing=marketing,
        person=enquiry.person,
        name=enquiry.name,
        address=enquiry.address,
        received_on=timezone.localdate(enquiry.received_at),
        once=uuid5(NAMESPACE_OID, enquiry.form_key),
    )
