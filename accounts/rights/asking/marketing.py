"""An objection to direct marketing is carried out at once, by itself (`LAW.OBJECTION`)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.flows.consents import Purpose, Where, take_back
from accounts.rights.models import Decision, Outcome, RightsRequest, What
from accounts.rights.moves import BY_MACHINE, close, decide, write_down

MARKETING: Final = (Purpose.MARKETING_BY_EMAIL, Purpose.MARKETING_BY_POST, Purpose.PASSING_ON)
STOPPED: Final = _("We send no more news or offers, by e-mail or by post, and pass your details on to nobody for that.")


def stop_marketing(request: RightsRequest) -> None:
    """Stop news and offers to the account, and close the request as granted.

    Of somebody without an account staff look whether they are on any other list; the request stays open for that.
    """
    if request.person is None:
        return
    take_back(request.person, MARKETING, Where.RIGHTS_REQUEST)
    write_down(request, BY_MACHINE, What.MARKETING_STOPPED, str(STOPPED))
    Decision.objects.create(request=request, outcome=Outcome.GRANTED, reasons=str(STOPPED))
    decide(request, BY_MACHINE, Outcome.GRANTED)
    close(request, BY_MACHINE)
