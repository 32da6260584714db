"""What Wagtail says of publishing, in the words of the policies: announce."""

import re
from typing import Final

OURS: Final = {
    "No publishing schedule set": "No time is set for announcing",
    "Go-live:": "Announced by itself:",
    "go live": "be announced",
    "publishing": "announcing",
    "published": "announced",
    "publication": "announcement",
    "publish": "announce",
}
# Whole words of what people read; what programs read, such as “action-publish”, stays.
_THEIRS: Final = re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, OURS))})(?![\w/-])", re.IGNORECASE)
_BY_SMALL_LETTERS: Final = {theirs.lower(): ours for theirs, ours in OURS.items()}


def in_our_words(text: str) -> str:
    """Return the text, or markup, with the policies' words for publishing."""
    return _THEIRS.sub(_ours, text)


def _ours(found: re.Match[str]) -> str:
    ours = _BY_SMALL_LETTERS[found[0].lower()]
    return ours[0].upper() + ours[1:] if found[0][0].isupper() else ours
