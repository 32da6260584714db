"""What a page's history says of announcing, withdrawing and refusing."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from policies.versions.our_words import in_our_words
from policies.writing.log_words import Data, saying

# What Wagtail writes down of publishing and scheduling.
PUBLISHING = (
    "wagtail.publish",
    "wagtail.publish.scheduled",
    "wagtail.publish.schedule",
    "wagtail.schedule.cancel",
    "wagtail.workflow.approve",
)


def _announced(data: Data) -> str:
    asks, links = data.get("asks_for"), data.get("links_because")
    announced = (
        gettext("Version %(number)s announced, which asks people for %(asks)s")
        if asks
        else gettext("Version %(number)s announced")
    )
    said = [announced % {"number": data["number"], "asks": asks}]
    if links:
        said.append(gettext("Links may lead nowhere: %(links)s") % {"links": links})
    if short := data.get("short_notice_because"):
        said.append(gettext("It begins at short notice, because: %(short)s") % {"short": short})
    return ". ".join(said)


def _confirmed(data: Data) -> str:
    when = gettext("to be announced by itself") if data.get("at") else gettext("announced")
    return gettext("Looked at version %(number)s and confirmed that it is %(when)s (digest %(digest)s)") % {
        "number": data["number"],
        "when": when,
        "digest": data["digest"][:12],
    }


ACTIONS = {
    "policies.announce": saying(_("Announce a version"), _announced),
    "policies.confirm": saying(_("Confirm an announcement"), _confirmed),
    "policies.test_mail": saying(_("Send a test mail"), _("The mail was sent to whoever asked for a test")),
    "policies.withdraw": saying(_("Withdraw a version"), _("Version {number} withdrawn: {reason}")),
    "policies.refused": saying(_("Refuse what was scheduled"), _("What was scheduled was refused: {reason}")),
}


def register(actions: LogActionRegistry) -> None:
    """Register our actions, and our words for what Wagtail says of policies."""
    for name, formatter in ACTIONS.items():
        actions.register_action(name)(formatter)
    for name in PUBLISHING:
        actions.formatters[name] = _in_our_words(actions.formatters[name])


def _in_our_words(theirs: LogFormatter) -> LogFormatter:
    def format_message(self: LogFormatter, entry: BaseLogEntry) -> str:
        message = str(theirs.format_message(entry))
        is_policy = entry.content_type is not None and entry.content_type.model == "policypage"
        return in_our_words(message) if is_policy else message

    return type("InOurWords", (type(theirs),), {"format_message": format_message})()
