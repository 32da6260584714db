"""Opens a .docx as a ZIP of XML: refuses dangerous files, and finds every word."""

import io
import lzma
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import BadZipFile, ZipFile

from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.word_styles import Styles, read_styles
from policies.texts.importing.word_xml import MATH, MC, Element, W, is_drop_cap, refuse_entities, root_of
from policies.texts.saying import gettext, gettext_noop

MAX_BYTES = 50 * 1024 * 1024
# mammoth takes more than a second per megabyte of XML.
MAX_XML_BYTES = 10 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 2_000

_ENDS_A_WORD = frozenset({f"{W}{name}" for name in ("tab", "ptab", "br", "cr", "p", "tc")})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_MATHS = frozenset({f"{MATH}oMath"})
# Elements that mammoth silently ignores.
_UNREAD = {
    f"{W}altChunk": gettext_noop("another document inside it"),
    f"{W}subDoc": gettext_noop("a part that is a file of its own"),
}
_ENCRYPTED = 0x1
_DAMAGE = (
    BadZipFile, EOFError, IndexError, KeyError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError,
    lzma.LZMAError, struct.error, zlib.error,
)  # fmt: skip
_OTHER_PARTS = {
    "header": gettext_noop("the header of the pages"),
    "footer": gettext_noop("the footer of the pages"),
    "comments": gettext_noop("comments in the margin"),
}
_BOMB = gettext_noop(
    "It unpacks to far more than a policy can be. Open it in Word, copy the text into a new document and save that."
)


@dataclass(slots=True)
class WordText:
    """The words of a Word file: `body` includes notes, `dropped` is outside the text, `hidden` is hidden text.

    `parts` maps names in the package to the parsed text, styles and numbering.
    """

    body: str = ""
    hidden: str = ""
    dropped: list[tuple[str, str, str]] = field(default_factory=list)
    insertions: int = 0
    pictures: int = 0
    unread: list[str] = field(default_factory=list)
    parts: dict[str, Element] = field(default_factory=dict)

    def part(self, kind: str) -> Element | None:
        """Return the first part of a kind: styles, numbering."""
        names = [name for name in self.parts if re.fullmatch(rf"word/{kind}\d*\.xml", name)]
        return self.parts[min(names)] if names else None

    @property
    def texts(self) -> dict[str, Element]:
        """Return the parts with text and notes, in reading order."""
        return {name: root for name, root in sorted(self.parts.items()) if _TEXT.fullmatch(name)}


_TEXT = re.compile(r"word/(document|footnotes|endnotes)\d*\.xml")
_PARTS = re.compile(r"word/(document|footnotes|endnotes|header|footer|comments|styles|numbering)\d*\.xml")


def read_package(data: bytes) -> WordText:
    """Return all words of a .docx.

    Raises:
        UnreadablePolicy: damaged, password-protected, not a Word document, or too large to read.
    """
    try:
        with ZipFile(io.BytesIO(data)) as package:
            _refuse_bombs(package)
            if any(entry.flag_bits & _ENCRYPTED for entry in package.infolist()):
                raise UnreadablePolicy(gettext("It is locked with a password. Save it without one."))
            parts = {name: package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))}
    except _DAMAGE as error:
        raise UnreadablePolicy(
            gettext("It is damaged, or no Word document. Open it in Word and save it again.")
        ) from error
    for part in parts.values():
        refuse_entities(part)
    if not any(re.fullmatch(r"word/document\d*\.xml", name) for name in parts):
        raise UnreadablePolicy(gettext("It is a ZIP file, but no Word document: it has no text in it."))
    return _words({name: root_of(part) for name, part in parts.items() if _PARTS.fullmatch(name)})


def _refuse_bombs(package: ZipFile) -> None:
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_BYTES
        or xml > MAX_XML_BYTES
        or unpacked > MAX_RATIO * max(packed, 1)
    ):
        raise UnreadablePolicy(gettext(_BOMB))


def _words(parts: dict[str, Element]) -> WordText:
    text = WordText(parts=parts)
    styles = read_styles(text.part("styles"))
    for name, root in sorted(parts.items()):
        kind = _PARTS.fullmatch(name)
        if kind and (what := _OTHER_PARTS.get(kind[1])):
            text.dropped.append((gettext(what), name, _text(root)))
        elif _TEXT.fullmatch(name):
            _add_body(text, root, name, styles)
    return text


def _add_body(text: WordText, root: Element, name: str, styles: Styles) -> None:
    text.body += _text(root, _DELETED | _MATHS)
    text.hidden += " ".join(_text(run) for run, paragraph in _runs(root) if styles.is_hidden(run, paragraph))
    for what, tags in ((gettext("tracked deletions"), _DELETED), (gettext("equations"), _MATHS)):
        found = "\n".join(_text(element) for tag in sorted(tags) for element in root.iter(tag))
        text.dropped.append((what, name, found))
    if equations := sum(1 for _ in root.iter(f"{MATH}oMath")):
        text.unread.append(
            gettext("Equations cannot be read, and are not in the document: %(equations)s.") % {"equations": equations}
        )
    for tag, what in _UNREAD.items():
        text.unread += [
            gettext("It holds %(what)s, which is not in the document.") % {"what": gettext(what)}
            for _ in root.iter(tag)
        ]
    text.insertions += sum(1 for _ in root.iter(f"{W}ins"))
    text.pictures += sum(1 for _ in root.iter(f"{W}drawing")) + sum(1 for _ in root.iter(f"{W}pict"))


def _runs(root: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each run with its paragraph."""
    for paragraph in root.iter(f"{W}p"):
        yield from ((run, paragraph) for run in paragraph.iter(f"{W}r"))


def _text(root: Element, left_out: frozenset[str] = frozenset()) -> str:
    return "".join(_pieces(root, left_out))


def _pieces(element: Element, left_out: frozenset[str]) -> Iterator[str]:
    if element.tag in left_out:
        return
    if element.tag == f"{MC}AlternateContent":
        yield from _boxed(element, left_out)
        return
    if element.tag in (f"{W}t", f"{W}delText", f"{MATH}t"):
        yield element.text or ""
    elif element.tag == f"{W}noBreakHyphen":
        yield "-"
    for child in element:
        yield from _pieces(child, left_out)
    if element.tag in _ENDS_A_WORD and not is_drop_cap(element):
        yield "\n"


def _boxed(element: Element, left_out: frozenset[str]) -> Iterator[str]:
    """Yield the words of a text box once, although Word may store it in two forms."""
    fallback = element.find(f"{MC}Fallback")
    old = [*_pieces(fallback, left_out)] if fallback is not None else []
    yield from old or (piece for choice in element.iter(f"{MC}Choice") for piece in _pieces(choice, left_out))
