"""Reads files by other libraries than the importer's, and says what in them must never be lost."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import lxml.html
import mistune
from docx import Document as WordFile

_WORD = re.compile(r"\w+")
_NEGATION = frozenset({"not", "never", "no", "nobody", "nor", "without", "unless", "cannot", "none"})
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_MARKDOWN = mistune.create_markdown(
    escape=False, plugins=["strikethrough", "table", "superscript", "subscript", "footnotes", "def_list", "task_lists"]
)
_TAGS = {"del": "struck", "s": "struck", "strike": "struck", "sup": "super", "sub": "sub"}
_BLOCKS = frozenset(
    {"p", "li", "td", "th", "tr", "h1", "h2", "h3", "br", "dt", "dd", "div", "blockquote", "pre", "ol", "ul"}
)
_SHOWS_NOTHING = frozenset({"script", "style", "title", "nav", "head"})


@dataclass(slots=True)
class Counted:
    """What a file shows: its words, and those among them that are struck, raised or lowered."""

    text: str = ""
    looks: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str, look: str = "") -> None:
        """Add words. Struck ones are none of the text."""
        if look:
            self.looks.append((look, text))
        if look != "struck":
            self.text += text


def kept(text: str) -> Counter[str]:
    """Return the digits and negations of a text, each as often as it stands there."""
    words = [word.lower() for word in _WORD.findall(text)]
    return Counter(word for word in words if word in _NEGATION or any(char.isdigit() for char in word))


def count(path: Path) -> Counted:
    """Return what a file shows."""
    match path.suffix:
        case ".docx":
            return _count_word(path)
        case ".txt":
            return _count_plain(path.read_text())
        case ".md":
            return _count_html(str(_MARKDOWN(_FRONT.sub("", path.read_text()))))
    return _count_html(path.read_text())


def _count_plain(text: str) -> Counted:
    found = Counted()
    for line in text.splitlines():
        words = re.sub(r"^\s*\d{1,3}[.)]\s+(?!\d)", "", line)
        for number, piece in enumerate(words.split("~~")):
            found.add(piece, "struck" if number % 2 else "")
        found.add("\n")
    return found


def _count_html(html: str) -> Counted:
    found = Counted()
    _add(lxml.html.fromstring(f"<div>{html}</div>" if "<body" not in html else html), found, "")
    return found


def _add(element: lxml.html.HtmlElement, found: Counted, look: str) -> None:
    if not isinstance(element.tag, str) or element.tag in _SHOWS_NOTHING:
        return
    look = _TAGS.get(element.tag, look)
    if element.tag in _BLOCKS:
        found.add("\n")
    if element.text:
        found.add(element.text, look)
    for child in element:
        _add(child, found, look)
        if child.tail:
            found.add(child.tail, look)
    if element.tag in _BLOCKS:
        found.add("\n")


def _count_word(path: Path) -> Counted:
    found = Counted()
    file = WordFile(str(path))
    cells = [cell for table in file.tables for row in table.rows for cell in row.cells]
    for paragraph in [*file.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]:
        for run in paragraph.runs:
            font = run.font
            struck = "struck" if font.strike or font.double_strike else ""
            found.add(run.text, struck or ("super" if font.superscript else "sub" if font.subscript else ""))
        found.add("\n")
    return found
