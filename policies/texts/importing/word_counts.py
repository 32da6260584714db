"""Counts words, to compare a file with the document made from it."""

import re
from collections import Counter

from policies.texts.document import Document, clean_text, document_lines

_WORD = re.compile(r"\w+")
# Unicode's strokes through letters, which split a word into them.
_STROKES = re.compile("[\u0335\u0336]")


def count_words(text: str) -> Counter[str]:
    """Return the number of times each word occurs, after the same cleaning as the document."""
    return Counter(_WORD.findall(clean_text(_STROKES.sub("", text))))


def document_words(document: Document) -> Counter[str]:
    """Return the words of a document, without numbers that the site sets."""
    return count_words("\n".join("".join(run.text for run in line.runs) for line in document_lines(document)))


def caseless(words: Counter[str]) -> Counter[str]:
    """Return the same count regardless of case."""
    found: Counter[str] = Counter()
    for word, times in words.items():
        found[word.casefold()] += times
    return found
