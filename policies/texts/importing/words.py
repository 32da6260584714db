"""What counts as a word when a file is compared with the document made of it."""

import re
from collections import Counter

from policies.texts.document import Document, clean_text, document_lines

_WORD = re.compile(r"\w+")


def count_words(text: str) -> Counter[str]:
    """Return how often each word stands in a text, after the same cleaning the document gets."""
    return Counter(_WORD.findall(clean_text(text)))


def document_words(document: Document) -> Counter[str]:
    """Return the words of every line of a document; numbers that the site sets are not among them."""
    return count_words("\n".join("".join(run.text for run in line.runs) for line in document_lines(document)))


def caseless(words: Counter[str]) -> Counter[str]:
    """Return the same count with capitals and small letters taken for one."""
    found: Counter[str] = Counter()
    for word, times in words.items():
        found[word.casefold()] += times
    return found
