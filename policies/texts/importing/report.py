"""The report on an import: figures, remarks, and an account of every word."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from policies.texts.importing.outline import Renumbered

_FIGURES = (
    "kind", "encoding", "sections", "lists", "items", "paragraphs", "tables", "links", "numbers", "words_in",
    "words_out",
)  # fmt: skip
_SHOWN_WORDS = 40
_SHOWN_LINES = 50


@dataclass(frozen=True, slots=True)
class Change:
    """Words removed or added on purpose. `action` is dropped, replaced or added."""

    action: str
    what: str
    where: str
    words: Counter[str]

    def __str__(self) -> str:
        return f"{self.action}: {self.what}, {self.where} ({_counted(self.words.total(), 'word')})"


@dataclass(frozen=True, slots=True)
class Report:
    """The report on one import. `lost` and `added` compare the words of the file and the document.

    They exclude the `numbers` typed numbers that the site now sets. `unread` lists what could not be read, `renumbered`
    what has another number, letter or level, `references` the words that may refer to those: place, words, change.
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
    unread: tuple[str, ...] = ()
    renumbered: tuple[Renumbered, ...] = ()
    references: tuple[tuple[str, str, str], ...] = ()

    @property
    def unexplained(self) -> Counter[str]:
        """Return the lost words that no change explains. Empty after a good import."""
        return self.lost - _all_words(self.changes, {"dropped", "replaced"})

    @property
    def unexplained_additions(self) -> Counter[str]:
        return self.added - _all_words(self.changes, {"added"})

    @property
    def is_complete(self) -> bool:
        return not self.unexplained and not self.unexplained_additions

    @property
    def is_clear(self) -> bool:
        """Return whether the text can be announced as it is: every word is explained and everything was read."""
        return self.is_complete and not self.unread

    def as_data(self) -> dict[str, object]:
        """Return the report as JSON values."""
        changes = [{**asdict(change), "words": dict(change.words)} for change in self.changes]
        references = [{"where": place, "text": words, "change": change} for place, words, change in self.references]
        return {
            **{figure: getattr(self, figure) for figure in _FIGURES},
            "is_complete": self.is_complete,
            "is_clear": self.is_clear,
            "lost": dict(self.lost),
            "added": dict(self.added),
            "unexplained": {"lost": dict(self.unexplained), "added": dict(self.unexplained_additions)},
            "changes": changes,
            "remarks": [*self.remarks],
            "unread": [*self.unread],
            "renumbered": [asdict(change) for change in self.renumbered],
            "references": references,
        }

    def as_text(self) -> str:
        """Return the report for a terminal. The last line says whether every word is accounted for."""
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
        yield from (f"NOT READ: {remark}" for remark in self.unread)
        yield from _listed(self.remarks, "remark")
        yield from _listed([f"{change}: {sample(change.words)}" for change in self.changes], "change")
        yield from self._verdict()

    def _verdict(self) -> Iterator[str]:
        if self.unexplained:
            yield f"LOST, and nothing explains it: {sample(self.unexplained)}"
        if self.unexplained_additions:
            yield f"ADDED, and nothing explains it: {sample(self.unexplained_additions)}"
        if self.is_complete:
            yield "Every word is accounted for."


def _all_words(changes: Iterable[Change], actions: set[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for change in changes:
        if change.action in actions:
            words += change.words
    return words


def _listed(lines: Sequence[str], noun: str) -> Iterator[str]:
    """Yield the first lines, and how many more the report as data has."""
    yield from (f"- {line}" for line in lines[:_SHOWN_LINES])
    if (more := len(lines) - _SHOWN_LINES) > 0:
        yield f"- and {_counted(more, f'more {noun}')}: see --report json"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def sample(words: Counter[str]) -> str:
    """Return words for people to read, with how often each is there; the first 40."""
    shown = [word if times == 1 else f"{word} x{times}" for word, times in words.items()]
    more = f" and {len(shown) - _SHOWN_WORDS} more" if len(shown) > _SHOWN_WORDS else ""
    return ", ".join(shown[:_SHOWN_WORDS]) + more
