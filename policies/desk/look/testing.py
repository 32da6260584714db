"""Sends the mail of a draft to the editor who asks for it."""

from django.utils.translation import gettext
from wagtail.log_actions import log

from accounts.models import User
from policies.desk.look.looking import NothingToLookAt, look_at
from policies.notices.sending.trying import try_out
from policies.writing.models import PolicyPage


def send_test(page: PolicyPage, *, to: User) -> None:
    """Send the mail that announcing the newest draft would send, to one member of staff; nothing is counted.

    Args:
        page: the policy.
        to: who asks; it goes to the address they sign in with.

    Raises:
        NothingToLookAt: there is no draft, or nobody is told of it.
        AddressRefused: no mail can be sent to that address.
        TrialFailed: the mail server is away or did not take it.
    """
    look = look_at(page, by=to)
    if look.notice is None:
        raise NothingToLookAt(gettext("Nobody is told of this by mail, so there is no mail to test."))
    try_out(look.notice, to.email)
    log(instance=page, action="policies.test_mail", user=to, revision=look.revision)
