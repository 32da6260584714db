"""The result of reading a file so far, and a record of what happened to its words."""

from collections import Counter
from dataclasses import dataclass, field

from policies.texts.document import Block, Section
from policies.texts.importing.outline import Renumbered
from policies.texts.importing.report import Change
from policies.texts.importing.word_counts import count_words


@dataclass(slots=True)
class Draft:
    """A document being built.

    `words` are all words of the file; `numbering` are typed numbers, which the site now sets. `unread` lists what could
    not be read, so that a person checks it before announcing.
    """

    words: Counter[str]
    title: str = ""
    lang: str = ""
    preamble: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    numbering: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    renumbered: list[Renumbered] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)

    def drop(self, what: str, where: str, text: str) -> None:
        """Record words that were left out of the document. Records nothing if there are none."""
        self._change("dropped", what, where, text)

    def drop_from_file(self, what: str, where: str, text: str) -> None:
        """Record words that the file hides from its readers and that were left out of the document."""
        self.words += count_words(text)
        self.drop(what, where, text)

    def replace(self, what: str, where: str, text: str) -> None:
        self._change("replaced", what, where, text)

    def put_in(self, what: str, where: str, text: str) -> None:
        self._change("added", what, where, text)

    def _change(self, action: str, what: str, where: str, text: str) -> None:
        if words := count_words(text):
            self.changes.append(Change(action, what, where, words))
