"""What a page's history says of announcing, withdrawing and refusing."""

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
    asking = f", which asks people for {asks}" if asks else ""
    leading = f". Links may lead nowhere: {links}" if links else ""
    short = data.get("short_notice_because")
    sooner = f". It begins at short notice, because: {short}" if short else ""
    return f"Version {data['number']} announced{asking}{leading}{sooner}"


def _confirmed(data: Data) -> str:
    when = "to be announced by itself" if data.get("at") else "announced"
    return f"Looked at version {data['number']} and confirmed that it is {when} (digest {data['digest'][:12]})"


ACTIONS = {
    "policies.announce": saying("Announce a version", _announced),
    "policies.confirm": saying("Confirm an announcement", _confirmed),
    "policies.test_mail": saying("Send a test mail", "The mail was sent to whoever asked for a test"),
    "policies.withdraw": saying("Withdraw a version", "Version {number} withdrawn: {reason}"),
    "policies.refused": saying("Refuse what was scheduled", "What was scheduled was refused: {reason}"),
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
