"""Moves Markdown footnotes into the text, in square brackets at their references."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from policies.texts.importing.draft import Draft
from policies.texts.importing.word_counts import count_words
from policies.texts.saying import gettext

_NOTE = re.compile(r" {0,3}\[\^(?P<label>[^\]\s]{1,60})\]:[ \t]*(?P<words>.*)")
_REFERENCE = re.compile(r"(?<!\\)\[\^(?P<label>[^\]\s]{1,60})\](?!:)")
_IN_PLACE = re.compile(r"(?<!\\)\^\[(?P<words>[^\[\]\n]{1,1000})\]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(`{1,9})(?!`).{1,1000}?(?<!`)\1(?!`)")

Put = Callable[[re.Match[str]], str]


@dataclass(slots=True)
class _Notes:
    """The lines of a text without footnotes, and the footnotes by label."""

    lines: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)


def with_notes_in_place(text: str, draft: Draft) -> str:
    """Return the text with footnotes at their references. Unmatched notes and references stay as typed."""
    if "[^" not in text and "^[" not in text:
        return text
    notes = _taken(text.splitlines())
    known = {label: " ".join(" ".join(words).split()) for label, words in notes.words.items()}
    used: set[str] = set()

    def put(match: re.Match[str]) -> str:
        """Return the footnote in square brackets, or the mark as typed where there is no such footnote."""
        label = match["label"]
        if label not in known:
            draft.remarks.append(
                gettext("There is no footnote for [^%(label)s]: it stands as typed.") % {"label": label}
            )
            return "\\" + match[0]
        draft.numbering += count_words(label)
        if label in used:
            draft.put_in(gettext("a footnote referred to once more"), f"[^{label}]", known[label])
        used.add(label)
        draft.remarks.append(
            gettext("A footnote stands in square brackets now: %(words)s") % {"words": known[label][:80]}
        )
        return f" \\[{known[label]}\\]"

    lines = _replaced(notes.lines, put)
    for label in known.keys() - used:
        draft.remarks.append(
            gettext("Nothing refers to the footnote [^%(label)s]: it stands as typed.") % {"label": label}
        )
        lines += ["", f"\\[^{label}\\]: {known[label]}"]
    for label in used:
        draft.numbering += count_words(label)
    return "\n".join(lines) + "\n"


def _taken(lines: list[str]) -> _Notes:
    """Remove the notes. A note ends at an empty line unless an indented line follows."""
    notes = _Notes()
    fence, label, is_apart = "", "", False
    for line in lines:
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        match = None if fence or mark else _NOTE.match(line)
        goes_on = line.startswith(("  ", "\t")) or not is_apart
        if match and match["label"] not in notes.words:
            label = match["label"]
            notes.words[label] = [match["words"]]
        elif label and not fence and not mark and line.strip() and goes_on:
            notes.words[label].append(line.strip())
        elif line.strip() or not label:
            label = ""
            notes.lines.append(line)
        if label and not line.strip():
            notes.lines.append("")
        is_apart = not line.strip()
    return notes


def _replaced(lines: list[str], put: Put) -> list[str]:
    found, fence = [], ""
    for line in lines:
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        found.append(line if fence or mark else _in_words(line, put))
    return found


def _in_words(line: str, put: Put) -> str:
    """Replace the references in a line, except inside code."""
    pieces, at = [], 0
    for code in [*_CODE.finditer(line), None]:
        words = line[at : code.start() if code else len(line)]
        words = _IN_PLACE.sub(lambda match: f" \\[{match['words']}\\]", words)
        pieces += [_REFERENCE.sub(put, words), code[0] if code else ""]
        at = code.end() if code else len(line)
    return "".join(pieces)
