"""What requests add to the account's menu and overview."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.menu import Link, Section, Task, add_to_menu, add_to_overview
from accounts.models import User
from accounts.rights.models import RightsRequest
from accounts.rights.person.standing import standing_of
from accounts.values.wording import counted, day_in_words

add_to_menu(55, _("Requests"), "rights:requests")


@add_to_overview(15)
def what_we_only_keep(user: User) -> Section | None:
    """Say that their data is restricted; nothing to all others."""
    if not user.is_restricted or user.restricted_on is None:
        return None
    until = (
        day_in_words(user.restricted_until)
        if user.restricted_until
        else gettext("You or we end it; you are told before")
    )
    facts = ((gettext("Only kept, as you asked, since"), day_in_words(user.restricted_on)), (gettext("Until"), until))
    return Section(gettext("Your data is restricted"), facts, Link(gettext("See your requests"), "rights:requests"))


@add_to_overview(45)
def what_you_asked(user: User) -> Section | None:
    """Show how open requests stand, and what waits for the person; nothing to those who never asked."""
    found = RightsRequest.objects.confirmed().of(user).select_related("person")
    cases = list(found)
    if not cases:
        return None
    is_open = [case for case in cases if case.is_open]
    facts = tuple(
        (gettext("Request %(reference)s") % {"reference": case.reference}, standing_of(case).words) for case in is_open
    )
    ended = len(cases) - len(is_open)
    return Section(
        gettext("Your requests"),
        facts
        + (
            ((gettext("Ended"), counted(ended, ngettext("%(number)s request", "%(number)s requests", ended))),)
            if ended
            else ()
        ),
        Link(gettext("See your requests"), "rights:requests"),
        tuple(
            Task(
                gettext("We wait for you: request %(reference)s") % {"reference": case.reference},
                Link(gettext("Read and answer"), "rights:requests"),
            )
            for case in is_open
            if case.waits_for_person
        ),
    )
