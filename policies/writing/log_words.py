"""The words in which the CMS's history tells what was done: a sentence with what the entry holds."""

from collections.abc import Callable, Mapping
from typing import Any

from wagtail.log_actions import LogFormatter
from wagtail.models import BaseLogEntry

from accounts.values.wording import Words

Data = Mapping[str, Any]


def saying(name: Words, words: Words | Callable[[Data], str]) -> type[LogFormatter]:
    """Return how an action is called in the CMS, and what an entry says of it.

    Args:
        name: of the action, where entries are filtered by it.
        words: a sentence with the names of the entry's data in braces, or what makes one of the data.
    """

    def format_message(self: LogFormatter, entry: BaseLogEntry) -> str:
        return words.format(**entry.data) if not callable(words) else words(entry.data)

    return type("Saying", (LogFormatter,), {"label": name, "format_message": format_message})
