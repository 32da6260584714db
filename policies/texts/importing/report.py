"""The report on an import: figures, remarks, and an account of every word."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from policies.texts.importing.outline import Renumbered
from policies.texts.saying import gettext, ngettext

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
        words = {
            "dropped": ngettext("dropped: %(what)s, %(where)s (%(number)s word)",
                                "dropped: %(what)s, %(where)s (%(number)s words)", self.words.total()),
            "replaced": ngettext("replaced: %(what)s, %(where)s (%(number)s word)",
                                 "replaced: %(what)s, %(where)s (%(number)s words)", self.words.total()),
            "added": ngettext("added: %(what)s, %(where)s (%(number)s word)",
                              "added: %(what)s, %(where)s (%(number)s words)", self.words.total()),
        }  # fmt: skip
        return words[self.action] % {"what": self.what, "where": self.where, "number": self.words.total()}


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
        yield gettext("Read as %(kind)s, %(encoding)s.") % {"kind": self.kind, "encoding": self.encoding}
        figures = (
            ngettext("%(number)s section", "%(number)s sections", self.sections) % {"number": self.sections},
            ngettext("%(number)s list", "%(number)s lists", self.lists) % {"number": self.lists},
            ngettext("%(number)s list item", "%(number)s list items", self.items) % {"number": self.items},
            ngettext("%(number)s paragraph", "%(number)s paragraphs", self.paragraphs) % {"number": self.paragraphs},
            ngettext("%(number)s table", "%(number)s tables", self.tables) % {"number": self.tables},
            ngettext("%(number)s link", "%(number)s links", self.links) % {"number": self.links},
        )
        yield ", ".join(figures) + "."
        words = ngettext("%(number)s word in the file", "%(number)s words in the file", self.words_in)
        out = gettext("%(number)s in the document") % {"number": self.words_out}
        typed = ngettext(
            "not counting %(number)s typed number that the site sets now.",
            "not counting %(number)s typed numbers that the site sets now.",
            self.numbers,
        )
        yield ", ".join([words % {"number": self.words_in}, out, typed % {"number": self.numbers}])
        yield from (gettext("NOT READ: %(remark)s") % {"remark": remark} for remark in self.unread)
        yield from (f"- {remark}" for remark in self.remarks[:_SHOWN_LINES])
        if (more := len(self.remarks) - _SHOWN_LINES) > 0:
            yield ngettext(
                "- and %(number)s more remark: see --report json",
                "- and %(number)s more remarks: see --report json",
                more,
            ) % {"number": more}
        yield from (f"- {change}: {sample(change.words)}" for change in self.changes[:_SHOWN_LINES])
        if (more := len(self.changes) - _SHOWN_LINES) > 0:
            yield ngettext(
                "- and %(number)s more change: see --report json",
                "- and %(number)s more changes: see --report json",
                more,
            ) % {"number": more}
        yield from self._verdict()

    def _verdict(self) -> Iterator[str]:
        if self.unexplained:
            yield gettext("LOST, and nothing explains it: %(sample)s") % {"sample": sample(self.unexplained)}
        if self.unexplained_additions:
            yield gettext("ADDED, and nothing explains it: %(sample)s") % {"sample": sample(self.unexplained_additions)}
        if self.is_complete:
            yield gettext("Every word is accounted for.")


def _all_words(changes: Iterable[Change], actions: set[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for change in changes:
        if change.action in actions:
            words += change.words
    return words


def sample(words: Counter[str]) -> str:
    """Return words for people to read, with how often each is there; the first 40."""
    shown = [word if times == 1 else f"{word} x{times}" for word, times in words.items()]
    left = len(shown) - _SHOWN_WORDS
    listed = ", ".join(shown[:_SHOWN_WORDS])
    return gettext("%(words)s and %(number)s more") % {"words": listed, "number": left} if left > 0 else listed
