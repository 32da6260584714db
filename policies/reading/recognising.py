"""Which version of a policy is this text? Nothing of the text is kept."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from policies.texts.document import clean_text, digest_of, document_lines
from policies.texts.redline import Piece, compare_texts
from policies.versions.history import History
from policies.versions.models import PolicyVersion

# Versions of one policy differ little; what has less in common than this is another text.
LEAST_ALIKE = 0.05
_FINALISTS = 10
_DIGEST = re.compile(r"(?:sha-?256:\s*)?([0-9a-f]{64})(?:\s+\S*)?", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_QUOTES = str.maketrans("‘’“”‐‑–—", "''\"\"----")
_HTML = re.compile(r"<(?:!doctype html|html|body|article|p|div)\b", re.IGNORECASE)
_ARTICLE = '<article class="document"'
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|br|caption|d[dlt]|div|h[1-6]|li|ol|p|section|t[dhr]|ul)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")

How = Literal["digest", "text", "words", "closest", "nothing"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was found: the versions that match, newest first, or the closest one with what differs."""

    how: How
    versions: tuple[PolicyVersion, ...] = ()
    pieces: tuple[Piece, ...] = ()


def recognise(text: str, history: History) -> Recognised:
    """Return which versions say the text, or which comes closest.

    Args:
        text: pasted or uploaded words, the canonical text, a page's HTML, or a digest of 64 hexadecimal digits.
        history: the policy whose versions to look at.
    """
    if digest := _DIGEST.fullmatch(text.strip()):
        return _by_digest(digest[1].lower(), history, "digest")
    if (same := _by_digest(digest_of(as_canonical(text)), history, "text")).versions:
        return same
    return _by_words(without_html(text), history)


def as_canonical(text: str) -> str:
    """Return the text with the line ends of a canonical text, whatever a form or an editor made of them."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").strip("\n") + "\n"


def without_html(text: str) -> str:
    """Return the words of a saved page; of one of ours, those of the policy. Other text is left as it is."""
    if not _HTML.search(text, 0, 2000):
        return text
    before, article, after = text.partition(_ARTICLE)
    body = _BLOCK_TAG.sub("\n", article + after.partition("</article>")[0] if article else before)
    return html.unescape(_TAG.sub("", body))


def _by_digest(digest: str, history: History, how: How) -> Recognised:
    versions = (entry.version for entry in history.entries)
    found = tuple(version for version in versions if digest in (version.digest, version.chain))
    return Recognised(how if found else "nothing", found)


def _by_words(text: str, history: History) -> Recognised:
    finalists = _most_alike(text, history)
    wanted = key(text)
    same = tuple(version for version in finalists if any(key(form) == wanted for form in forms(version)))
    if same or not finalists:
        newest_first = sorted(same, key=lambda version: version.sequence, reverse=True)
        return Recognised("words" if same else "nothing", tuple(newest_first))
    closest = finalists[0]
    return Recognised("closest", (closest,), compare_texts(_nearest_form(closest, wanted), text))


def _most_alike(text: str, history: History) -> list[PolicyVersion]:
    """Return the few versions that share most pairs of words with the text, best first."""
    pairs = _pairs(text)
    versions = PolicyVersion.objects.of(history.entries[0].version.slug).order_by("-sequence").defer("content")
    alike = ((_likeness(pairs, _pairs(version.text)), version) for version in versions.iterator(chunk_size=50))
    likely = [found for found in alike if found[0] >= LEAST_ALIKE]
    return [version for _, version in sorted(likely, key=lambda found: -found[0])[:_FINALISTS]]


def _pairs(text: str) -> set[tuple[str, str]]:
    words = _WORD.findall(text.lower())
    return set(pairwise(words))


def _likeness(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> float:
    """Return what share of the pairs is in both: 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def key(text: str) -> list[str]:
    """Return the words in order, without what a copy may change: white space, quotes, dashes and list marks."""
    words = clean_text(text.translate(_QUOTES)).split()
    return [word for word in words if any(map(str.isalnum, word))]


def forms(version: PolicyVersion) -> Iterator[str]:
    """Yield the ways a version is read: on the page, copied without its numbers, and the canonical text."""
    lines = list(document_lines(version.document))
    words = ["".join(run.text for run in line.runs) for line in lines]
    yield "\n".join(f"{line.label} {text}".lstrip() for line, text in zip(lines, words, strict=True))
    yield "\n".join(words)
    yield version.text


def _nearest_form(version: PolicyVersion, wanted: Iterable[str]) -> str:
    counted = Counter(wanted)

    def distance(form: str) -> int:
        words = Counter(key(form))
        return (words - counted).total() + (counted - words).total()

    return min(forms(version), key=distance)
