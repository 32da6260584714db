"""Sends the mail of a notice to one address, to be looked at. Nobody else gets a mail, and nothing is counted."""

from django.conf import settings
from django.utils.translation import gettext

from policies.notices.letter.composing import compose
from policies.notices.letter.message import FrozenMessage
from policies.notices.models.notices import AmendmentNotice
from policies.notices.sending.backends import ServerAway, ServerRefusesUs, open_connection
from policies.notices.sending.envelopes import Outcome, Verdict
from policies.notices.sending.stationery import trial_envelope
from policies.notices.sending.verdicts import words


class TrialFailed(Exception):
    """The mail could not be handed over; the message has the mail server's words."""


def try_out(notice: AmendmentNotice, address: str) -> None:
    """Send the notice's mail to an address of somebody on the staff. Its link to unsubscribe does nothing.

    Args:
        notice: in any state; before it is staged its mail is made for this once.
        address: where to.

    Raises:
        AddressRefused: no mail can be sent to that address.
        TrialFailed: the mail server is away or did not take it.
    """
    message = FrozenMessage.from_json(notice.message) if notice.message else compose(notice)
    envelope = trial_envelope(message, notice, address)
    try:
        connection = open_connection(settings)
    except (ServerAway, ServerRefusesUs) as problem:
        raise TrialFailed(str(problem)) from problem
    try:
        outcomes: list[Outcome] = []
        for post in (envelope, None):
            connection.post(post)
            outcomes += connection.collect()
    finally:
        connection.quit()
    for outcome in outcomes:
        if outcome.verdict != Verdict.ACCEPTED:
            raise TrialFailed(
                gettext("The mail server did not take it: %(words)s")
                % {"words": words(outcome) or gettext("no answer came")}
            )
