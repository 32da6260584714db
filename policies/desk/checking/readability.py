"""How hard an English text is to read: the grade of Flesch and Kincaid, as school years in the United States.

Kincaid and others, Derivation of New Readability Formulas (1975): 0.39 × words a sentence + 11.8 × syllables a word
− 15.59. Add five for the age of a reader.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.values.country import LAW
from policies.desk.checking.draft import WHOLE, Draft, Passage, Remark, Rule

HARD = 12.0
TOO_SHORT = 100  # words in which one long name decides
WITHOUT_SENTENCES = frozenset({"row", "table-header", "contact", "heading", "caption", "term"})

_WORDS = re.compile(r"[A-Za-z]+(?:[’'][a-z]+)?")
_SENTENCES = re.compile(r"[.!?]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouylr])e$|(?<=[^aeiouy][^aeioultd])ed$|(?<=[^aeiouyscxz])es$")


def is_english(draft: Draft) -> bool:
    return draft.document.lang.partition("-")[0] in ("", "en")


def syllables(word: str) -> int:
    """Return about how many syllables an English word has, by its groups of vowels; one at least."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word.lower()))))


def grade(passages: Iterable[Passage]) -> float | None:
    """Return the grade of these lines; None where there is too little to judge. Each line ends a sentence."""
    texts = [passage.text for passage in passages if passage.line.kind not in WITHOUT_SENTENCES]
    words = [word for text in texts for word in _WORDS.findall(text)]
    if len(words) < TOO_SHORT:
        return None
    sentences = sum(max(1, len(_SENTENCES.findall(text))) for text in texts if text.strip())
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def grade_of(draft: Draft) -> float | None:
    """Return the grade of a whole draft; None where it is not English, or too short."""
    return grade(draft.passages) if is_english(draft) else None


def hard_to_read(draft: Draft) -> Iterator[Remark]:
    """Remark a text that is hard to read, and of one in English the places that are harder still."""
    found = grade_of(draft)
    if found is not None and found > HARD:
        yield Remark(
            WHOLE,
            gettext("Grade %(grade)s: read with ease from the age of %(age)s on.")
            % {"grade": f"{found:.0f}", "age": f"{found + 5:.0f}"},
        )
    if not is_english(draft):
        return
    for address, own in groupby(draft.passages, key=lambda passage: passage.address):
        passages = list(own)
        found = grade(passages)
        if address and found is not None and found > HARD + 2:
            yield Remark(
                passages[0].place,
                gettext("“%(text)s”: grade %(grade)s.") % {"text": passages[0].text, "grade": f"{found:.0f}"},
                address,
            )


RULE = Rule(
    "reading-grade",
    _("Hard to read"),
    LAW.PLAIN_LANGUAGE,
    hard_to_read,
)
