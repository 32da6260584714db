"""Reads plain text: headings by number, lists by mark, paragraphs by line ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from policies.texts.document import clean_text
from policies.texts.importing.arranging import Plan, arrange
from policies.texts.importing.draft import Draft
from policies.texts.importing.headings import LONGEST_HEADING, level_of
from policies.texts.importing.marks import Mark, heading_marks, looks_numbered, marks_of
from policies.texts.importing.outlook import Outlook, looks_like_heading
from policies.texts.importing.plain_lists import OpenLists
from policies.texts.importing.plain_shapes import address_lines, title_lines
from policies.texts.importing.struck import Choice, settle_struck
from policies.texts.importing.word_counts import count_words
from policies.texts.importing.wrapping import TextLine, had_no_room, wrapped_at
from policies.texts.markup import Node, Part, runs_of, text_of
from policies.texts.saying import gettext

_STRUCK = re.compile(r"(?:~~(?=\S)|\{--)([^~{]{1,2000}?)(?:(?<=\S)~~|--\})")
_LINE_ENDS = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_ENDS_A_SENTENCE = re.compile(r"[.;,:]$")
_RULE = re.compile(r"[-=_*~#+. ]*")
_LEADERS = re.compile(r"[. \u2026]{2,40}\d{1,4}$")


def read_plain_text(text: str, struck: Choice | None = None) -> Draft:
    """Return the draft of a plain text. If no heading is numbered, lines that look like titles are headings.

    Args:
        text: of the file, without its front matter.
        struck: what to do with struck-through words, typed as ~~words~~ in plain text.

    Raises:
        StruckWords: there are some, and `struck` is not given.
    """
    lines = _lines(text)
    reader = _read(text, lines, frozenset())
    if not any(level_of(part) for part in reader.parts) and (titles := title_lines(lines)):
        reader = _read(text, lines, titles)
        words = "; ".join(lines[place].text for place in sorted(titles))
        reader.draft.remarks.append(
            gettext("Lines that stand alone were taken for headings: %(words)s.") % {"words": words}
        )
    root = Node("root", children=[*map(_with_struck_words, reader.parts)])
    settle_struck(root, reader.draft, struck)
    reader.parts = root.children
    arrange(reader.draft, reader.parts, Plan(_make_title(reader.parts), 2))
    return reader.draft


def _with_struck_words(part: Part) -> Part:
    """Return a part with the words between ~~ and ~~ in a node."""
    if isinstance(part, Node):
        part.children = [piece for child in part.children for piece in _pieces(child)]
    return part


def _pieces(part: Part) -> Iterator[Part]:
    if isinstance(part, Node):
        yield _with_struck_words(part)
        return
    for number, text in enumerate(_STRUCK.split(part)):
        yield Node("s", children=[text]) if number % 2 else text


def _read(text: str, lines: list[TextLine], titles: frozenset[int]) -> "_Reader":
    draft = Draft(count_words(text))
    column = wrapped_at(lines)
    draft.remarks.append(
        gettext("Lines are wrapped at about %(column)s columns: joined to paragraphs.") % {"column": column}
        if column
        else gettext("Every line end is taken for the end of a paragraph, but in addresses.")
    )
    reader = _Reader(draft, column, Outlook(lines), _Shapes(titles, address_lines(lines)))
    for place, line in enumerate(lines):
        reader.take(place, line)
    return reader


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


@dataclass(frozen=True, slots=True)
class _Shapes:
    """The places of lines that are headings or continue an address, by shape alone."""

    titles: frozenset[int]
    addresses: frozenset[int]


class _Reader:
    """Takes one line after another, and keeps track of the open section and lists."""

    def __init__(self, draft: Draft, column: int | None, outlook: Outlook, shapes: _Shapes) -> None:
        self.parts: list[Part] = []
        self.draft = draft
        self._shapes = shapes
        self._column = column
        self._outlook = outlook
        self._style = ""
        self._section = 0
        self._lists = OpenLists()
        self._above: TextLine | None = None
        self._last = Node("p")

    def take(self, place: int, line: TextLine) -> None:
        if place in self._shapes.titles:
            self._lists.forget()
            self._put(Node("h2", children=[line.text]))
        elif not self._take_heading(place, line) and not self._take_item(place, line):
            self._take_words(place, line)
        self._above = line

    def _take_heading(self, place: int, line: TextLine) -> bool:
        """Take a line at the first column if it has the number of the next section."""
        mark = None if line.indent or self._goes_on(line) else self._heading_mark(place, line)
        if not mark:
            return False
        self.draft.numbering += count_words(line.text[: mark.length])
        self._section += 1
        self._style = mark.style
        self._lists.forget()
        self._put(Node("h2", {"typed": mark.label}, [line.text[mark.length :]]))
        return True

    def _heading_mark(self, place: int, line: TextLine) -> Mark | None:
        for mark in heading_marks(line.text):
            if mark.label.isdigit() or mark.style != (self._style or mark.style):
                continue
            if mark.value == 1:
                self._forget_contents(line, mark)
            is_next = mark.value == self._section + 1 and not self._is_rather_item(line)
            if is_next and self._is_sure(place, line, mark):
                return mark
        return None

    def _is_sure(self, place: int, line: TextLine, mark: Mark) -> bool:
        """Return whether a mark certainly opens a section.

        Bracketed numbers and letters usually belong to lists, so they need to be part of a sequence of headings.
        """
        if mark.style == "number" and mark.is_sure and mark.label[0] != "(":
            return True
        return looks_like_heading(line) and (mark.value > 1 or self._outlook.has_next_heading(place, mark))

    def _is_rather_item(self, line: TextLine) -> bool:
        """Return whether a number that fits the next section rather continues a list at the first column."""
        outer = self._lists.levels[0] if self._lists.levels else None
        fits = any(outer and (mark.style, mark.value) == (outer.style, outer.value + 1) for mark in marks_of(line.text))
        return bool(fits and outer and outer.indent == 0 and not looks_like_heading(line))

    def _forget_contents(self, line: TextLine, mark: Mark) -> None:
        """Drop a table of contents: headings without text between them, the first of which is repeated."""
        headings = self.parts[-self._section :]
        if self._section < 2 or any(level_of(heading) != 2 for heading in headings):
            return
        texts = [_LEADERS.sub("", text_of(runs_of([heading]))) for heading in headings]
        if texts[0].casefold() == line.text[mark.length :].casefold():
            self.draft.drop(
                gettext("a table of contents"),
                gettext("before section 1"),
                "\n".join(text_of(runs_of([h])) for h in headings),
            )
            del self.parts[-self._section :]
            self._section = 0

    def _take_item(self, place: int, line: TextLine) -> bool:
        goes_on = partial(self._outlook.has_next_item, place)
        taken = self._lists.take(marks_of(line.text), line.indent, self._section, goes_on)
        if not taken:
            return False
        mark, item, new_list = taken
        self.draft.numbering += count_words(line.text[: mark.length])
        item.children.append(line.text[mark.length :])
        self._last = item
        if new_list:
            self.parts.append(new_list)
        return True

    def _take_words(self, place: int, line: TextLine) -> None:
        if self._goes_on(line):
            self._last.children.append(f" {line.text}")
        elif place in self._shapes.addresses and self._last.tag in ("p", "li"):
            self._last.children += [Node("br"), line.text]
        elif item := self._lists.item_at(line.indent):
            self._last = Node("p", children=[line.text])
            item.children.append(self._last)
        else:
            self._lists.close()
            self._put(Node("p", children=[line.text]))
            if looks_like_heading(line) and looks_numbered(line.text):
                self.draft.remarks.append(
                    gettext('Left as typed, for it may be no number of a section: "%(text)s".')
                    % {"text": line.text[:80]}
                )

    def _goes_on(self, line: TextLine) -> bool:
        """Return whether a line continues a wrapped paragraph."""
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
