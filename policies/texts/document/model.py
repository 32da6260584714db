"""The value object of a version's text, and its normal form."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

# Invisible characters that can make a text read differently from what it says: C0/C1 controls, soft hyphen,
# zero-width space and no-break space marks, bidi embeddings, overrides and isolates (Unicode TR 36, CVE-2021-42574),
# line separators. Joiners stay: scripts and emoji need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"\s+")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Return text in NFC without invisible characters, every run of white space one plain space."""
    visible = _INVISIBLE.sub("", _LONE_SURROGATES.sub("\ufffd", text))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words in one style. `href` is an absolute URL, an absolute path, a mailto: or tel: address."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""

    @property
    def style(self) -> tuple[bool, bool, str]:
        return self.strong, self.emphasis, self.href


Runs = tuple[Run, ...]


def inline(*runs: Run | str) -> Runs:
    """Return runs in normal form: clean text, no style on outer spaces, neighbours of one style joined."""
    pieces: list[Run] = []
    for run in chain.from_iterable(map(_without_outer_spaces, runs)):
        if pieces and pieces[-1].text.endswith(" ") and run.text.startswith(" "):
            run = replace(run, text=run.text.lstrip())
        if not run.text:
            continue
        if pieces and pieces[-1].style == run.style:
            run = replace(run, text=unicodedata.normalize("NFC", pieces.pop().text + run.text))
        pieces.append(run)
    return _stripped(_joined_over_spaces(pieces))


def _without_outer_spaces(run: Run | str) -> Iterator[Run]:
    if isinstance(run, str):
        run = Run(run)
    text = clean_text(run.text)
    words = text.strip()
    if text[:1] == " ":
        yield Run(" ")
    if words:
        yield replace(run, text=words, href=clean_text(run.href).strip())
        if text[-1:] == " ":
            yield Run(" ")


def _joined_over_spaces(pieces: list[Run]) -> list[Run]:
    """Join <b>a</b> <b>b</b> into <b>a b</b>: it looks the same, so it is the same."""
    joined: list[Run] = []
    for run in pieces:
        if len(joined) > 1 and joined[-1] == Run(" ") and joined[-2].style == run.style:
            joined.pop()
            run = replace(run, text=f"{joined.pop().text} {run.text}")
        joined.append(run)
    return joined


def _stripped(runs: list[Run]) -> Runs:
    if runs and runs[0].text.startswith(" "):
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
    if runs and runs[-1].text.endswith(" "):
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return tuple(run for run in runs if run.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Bullet:
    runs: Runs
    items: tuple["Bullet", ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause: 4.1 in section 4, (a) inside it, (i) inside that."""

    runs: Runs
    clauses: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class Clauses:
    items: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    term: Runs
    meaning: Runs


@dataclass(frozen=True, slots=True)
class Definitions:
    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as the header."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    caption: Runs = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A box that stands out: a heading (may be empty) and paragraphs."""

    heading: Runs
    paragraphs: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to write to. Empty strings are left out when shown."""

    name: str
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""


Block = Paragraph | Bullets | Clauses | Definitions | Table | Notice | Contact


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section. `key` aligns it with other versions, `anchor` is its address: neither is part of the text."""

    heading: Runs
    blocks: tuple[Block, ...]
    key: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text in normal form. Build runs with `inline()` so that equal texts are equal documents."""

    title: str
    preamble: tuple[Block, ...]
    sections: tuple[Section, ...]
