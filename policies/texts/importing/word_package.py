"""Opens a .docx as what it is, a ZIP of XML: refuses what is dangerous, and finds every word in it."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from policies.texts.importing.errors import UnreadablePolicy

MAX_BYTES = 50 * 1024 * 1024
# mammoth takes over a second for each megabyte of XML.
MAX_XML_BYTES = 10 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 2_000
MAX_NESTING = 200

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ENDS_A_WORD = frozenset({f"{_W}{name}" for name in ("tab", "br", "cr", "p", "tc")})
_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom"})
_FIELD = frozenset({f"{_W}fldSimple"})
# Word writes a text box twice, for old and new programs; mammoth reads the old one.
_TWICE = frozenset({f"{_MC}Choice"})
_OFF = frozenset({"0", "false", "off"})
_DOCTYPE = re.compile(b"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")
_OTHER_PARTS = {
    "header": "the header of the pages",
    "footer": "the footer of the pages",
    "comments": "comments in the margin",
}
_BOMB = "It unpacks to far more than a policy can be. Open it in Word, copy the text into a new document and save that."


@dataclass(slots=True)
class WordText:
    """The words of a Word file: `body` with its notes, what is not part of the text, what is hidden in it."""

    body: str = ""
    hidden: str = ""
    dropped: list[tuple[str, str, str]] = field(default_factory=list)
    insertions: int = 0
    pictures: int = 0


def read_package(data: bytes) -> WordText:
    """Return all words of a .docx.

    Raises:
        UnreadablePolicy: it is broken, no Word document, or would take too much room or time to read.
    """
    try:
        with ZipFile(io.BytesIO(data)) as package:
            _refuse_bombs(package)
            names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
            parts = {name: _safe_xml(package.read(name)) for name in names}
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise UnreadablePolicy("It is damaged, or no Word document. Open it in Word and save it again.") from error
    if not any(re.fullmatch(r"word/document\d*\.xml", name) for name in parts):
        raise UnreadablePolicy("It is a ZIP file, but no Word document: it has no text in it.")
    return _words(parts)


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
        raise UnreadablePolicy(_BOMB)


def _safe_xml(data: bytes) -> bytes:
    """Return XML that declares nothing: entities can make a small file endless, and Word never writes them."""
    if _DOCTYPE.search(data):
        raise UnreadablePolicy("Its XML declares a document type, which Word never does. Save it again with Word.")
    return data


def _words(parts: dict[str, bytes]) -> WordText:
    text = WordText()
    for name, data in sorted(parts.items()):
        match = re.fullmatch(r"word/(document|footnotes|endnotes|header|footer|comments)\d*\.xml", name)
        if not match:
            continue
        root = _root(data)
        if what := _OTHER_PARTS.get(match[1]):
            text.dropped.append((what, name, _text(root)))
        else:
            _add_body(text, root, name)
    return text


def _root(data: bytes) -> ElementTree.Element:
    """Return the root of a part that is not nested past all sense."""
    depth = 0
    root = None
    try:
        events = ElementTree.iterparse(io.BytesIO(data), ("start", "end"))  # noqa: S314  (_safe_xml refused entities)
        for event, element in events:
            depth += 1 if event == "start" else -1
            root = element
            if depth > MAX_NESTING:
                raise UnreadablePolicy("It is nested too deeply. Copy the text into a new document and save that.")
    except ElementTree.ParseError as error:
        raise UnreadablePolicy(
            "It is damaged: its XML is not well formed. Open it in Word and save it again."
        ) from error
    if root is None:
        raise UnreadablePolicy("It is damaged: a part of it is empty.")
    return root


def _add_body(text: WordText, root: ElementTree.Element, name: str) -> None:
    text.body += _text(root, _DELETED | _FIELD | _TWICE)
    text.hidden += " ".join(_text(run) for run in root.iter(f"{_W}r") if _is_hidden(run))
    for what, tags in (("tracked deletions", _DELETED), ("fields that Word fills in", _FIELD)):
        found = "\n".join(_text(element) for tag in sorted(tags) for element in root.iter(tag))
        text.dropped.append((what, name, found))
    text.insertions += sum(1 for _ in root.iter(f"{_W}ins"))
    text.pictures += sum(1 for _ in root.iter(f"{_W}drawing")) + sum(1 for _ in root.iter(f"{_W}pict"))


def _text(root: ElementTree.Element, left_out: frozenset[str] = frozenset()) -> str:
    return "".join(_pieces(root, left_out))


def _pieces(element: ElementTree.Element, left_out: frozenset[str]) -> Iterator[str]:
    if element.tag in left_out:
        return
    if element.tag in (f"{_W}t", f"{_W}delText"):
        yield element.text or ""
    elif element.tag == f"{_W}noBreakHyphen":
        yield "-"
    for child in element:
        yield from _pieces(child, left_out)
    if element.tag in _ENDS_A_WORD:
        yield "\n"


def _is_hidden(run: ElementTree.Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "true") not in _OFF
