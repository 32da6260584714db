"""What became of a file: figures, remarks, and an account of every word."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_SHOWN_WORDS = 40


@dataclass(frozen=True, slots=True)
class Change:
    """Words taken out or put in on purpose: `action` is dropped, replaced or added."""

    action: str
    what: str
    where: str
    words: Counter[str]

    def __str__(self) -> str:
        return f"{self.action}: {self.what}, {self.where} ({_counted(self.words.total(), 'word')})"


@dataclass(frozen=True, slots=True)
class Report:
    """The account of one import. `lost` and `added` compare the file's words with the document's.

    Typed numbers that are now set by the site count as neither; there are `numbers` of them.
    """

    kind: str
    encoding: str
    sections: int
    lists: int
    items: int
    paragraphs: int
    tables: int
    links: int
    numbers: int
    words_in: int
    words_out: int
    lost: Counter[str]
    added: Counter[str]
    changes: tuple[Change, ...]
    remarks: tuple[str, ...]

    @property
    def unexplained(self) -> Counter[str]:
        """Return the lost words that no change accounts for: empty after a good import."""
        return self.lost - _all_words(self.changes, {"dropped", "replaced"})

    @property
    def unexplained_additions(self) -> Counter[str]:
        return self.added - _all_words(self.changes, {"added"})

    @property
    def is_complete(self) -> bool:
        return not self.unexplained and not self.unexplained_additions

    def as_text(self) -> str:
        """Return the report for a terminal, with a last line that says whether every word is accounted for."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"Read as {self.kind}, {self.encoding}."
        figures = (
            (self.sections, "section"),
            (self.lists, "list"),
            (self.items, "list item"),
            (self.paragraphs, "paragraph"),
            (self.tables, "table"),
            (self.links, "link"),
        )
        yield ", ".join(_counted(*figure) for figure in figures) + "."
        words = f"{_counted(self.words_in, 'word')} in the file, {self.words_out} in the document"
        yield f"{words}, not counting {_counted(self.numbers, 'typed number')} that the site sets now."
        yield from (f"- {remark}" for remark in self.remarks)
        yield from (f"- {change}: {_sample(change.words)}" for change in self.changes)
        yield from self._verdict()

    def _verdict(self) -> Iterator[str]:
        if self.unexplained:
            yield f"LOST, and nothing explains it: {_sample(self.unexplained)}"
        if self.unexplained_additions:
            yield f"ADDED, and nothing explains it: {_sample(self.unexplained_additions)}"
        if self.is_complete:
            yield "Every word is accounted for."


def _all_words(changes: Iterable[Change], actions: set[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for change in changes:
        if change.action in actions:
            words += change.words
    return words


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _sample(words: Counter[str]) -> str:
    shown = [word if times == 1 else f"{word} x{times}" for word, times in words.items()]
    more = f" and {len(shown) - _SHOWN_WORDS} more" if len(shown) > _SHOWN_WORDS else ""
    return ", ".join(shown[:_SHOWN_WORDS]) + more
