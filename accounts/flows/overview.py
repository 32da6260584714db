"""What accounts themselves add to the account's menu and overview."""

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.flows.consents import choices_of
from accounts.flows.preferences import policy_mail_of
from accounts.menu import Link, Section, Task, add_to_menu, add_to_overview
from accounts.models import DeadAddress, MailPreference, User
from accounts.second_factor.guard import gave_second_factor, may_enter_cms
from accounts.values.wording import counted, day_in_words

add_to_menu(0, _("Overview"), "accounts:overview")
add_to_menu(10, _("Details"), "accounts:details", owns=("account_email", "accounts:reaching"))
add_to_menu(20, _("Security"), "accounts:security", owns=("account_change_password", "usersessions_list"))
add_to_menu(30, _("Preferences"), "accounts:preferences")
add_to_menu(50, _("Your data"), "accounts:data", owns=("accounts:download", "accounts:close"))

WANTS = {
    MailPreference.PolicyMail.EVERY: _("About every announcement"),
    MailPreference.PolicyMail.AMENDMENTS: _("About amendments"),
    MailPreference.PolicyMail.NONE: pgettext_lazy("mail", "None"),
}


@add_to_overview(10)
def who_you_are(user: User) -> Section:
    """Show the name and the address, and ask for what is missing or no longer works."""
    tasks = (
        []
        if user.get_full_name()
        else [Task(gettext("Tell us your name"), Link(gettext("Add your name"), "accounts:details"))]
    )
    if DeadAddress.objects.filter(address__user=user).exists():
        tasks.insert(
            0,
            Task(gettext("Our mail to you came back"), Link(gettext("Check your e-mail address"), "accounts:reaching")),
        )
    return Section(
        gettext("Your details"),
        (
            (gettext("Name"), user.get_full_name() or gettext("Not given")),
            (gettext("E-mail address"), user.email),
            (gettext("Account since"), day_in_words(user.date_joined)),
        ),
        Link(gettext("See and change your details"), "accounts:details"),
        tuple(tasks),
    )


@add_to_overview(20)
def how_safe_you_are(user: User) -> Section:
    """Show whether a second step is on and how many devices are signed in, and suggest the step if it is off."""
    has_second_step = gave_second_factor(user)
    signed_in = UserSession.objects.filter(user=user).count()
    return Section(
        gettext("Security"),
        (
            (gettext("Second step at sign-in"), gettext("On") if has_second_step else gettext("Off")),
            (
                gettext("Signed in on"),
                counted(max(signed_in, 1), ngettext("%(number)s device", "%(number)s devices", max(signed_in, 1))),
            ),
        ),
        Link(gettext("See and change your security"), "accounts:security"),
        () if has_second_step else (second_step_task(user),),
    )


def second_step_task(user: User) -> Task:
    needed, better = (
        gettext("You need a second step to enter the CMS"),
        gettext("Protect your account with a second step"),
    )
    return Task(
        needed if may_enter_cms(user) else better, Link(gettext("Set up a second step"), "second_factor:set_up")
    )


@add_to_overview(30)
def what_you_chose(user: User) -> Section:
    """Show which mail about policies the person wants, and what they agreed to."""
    agreed = [str(choice.purpose.label) for choice in choices_of(user) if choice.given]
    return Section(
        gettext("Your preferences"),
        (
            (gettext("Mail about our policies"), WANTS[policy_mail_of(user)]),
            (gettext("You agreed to"), "; ".join(agreed) or gettext("Nothing")),
        ),
        Link(gettext("Choose what we send you"), "accounts:preferences"),
    )
