"""What a page's history says of announcing, withdrawing and refusing."""

from wagtail.log_actions import LogFormatter
from wagtail.models import BaseLogEntry


class Announced(LogFormatter):
    label = "Announce a version"

    def format_message(self, entry: BaseLogEntry) -> str:
        asks, links = entry.data.get("asks_for"), entry.data.get("links_because")
        asking = f", which asks people for {asks}" if asks else ""
        leading = f". Links may lead nowhere: {links}" if links else ""
        short = entry.data.get("short_notice_because")
        sooner = f". It begins at short notice, because: {short}" if short else ""
        return f"Version {entry.data['number']} announced{asking}{leading}{sooner}"


class Confirmed(LogFormatter):
    label = "Confirm an announcement"

    def format_message(self, entry: BaseLogEntry) -> str:
        digest = entry.data["digest"]
        when = "to be announced by itself" if entry.data.get("at") else "announced"
        return f"Looked at version {entry.data['number']} and confirmed that it is {when} (digest {digest[:12]})"


class Tested(LogFormatter):
    label = "Send a test mail"

    def format_message(self, entry: BaseLogEntry) -> str:
        return "The mail was sent to whoever asked for a test"


class Withdrawn(LogFormatter):
    label = "Withdraw a version"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"Version {entry.data['number']} withdrawn: {entry.data['reason']}"


class Refused(LogFormatter):
    label = "Refuse what was scheduled"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"What was scheduled was refused: {entry.data['reason']}"


ACTIONS = {
    "policies.announce": Announced,
    "policies.confirm": Confirmed,
    "policies.test_mail": Tested,
    "policies.withdraw": Withdrawn,
    "policies.refused": Refused,
}
