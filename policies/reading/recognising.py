"""Which version of a policy is this text? Nothing of the text is kept."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.utils.translation import gettext

from policies.reading.copies import copied_words, text_of_copy, unbroken
from policies.reading.explaining import ShownPage, shown_page, unexplained
from policies.texts.document import Document, Run, canonical_text, digest_of, document_lines, document_of_json
from policies.texts.redline import Piece, compare_texts
from policies.versions.history import History
from policies.versions.models import PolicyVersion

# Versions of one policy differ little; what has less in common than this is another text.
LEAST_ALIKE = 0.05
# A passage stands in a version only if nearly all pairs of its words do: marks of ours may part a few of them.
_LEAST_OF_PASSAGE = 0.5
_FINALISTS = 10
_DIGEST = re.compile(r"(?:sha-?256:\s*)?([0-9a-f]{64})(?:\s+\S*)?", re.IGNORECASE)
_WORD = re.compile(r"\w+")

How = Literal["digest", "text", "words", "passage", "more", "less", "closest", "nothing", "unknown digest"]
# Returns the HTML of the pages on which this site shows a version.
PagesOf = Callable[[PolicyVersion], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was found.

    `versions`: those that say the text, newest first, or the closest one. `pieces`: what differs from the closest.
    `words`: how many words the text has. `around`: the text has more around it that is known, such as a page's menu.
    """

    how: How
    versions: tuple[PolicyVersion, ...] = ()
    pieces: tuple[Piece, ...] = ()
    words: int = 0
    around: bool = False

    @property
    def names(self) -> str:
        """The versions in words: “version 3.0, version 2.0 and version 1.0”."""
        *others, last = (gettext("version %(number)s") % {"number": version.number} for version in self.versions)
        return gettext("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last} if others else last


def recognise(text: str, history: History, pages_of: PagesOf = lambda version: ()) -> Recognised:
    """Return which versions say the text, which it is a part of, or which comes closest.

    Args:
        text: pasted or uploaded words, the canonical text, a page's HTML, a mail, our JSON, or a digest of 64
            hexadecimal digits.
        history: the policy whose versions to look at.
        pages_of: the pages of this site that show a version: what stands around it there is no part of the text.
    """
    if digest := _DIGEST.fullmatch(text.strip()):
        return _by_digest(digest[1].lower(), history, "digest", otherwise="unknown digest")
    document = document_of_json(text)
    canonical = canonical_text(document) if document else as_canonical(text)
    if (same := _by_digest(digest_of(canonical), history, "text")).versions:
        return same
    return _by_words(_lines(document) if document else text_of_copy(text), history, pages_of)


def as_canonical(text: str) -> str:
    """Return the text with the line ends of a canonical text, whatever a form or an editor made of them."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").strip("\n") + "\n"


def _by_digest(digest: str, history: History, how: How, otherwise: How = "nothing") -> Recognised:
    versions = (entry.version for entry in history.entries)
    found = tuple(version for version in versions if digest in (version.digest, version.chain))
    return Recognised(how if found else otherwise, found)


def _by_words(text: str, history: History, pages_of: PagesOf) -> Recognised:
    words = copied_words(text)
    whole, parts = _most_alike(text, words, history)
    found = [(version, body) for version in whole if (body := _body_in(version, words))]
    if found:
        return _whole(words, found, pages_of)
    if passage := tuple(version for version in parts if _has(version, words)):
        return Recognised("passage", _newest_first(passage), words=len(words))
    if not whole:
        return Recognised("nothing", words=len(words))
    return _closest(whole[0], words, pages_of)


def _whole(words: list[str], found: list[tuple[PolicyVersion, "Body"]], pages_of: PagesOf) -> Recognised:
    """Return the versions that stand in the text from end to end, and what else the text has."""
    longest = max(len(body.words) for _, body in found)
    versions = _newest_first(version for version, body in found if len(body.words) == longest)
    version, body = next(pair for pair in found if pair[0] == versions[0])
    before, after = body.copy[: body.start], body.copy[body.start + longest :]
    pieces = [*_inserted(before), Piece("same", (Run(f" {' '.join(body.words)}"),)), *_inserted(after)]
    left = unexplained(pieces, version.document, [*_shown_pages(version, pages_of)])
    return _judged(versions, left, len(words), around=bool(before or after))


def _closest(version: PolicyVersion, words: list[str], pages_of: PagesOf) -> Recognised:
    words = unbroken(words, {*copied_words(version.text)})
    form = _nearest_form(version, words)
    pieces = compare_texts(" ".join(form), " ".join(words))
    left = unexplained(pieces, version.document, [*_shown_pages(version, pages_of)])
    return _judged((version,), left, len(words), around=len(left) < len(pieces))


def _judged(versions: tuple[PolicyVersion, ...], pieces: list[Piece], words: int, *, around: bool) -> Recognised:
    ops = {piece.op for piece in pieces} - {"same"}
    if not ops:
        return Recognised("words", versions, words=words, around=around)
    how: How = "more" if ops == {"inserted"} else "less" if ops == {"deleted"} else "closest"
    return Recognised(how, versions, tuple(pieces), words, around)


def _inserted(words: Sequence[str]) -> Iterator[Piece]:
    if words:
        yield Piece("inserted", (Run(f" {' '.join(words)}"),))


def _newest_first(versions: Iterable[PolicyVersion]) -> tuple[PolicyVersion, ...]:
    return tuple(sorted(versions, key=lambda version: version.sequence, reverse=True))


def _most_alike(text: str, words: list[str], history: History) -> tuple[list[PolicyVersion], list[PolicyVersion]]:
    """Return the few versions that share most pairs of words with the text, best first, and all that may hold it."""
    pairs = _pairs(text) or {("", word) for word in _WORD.findall(text.lower())}
    versions = PolicyVersion.objects.of(history.entries[0].version.slug).order_by("-sequence").defer("content")
    alike, holding = [], []
    for version in versions.iterator(chunk_size=50):
        its_pairs = _pairs(version.text)
        shared = len(pairs & its_pairs)
        alike.append((2 * shared / (len(pairs) + len(its_pairs) or 1), shared / (len(its_pairs) or 1), version))
        if len(words) < 3 or shared >= _LEAST_OF_PASSAGE * len(pairs):
            holding.append(version)
    likely = [found for found in alike if found[0] >= LEAST_ALIKE or found[1] > _LEAST_OF_PASSAGE]
    best = sorted(likely, key=lambda found: (-found[1], -found[0]))[:_FINALISTS]
    return [version for _, _, version in sorted(best, key=lambda found: -found[0])], holding


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(_WORD.findall(text.lower())))


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a version below its title, the words of a copy, and where in those the former begin."""

    words: list[str]
    copy: list[str]
    start: int


def _body_in(version: PolicyVersion, words: list[str]) -> Body | None:
    """Return where a version stands in a text, if it does from end to end without a word between."""
    known = {*copied_words(version.text)}
    whole = unbroken(words, known)
    for form in forms(version.document):
        if form and (start := _find(form, whole)) is not None:
            return Body(form, whole, start)
    return None


def _has(version: PolicyVersion, words: list[str]) -> bool:
    wanted = unbroken(words, {*copied_words(version.text)})
    title = copied_words(version.document.title)
    return bool(wanted) and any(_find(wanted, [*title, *form]) is not None for form in forms(version.document))


def _find(part: Sequence[str], whole: Sequence[str]) -> int | None:
    """Return at which word of the whole a part of it begins."""
    text = f" {' '.join(whole)} "
    at = text.find(f" {' '.join(part)} ")
    return None if at < 0 else text.count(" ", 0, at)


def forms(document: Document) -> Iterator[list[str]]:
    """Yield the words below the title in the ways they are read.

    With their numbers, without, and with the addresses of links after them, as our printed page and mails have them.
    """
    lines = list(document_lines(document))[1:]
    yield copied_words("\n".join(f"{line.label} {_text(line.runs)}" for line in lines))
    yield copied_words("\n".join(_text(line.runs) for line in lines))
    for address in (" ({})", " <{}>"):
        yield copied_words("\n".join(f"{line.label} {_with_addresses(line.runs, address)}" for line in lines))


def _lines(document: Document) -> str:
    return "\n".join(f"{line.label} {_text(line.runs)}" for line in document_lines(document))


def _text(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _with_addresses(runs: Iterable[Run], address: str) -> str:
    """Return the words with the addresses of links to other sites."""
    return "".join(run.text + (address.format(run.href) if run.href.startswith("http") else "") for run in runs)


def _shown_pages(version: PolicyVersion, pages_of: PagesOf) -> Iterator[ShownPage]:
    bodies = [*forms(version.document)]
    return (shown_page(html, bodies) for html in pages_of(version))


def _nearest_form(version: PolicyVersion, words: Iterable[str]) -> list[str]:
    counted = Counter(words)

    def distance(form: list[str]) -> int:
        its = Counter(form)
        return (its - counted).total() + (counted - its).total()

    return min(forms(version.document), key=distance)
