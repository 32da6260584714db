"""What a copy has beside the policy's words that is no change of them: a page's menu, its number, a link's address."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policies.reading.copies import copied_words, text_of_html
from policies.texts.document import Document, Run, document_lines
from policies.texts.redline import Piece, WordOp

# More pieces than this make no copy; looking at each would take long.
_MOST_PIECES = 2_000
_MOST_WORDS_OF_EDGE = 40
_LEAST_STRETCH = 4
# No page of this site has more beside its text.
_MOST_WORDS_AROUND = 3_000
# What browsers print at the edge of a page beside its title and number: “26/11/2026, 10:15”, the address.
_DATE = re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?: [AaPp][Mm])?")
_ADDRESS = re.compile(r"https?://\S+")
_PAGE_NUMBER = re.compile(r"(?:Page )?(\d{1,3})(?:/| of | )(\d{1,3})")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of this site that shows a version: its title, and the words around the text."""

    title: list[str]
    around: list[str]


def shown_page(html: str, bodies: Iterable[list[str]]) -> ShownPage:
    """Return what a page has around the text; `bodies` are the ways in which the text's words may stand there."""
    words = copied_words(text_of_html(html))
    title = _TITLE.search(html)
    text = f" {' '.join(words)} "
    for body in bodies:
        before, found, after = text.partition(f" {' '.join(body)} ")
        if found:
            return ShownPage(copied_words(title[1] if title else ""), [*before.split(), *after.split()])
    return ShownPage([], [])


def unexplained(pieces: Sequence[Piece], document: Document, pages: Sequence[ShownPage]) -> list[Piece]:
    """Return the pieces without the added words that copies of a page have and that change nothing.

    Inside the text these are only the addresses of its own links, and the edges of printed pages while their numbers
    count on; around it, also its title and whatever a page of this site has there.

    Args:
        pieces: what stayed, what a text has (inserted) and what it lacks (deleted), in order.
        document: the version's text.
        pages: the pages of this site that show it.
    """
    if len(pieces) > _MOST_PIECES:
        return list(pieces)
    pieces = _outwards(pieces)
    known = _Known(document, pages)
    edges = [known.page_number(piece) for piece in pieces if piece.op == "inserted"]
    may_be_edge = _counts_on([number for number in edges if number])
    left: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.op != "inserted" or not known.explains(piece, may_be_edge=may_be_edge):
            is_around = piece.op == "inserted" and at in (0, len(pieces) - 1)
            rest = known.rest_of(piece) if is_around else [piece]
            left += (part for part in rest if not (is_around and may_be_edge and known.page_number(part)))
    return left


def _outwards(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with what was added at either end moved past words of the text that it has too.

    A page begins with the site's name, and so may the text: its first words are those before the rest of it.
    """
    stretches = [(piece.op, piece.text.split()) for piece in pieces]
    for _ in ("at the beginning", "at the end"):
        stretches = [(op, words[::-1]) for op, words in reversed(_first_outwards(stretches))]
    return [Piece(op, (Run(f" {' '.join(words)}"),)) for op, words in stretches]


def _first_outwards(stretches: list[tuple[WordOp, list[str]]]) -> list[tuple[WordOp, list[str]]]:
    lead = stretches[0][1] if stretches and stretches[0][0] == "inserted" else []
    start = 1 if lead else 0
    match stretches[start : start + 3]:
        case [("same", own), ("inserted", added), ("same", rest)] if added[-len(own) :] == own:
            moved = [*lead, *own, *added[: -len(own)]]
            return [("inserted", moved), ("same", [*own, *rest]), *stretches[start + 3 :]]
    return stretches


def _counts_on(numbers: Sequence[tuple[int, int]]) -> bool:
    """Return whether these are the numbers of all pages: 1 of 3, 2 of 3, and the last one or not."""
    pages = numbers[0][1] if numbers else 0
    return pages - 1 <= len(numbers) <= pages and [*numbers] == [(at, pages) for at in range(1, len(numbers) + 1)]


class _Known:
    def __init__(self, document: Document, pages: Sequence[ShownPage]) -> None:
        self.pages = pages
        own = copied_words(document.title)
        self.titles = sorted({" ".join(title) for title in (own, *(page.title for page in pages))}, key=len)[::-1]
        hrefs = (run.href for line in document_lines(document) for run in line.runs if run.href)
        self.addresses = {_bare(word) for href in hrefs for word in copied_words(href)}

    def explains(self, piece: Piece, *, may_be_edge: bool) -> bool:
        words = piece.text.split()
        if all(_bare(word) in self.addresses for word in words):
            return True
        return may_be_edge and self.page_number(piece) is not None

    def page_number(self, piece: Piece) -> tuple[int, int] | None:
        """Return (number, of how many) if the words are what is printed between two pages, and nothing else is."""
        words = piece.text.split()
        if len(words) > _MOST_WORDS_OF_EDGE:
            return None
        found = _PAGE_NUMBER.fullmatch(self._without_titles(" ".join(words)))
        return (int(found[1]), int(found[2])) if found else None

    def _without_titles(self, text: str) -> str:
        text = _ADDRESS.sub(" ", _DATE.sub(" ", text))
        for title in self.titles:
            text = text.replace(title, " ") if title else text
        return " ".join(text.split())

    def rest_of(self, piece: Piece) -> Iterator[Piece]:
        """Yield what no page of this site has, in this order, before or after the text."""
        words = piece.text.split()
        if len(words) > _MOST_WORDS_AROUND:
            yield piece
            return
        ways = [[piece], *(_added(f" {' '.join(page.around)} ", words) for page in self.pages if page.around)]
        for left in min(ways, key=lambda way: sum(piece.words for piece in way)):
            if self._without_titles(left.text):
                yield left


def _added(page: str, words: Sequence[str]) -> list[Piece]:
    """Return the stretches of words that do not stand so on a page; a few words alone could be anybody's."""
    left: list[list[str]] = [[]]
    at = 0
    while at < len(words):
        size = _longest(page, words, at)
        is_between = at > 0 and not left[-1] and _longest(page, words, at + size) >= _LEAST_STRETCH
        if size >= _LEAST_STRETCH or (size and is_between):
            left.append([])
        else:
            size = 1
            left[-1].append(words[at])
        at += size
    return [Piece("inserted", (Run(f" {' '.join(stretch)}"),)) for stretch in left if stretch]


def _longest(page: str, words: Sequence[str], start: int) -> int:
    """Return how many words from `start` on stand on the page one after the other."""
    size = 0
    while start + size < len(words) and f" {' '.join(words[start : start + size + 1])} " in page:
        size += 1
    return size


def _bare(word: str) -> str:
    return word.strip("(<>)[].,;:")
