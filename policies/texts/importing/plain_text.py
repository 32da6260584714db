"""Reads plain text: headings by their numbers, lists by their marks, paragraphs by their line ends."""

import re

from policies.texts.document import clean_text
from policies.texts.importing.draft import Draft
from policies.texts.importing.headings import LONGEST_HEADING, level_of
from policies.texts.importing.marks import marks_of
from policies.texts.importing.plain_lists import OpenLists
from policies.texts.importing.sections import Plan, arrange
from policies.texts.importing.words import count_words
from policies.texts.importing.wrapping import TextLine, had_no_room, wrapped_at
from policies.texts.markup import Node, Part, runs_of, text_of

_HEADING = re.compile(r"(?:(?:section|clause|article) )?(\d{1,3})[.):] ?(?=\S)", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_ENDS_A_SENTENCE = re.compile(r"[.;,:]$")
_RULE = re.compile(r"[-=_*~#+. ]*")
_LEADERS = re.compile(r"[. \u2026]{2,40}\d{1,4}$")


def read_plain_text(text: str) -> Draft:
    """Return the draft of a plain text.

    Raises:
        UnreadablePolicy: no line begins with "1. " at its first column.
    """
    draft = Draft(count_words(text))
    lines = _lines(text)
    column = wrapped_at(lines)
    draft.remarks.append(
        f"Lines are wrapped at about {column} columns: joined to paragraphs."
        if column
        else "Every line end is taken for the end of a paragraph."
    )
    reader = _Reader(draft, column)
    for line in lines:
        reader.take(line)
    parts = reader.parts
    arrange(draft, parts, Plan(_make_title(parts), 2))
    return draft


def _lines(text: str) -> list[TextLine]:
    lines = []
    is_apart = True
    for raw in _LINE_ENDS.split(text):
        shown = clean_text(raw.expandtabs(4)).rstrip()
        words = shown.strip()
        if _RULE.fullmatch(words):
            is_apart = True
            continue
        lines.append(TextLine(words, _indent(raw), is_apart))
        is_apart = False
    return lines


def _indent(raw: str) -> int:
    visible = raw.expandtabs(4).replace("\ufeff", "").replace("\u200b", "")
    return len(visible) - len(visible.lstrip())


class _Reader:
    """Takes line after line and knows which section, lists and line are open."""

    def __init__(self, draft: Draft, column: int | None) -> None:
        self.parts: list[Part] = []
        self._draft = draft
        self._column = column
        self._section = 0
        self._lists = OpenLists()
        self._above: TextLine | None = None
        self._last = Node("p")

    def take(self, line: TextLine) -> None:
        if not self._take_heading(line) and not self._take_item(line):
            self._take_words(line)
        self._above = line

    def _take_heading(self, line: TextLine) -> bool:
        """Take a line at the first column whose number is the next section's."""
        match = _HEADING.match(line.text)
        if not match or line.indent or self._goes_on(line):
            return False
        self._forget_contents(line, match)
        if int(match[1]) != self._section + 1 or self._is_rather_item(line):
            return False
        self._draft.numbering += count_words(match[0])
        self._section += 1
        self._lists.forget()
        self._put(Node("h2", children=[line.text[match.end() :]]))
        return True

    def _is_rather_item(self, line: TextLine) -> bool:
        """Return whether a number that fits the next section is the next in a list at the first column as well."""
        outer = self._lists.levels[0] if self._lists.levels else None
        fits = any(outer and (mark.style, mark.value) == (outer.style, outer.value + 1) for mark in marks_of(line.text))
        looks_like_heading = line.text.isupper() or (line.is_apart and not _ENDS_A_SENTENCE.search(line.text))
        return bool(fits and outer and outer.indent == 0 and not looks_like_heading)

    def _forget_contents(self, line: TextLine, match: re.Match[str]) -> None:
        """Drop a table of contents: headings without a word between them, of which the first comes again."""
        headings = self.parts[-self._section :]
        if match[1] != "1" or self._section < 2 or any(level_of(heading) != 2 for heading in headings):
            return
        texts = [_LEADERS.sub("", text_of(runs_of([heading]))) for heading in headings]
        if texts[0].casefold() == line.text[match.end() :].casefold():
            self._draft.drop(
                "a table of contents", "before section 1", "\n".join(text_of(runs_of([h])) for h in headings)
            )
            del self.parts[-self._section :]
            self._section = 0

    def _take_item(self, line: TextLine) -> bool:
        taken = self._lists.take(marks_of(line.text), line.indent, self._section)
        if not taken:
            return False
        mark, item, new_list = taken
        self._draft.numbering += count_words(line.text[: mark.length])
        item.children.append(line.text[mark.length :])
        self._last = item
        if new_list:
            self.parts.append(new_list)
        return True

    def _take_words(self, line: TextLine) -> None:
        if self._goes_on(line):
            self._last.children.append(f" {line.text}")
        elif item := self._lists.item_at(line.indent):
            self._last = Node("p", children=[line.text])
            item.children.append(self._last)
        else:
            self._lists.close()
            self._put(Node("p", children=[line.text]))

    def _goes_on(self, line: TextLine) -> bool:
        """Return whether a line is the rest of a paragraph that was wrapped."""
        if self._column is None or self._above is None or line.is_apart:
            return False
        if self._last.tag == "li" and line.indent < self._above.indent:
            return False
        return had_no_room(self._above, line, self._column)

    def _put(self, node: Node) -> None:
        self.parts.append(node)
        self._last = node


def _make_title(parts: list[Part]) -> int | None:
    """Make the first line the title if it looks like one, and return its place."""
    first = parts[0] if parts else None
    if not isinstance(first, Node) or first.tag != "p":
        return None
    text = text_of(runs_of([first]))
    if len(text) > LONGEST_HEADING or (_ENDS_A_SENTENCE.search(text) and not text.isupper()):
        return None
    first.tag = "h1"
    return 0
