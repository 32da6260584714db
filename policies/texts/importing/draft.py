"""What a reader has made of a file so far, and what it did to the words."""

from collections import Counter
from dataclasses import dataclass, field

from policies.texts.document import Block, Section
from policies.texts.importing.report import Change
from policies.texts.importing.words import count_words


@dataclass(slots=True)
class Draft:
    """A document in the making.

    `words` are all words of the file, `numbering` those that were typed numbers and are now set by the site.
    """

    words: Counter[str]
    title: str = ""
    preamble: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    numbering: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def drop(self, what: str, where: str, text: str) -> None:
        """Record words that are not in the document; nothing is recorded where there were none."""
        self._change("dropped", what, where, text)

    def replace(self, what: str, where: str, text: str) -> None:
        self._change("replaced", what, where, text)

    def put_in(self, what: str, where: str, text: str) -> None:
        self._change("added", what, where, text)

    def _change(self, action: str, what: str, where: str, text: str) -> None:
        if words := count_words(text):
            self.changes.append(Change(action, what, where, words))
