"""What a page's history says of announcing, withdrawing and refusing."""

from wagtail.log_actions import LogFormatter
from wagtail.models import BaseLogEntry


class Announced(LogFormatter):
    label = "Announce a version"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"Version {entry.data['number']} announced"


class Withdrawn(LogFormatter):
    label = "Withdraw a version"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"Version {entry.data['number']} withdrawn: {entry.data['reason']}"


class Refused(LogFormatter):
    label = "Refuse what was scheduled"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"What was scheduled was refused: {entry.data['reason']}"


class Imported(LogFormatter):
    label = "Import a document"

    def format_message(self, entry: BaseLogEntry) -> str:
        kind = entry.data.get("kind")
        return f"Draft replaced by a document ({kind})" if kind else "Draft replaced by a document"


ACTIONS = {"policies.announce": Announced, "policies.withdraw": Withdrawn, "policies.refused": Refused, "policies.import": Imported}
