"""The value object of a version's text.

Every block may say its language as a BCP 47 tag in `lang`, where it differs from the document's.
"""

from dataclasses import dataclass
from typing import Union

from policies.texts.document.runs import Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item with a bullet. What is below it may have bullets, numbers, or some of each."""

    runs: Runs
    items: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Bullet, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause: 4.1 in section 4, (a) inside it, (i) inside that, (A) inside that.

    What is below it may have numbers, bullets, or some of each.
    """

    runs: Runs
    clauses: tuple["Item", ...] = ()


Item = Union[Bullet, Clause]  # noqa: UP007  (Bullet | Clause fails inside Bullet's own annotation at run time)


@dataclass(frozen=True, slots=True)
class Clauses:
    items: tuple[Clause, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    term: Runs
    meaning: Runs


@dataclass(frozen=True, slots=True)
class Definitions:
    items: tuple[Definition, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class KeyFact:
    question: Runs
    answer: Runs


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What readers ask first, each with its short answer."""

    items: tuple[KeyFact, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as the header."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    caption: Runs = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A box that stands out: a heading, which may be empty, and paragraphs."""

    heading: Runs
    paragraphs: tuple[Runs, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or office to write to. Empty fields are not shown."""

    name: str
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    lang: str = ""


Block = Paragraph | Bullets | Clauses | Definitions | KeyFacts | Table | Notice | Contact


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section. `key` aligns it with other versions, `anchor` is its address: neither is part of the text."""

    heading: Runs
    blocks: tuple[Block, ...]
    key: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text in normal form. Build runs with `inline()` so that equal texts are equal documents.

    `lang` is the text's language as a BCP 47 tag; empty for the site's own.
    """

    title: str
    preamble: tuple[Block, ...]
    sections: tuple[Section, ...]
    lang: str = ""
