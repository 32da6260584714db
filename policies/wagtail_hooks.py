"""Registers with Wagtail what the policies add to the CMS; the bodies are in policies.cms."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    @actions.register_action("policies.announce")
    class Announced(LogFormatter):
        label = "Announce a version"

        def format_message(self, entry):
            return f"Version {entry.data['number']} announced"
