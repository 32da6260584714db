"""What the checks look at: a draft, the version it would amend, and its lines with their places."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.values.regulator import FIRST, Regulator
from accounts.values.wording import Words
from policies.reading.layout import section_address
from policies.texts.document import Document, Line, block_lines, plain_text

INTRODUCTION = _("the introduction")
WHOLE = _("the whole text")


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of a text with its place, as people cite it, and the address of its section on the page."""

    line: Line
    text: str
    place: Words
    address: str


@dataclass(frozen=True)
class Draft:
    """A draft as the checks need it.

    `old` is the text of the newest version that was not withdrawn, `old_number` its number; None and "" before the
    first. `links_because` is the editor's reason why links may lead nowhere; empty where there is none. `regulator` is
    the one that the text must name, where it must name one.
    """

    document: Document
    slug: str = ""
    about_personal_data: bool = True
    old: Document | None = None
    old_number: str = ""
    links_because: str = ""
    regulator: Regulator = FIRST

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(passages_of(self.document))


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has found: where, and what is there. `address` is empty where no section of the page is meant."""

    place: Words
    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is checked: its title, what to do about it, and how it is found.

    Where it `stops`, a draft with such a finding is not announced, unless a reason is given.
    """

    key: str
    title: Words
    advice: Words
    find: Callable[[Draft], Iterable[Remark]]
    stops: bool = False


def passages_of(document: Document) -> Iterator[Passage]:
    """Yield every line below the title with its place: “4.1(a)”, “section 4”, “the introduction”."""
    for line in block_lines(document.preamble):
        yield Passage(line, plain_text(line.runs), INTRODUCTION, "")
    for number, section in enumerate(document.sections, 1):
        place, address = gettext("section %(number)s") % {"number": number}, section_address(number, section.anchor)
        yield Passage(Line("heading", section.heading), plain_text(section.heading), place, address)
        for line in block_lines(section.blocks, number):
            yield Passage(line, plain_text(line.runs), line.reference or place, address)


def at(passage: Passage, words: str) -> Remark:
    """Return a remark about one line."""
    return Remark(passage.place, words, passage.address)


def excerpt(text: str, start: int, end: int, around: int = 30) -> str:
    """Return the found words with some of what stands around them."""
    left, right = max(0, start - around), min(len(text), end + around)
    return f"{'…' if left else ''}{text[left:right].strip()}{'…' if right < len(text) else ''}"
