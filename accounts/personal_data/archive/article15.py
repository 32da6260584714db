"""What people must be told with a copy of their data: `LAW.ACCESS`, beside what stands at each kind."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.archive.controller import Controller
from accounts.values.country import LAW
from accounts.values.regulator import Regulator
from accounts.values.wording import Words


@dataclass(frozen=True, slots=True)
class Fact:
    key: str
    title: str
    lines: tuple[Words, ...]


RIGHTS = (
    _("Have what is wrong put right. Most of it you can change yourself in your account."),
    _("Have it deleted, where we need not keep it."),
    _("Have us only keep it, and do nothing else with it, while it is disputed."),
    _("Object to what we do with it for interests of our own, and at any time to marketing."),
    _("Take back what you agreed to. What was done before stays lawful."),
    _("Take what you gave us to somebody else: data.json is made for that."),
)
SOURCE = (
    _("From you: what you filled in, chose and did in your account."),
    _("From your browser: which kind it is and roughly where it is, when you sign in or change something."),
    _("From our staff, where they helped you with your account."),
)
AUTOMATED = (_("None. No decision about you is made by a machine alone, and nobody makes a profile of you."),)


def facts(responsible: Controller) -> tuple[Fact, ...]:
    """Return what applies to every kind; purposes, recipients and how long stand at each (15(1)(a) to (d))."""
    return (
        Fact("controller", gettext("Who is responsible"), (responsible.name, *responsible.contact)),
        Fact("rights", gettext("Your rights"), RIGHTS),
        Fact("complaints", gettext("If you are not content"), complaining(responsible.regulator)),
        Fact("source", gettext("Where it comes from"), SOURCE),
        Fact("automated_decisions", gettext("Decisions made by machines"), AUTOMATED),
        Fact("transfers", str(LAW.ABROAD), (LAW.ABOUT_ABROAD,)),
    )


def complaining(regulator: Regulator) -> tuple[str, ...]:
    """Return to whom a person can complain (15(1)(f))."""
    complain = (
        gettext("You can also complain to the %(name)s at any time: %(url)s, telephone %(phone)s.")
        if regulator.phone
        else gettext("You can also complain to the %(name)s at any time: %(url)s.")
    )
    return (
        gettext("Tell us first, so that we can put it right."),
        complain % {"name": regulator.name, "url": regulator.url, "phone": regulator.phone},
    )
