"""What accounts themselves add to the account's menu and overview."""

from allauth.usersessions.models import UserSession

from accounts.flows.consents import choices_of
from accounts.flows.preferences import policy_mail_of
from accounts.menu import Link, Section, Task, add_to_menu, add_to_overview
from accounts.models import DeadAddress, MailPreference, User
from accounts.second_factor.guard import gave_second_factor, may_enter_cms
from accounts.values.wording import counted, day_in_words

add_to_menu(0, "Overview", "accounts:overview")
add_to_menu(10, "Details", "accounts:details", owns=("account_email", "accounts:reaching"))
add_to_menu(20, "Security", "accounts:security", owns=("account_change_password", "usersessions_list"))
add_to_menu(30, "Preferences", "accounts:preferences")
add_to_menu(50, "Your data", "accounts:data", owns=("accounts:download", "accounts:close"))

WANTS = {
    MailPreference.PolicyMail.EVERY: "About every announcement",
    MailPreference.PolicyMail.AMENDMENTS: "About amendments",
    MailPreference.PolicyMail.NONE: "None",
}


@add_to_overview(10)
def who_you_are(user: User) -> Section:
    """Show the name and the address, and ask for what is missing or no longer works."""
    tasks = [] if user.get_full_name() else [Task("Tell us your name", Link("Add your name", "accounts:details"))]
    if DeadAddress.objects.filter(address__user=user).exists():
        tasks.insert(0, Task("Our mail to you came back", Link("Check your e-mail address", "accounts:reaching")))
    return Section(
        "Your details",
        (
            ("Name", user.get_full_name() or "Not given"),
            ("E-mail address", user.email),
            ("Account since", day_in_words(user.date_joined)),
        ),
        Link("See and change your details", "accounts:details"),
        tuple(tasks),
    )


@add_to_overview(20)
def how_safe_you_are(user: User) -> Section:
    """Show whether a second step is on and how many devices are signed in, and suggest the step if it is off."""
    has_second_step = gave_second_factor(user)
    signed_in = UserSession.objects.filter(user=user).count()
    return Section(
        "Security",
        (
            ("Second step at sign-in", "On" if has_second_step else "Off"),
            ("Signed in on", counted(max(signed_in, 1), "device")),
        ),
        Link("See and change your security", "accounts:security"),
        () if has_second_step else (second_step_task(user),),
    )


def second_step_task(user: User) -> Task:
    needed, better = "You need a second step to enter the CMS", "Protect your account with a second step"
    return Task(needed if may_enter_cms(user) else better, Link("Set up a second step", "second_factor:set_up"))


@add_to_overview(30)
def what_you_chose(user: User) -> Section:
    """Show which mail about policies the person wants, and what they agreed to."""
    agreed = [choice.purpose.label for choice in choices_of(user) if choice.given]
    return Section(
        "Your preferences",
        (
            ("Mail about our policies", WANTS[policy_mail_of(user)]),
            ("You agreed to", "; ".join(agreed) or "Nothing"),
        ),
        Link("Choose what we send you", "accounts:preferences"),
    )
