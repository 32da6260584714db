"""The words of a line: where each begins, what separates it from the one before, and how it looks."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, groupby
from unicodedata import category

from policies.texts.document import LINE_BREAK, Run, Runs, Style

# How a word looks: its stretches of one style as (letters, style). Of a word in one style the letters are not counted.
Look = tuple[tuple[int, Style], ...]

_SEPARATORS = f" {LINE_BREAK}"
_STOPS = r".,;:!?)\u060c\u061b\u061f\u06d4\u0964"
# Scripts that are written without spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, New Tai Lue, Tai Tham,
# Han with its radicals, Japanese, Bopomofo, Yi, and the full-width and half-width forms.
_UNSPACED = (
    r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1980-\u19df\u1a20-\u1aaf\u2e80-\u2fdf\u3001-\u30ff\u3100-\u312f"
    r"\u31a0-\u4dbf\u4e00-\ua4cf\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\uff01-\uff9f\U00020000-\U0003ffff"
)
# What belongs to the letter before it although Unicode calls it a letter: AM of Thai and Lao, half-width voicing.
_TRAILING_LETTERS = "\u0e33\u0eb3\uff9e\uff9f"
# These put the next consonant under the one before: Khmer coeng, Burmese virama.
_STACKING = "\u17d2\u1039"
_JOINERS = "\u200c\u200d"


def _marks() -> str:
    """Return all combining marks as ranges for a regular expression."""
    found: list[list[int]] = []
    for code in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)):
        if category(chr(code))[0] == "M":
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


_EXTENDING = f"{_marks()}{_TRAILING_LETTERS}{_JOINERS}"
_LETTER = f"[{_UNSPACED}](?:[{_STACKING}][{_UNSPACED}]|[{_EXTENDING}])*"
# A word keeps the stops inside it (4.3, plum.example, e.g) and lets go of those after it.
_SPACED = f"[^{_SEPARATORS}{_STOPS}{_UNSPACED}]+"
_WORD = re.compile(
    f"([{_SEPARATORS}]*)({_LETTER}|{_SPACED}(?:[{_STOPS}]+{_SPACED})*[{_EXTENDING}]*|[{_STOPS}]+[{_EXTENDING}]*)"
)
_COUNTED = re.compile(rf"{_LETTER}|[^\s{_UNSPACED}]+")


class Words:
    """A line cut into words; of scripts without spaces, into letters with their marks.

    `separators` are what stands before each word: nothing, a space or a line break. `keys` are what is compared: the
    words alone, and what is raised or lowered in them, since 10³ is another figure than 103.
    """

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self.text = runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
        found = _WORD.findall(self.text)
        self.separators = [separator for separator, _ in found]
        self.texts = [text for _, text in found]
        self.keys = self.texts
        if any(run.script for run in runs):
            self.keys = [f"{text}{_script(look)}" for text, look in zip(self.texts, self.looks, strict=True)]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins in the text, its separator included; the text's length at the end."""
        lengths = map(len, map("".join, zip(self.separators, self.texts, strict=True)))
        return [*accumulate(lengths, initial=0)]

    @property
    def is_plain(self) -> bool:
        return len(self.runs) < 2 and all(run.style == _PLAIN for run in self.runs)

    @cached_property
    def looks(self) -> list[Look]:
        """How each word looks, its separator left out."""
        styles = [run.style for run in self.runs for _ in run.text]
        ends = self.starts[1:]
        return [_look(styles[end - len(text) : end]) for end, text in zip(ends, self.texts, strict=True)]

    def cut(self, start: int, end: int) -> Runs:
        """Return the words from `start` up to `end` as runs, with what separates the first from the one before."""
        first, last = self.starts[start], self.starts[end]
        if len(self.runs) == 1:
            return (Run(self.text[first:last], *self.runs[0].style),) if last > first else ()
        return tuple(_cut(self.runs, first, last))


_PLAIN = Run("").style


def _look(styles: list[Style]) -> Look:
    if styles.count(styles[0]) == len(styles):
        return ((0, styles[0]),)
    return tuple((len([*same]), style) for style, same in groupby(styles))


def _script(look: Look) -> str:
    """Return what is raised or lowered in a word, in a form that no word has."""
    stretches = [f"{size}{style[-1]}" for size, style in look]
    return f"\x00{','.join(stretches)}" if any(style[-1] for _, style in look) else ""


def _cut(runs: Runs, start: int, end: int) -> Iterator[Run]:
    at = 0
    for run in runs:
        if text := run.text[max(start - at, 0) : max(end - at, 0)]:
            yield Run(text, *run.style)
        at += len(run.text)


def split_words(text: str) -> list[str]:
    """Return the words of a text as white space parts them; each letter of a script without spaces is one."""
    return text.split() if text.isascii() else _COUNTED.findall(text)


def count_words(text: str) -> int:
    """Return how many words a text has; a lone comma is one, and so is each letter of a script without spaces."""
    return len(split_words(text))
