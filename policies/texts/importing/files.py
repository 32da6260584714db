"""From a path to its text: what kind of file it is, whether it can be read at all, and in which encoding."""

import codecs
import re
from dataclasses import dataclass, field
from pathlib import Path

from policies.texts.document import clean_text
from policies.texts.importing.errors import UnreadablePolicy

MAX_BYTES = 5 * 1024 * 1024
# A policy of 300 pages has some 10,000; what has more would keep the reader busy for minutes.
MAX_LINES = 20_000
KINDS = {
    ".txt": "plain text",
    ".text": "plain text",
    ".md": "Markdown",
    ".markdown": "Markdown",
    ".html": "HTML",
    ".htm": "HTML",
    ".docx": "Word",
}
_EXPECTED = "Plum reads plain text (.txt), Markdown (.md), HTML (.html) and Word (.docx)."
_FOREIGN = {
    b"%PDF-": "is a PDF. Export its text as Word (.docx) or plain text, and import that",
    b"{\\rtf": "is a rich-text file (RTF). Open it in a word processor and save it as Word (.docx)",
    b"\xd0\xcf\x11\xe0": "is in the old Word format (.doc). Open it in Word or LibreOffice and save it as .docx",
}
_FOREIGN_SUFFIXES = {
    ".pdf": _FOREIGN[b"%PDF-"],
    ".rtf": _FOREIGN[b"{\\rtf"],
    ".doc": _FOREIGN[b"\xd0\xcf\x11\xe0"],
    ".odt": "is an OpenDocument text. Open it in LibreOffice and save it as Word (.docx)",
    ".pages": "is a Pages document. Export it as Word (.docx)",
}
_ZIP = b"PK\x03\x04"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_LINES_WITH_WORDS = re.compile(r"[^\s][^\r\n]*")
_PAGE = re.compile(r"\s*(<\?xml[^>]{0,200}>\s*)?<(!doctype html|html)\b", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z][^<>]{0,2000}>")


@dataclass(slots=True)
class Source:
    """A file that looks readable: `text` for the kinds that are text, `data` for Word."""

    name: str
    kind: str
    data: bytes
    text: str = ""
    encoding: str = ""
    remarks: list[str] = field(default_factory=list)


def open_source(path: Path) -> Source:
    """Return what is in a file.

    Raises:
        UnreadablePolicy: there is no such file, it is none of the kinds known, too large, empty or not text.
    """
    data = _read(path)
    kind = _kind(path, data)
    if kind == "Word":
        return Source(path.name, kind, data, encoding="ZIP of XML")
    return _decoded(Source(path.name, kind, data))


def _read(path: Path) -> bytes:
    try:
        if not path.exists():
            raise UnreadablePolicy(f"There is no file {path}.")
        if not path.is_file():
            raise UnreadablePolicy(f"{path} is not a file. Name the file that holds the policy.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadablePolicy(f"{path} cannot be opened: {reason}.") from error
    if len(data) > MAX_BYTES:
        raise UnreadablePolicy(f"{path.name} is larger than 5 MB. Take out pictures, or import the text alone.")
    if not data:
        raise UnreadablePolicy(f"{path.name} is empty.")
    return data


def _kind(path: Path, data: bytes) -> str:
    """Return the kind of a file by its suffix, where its first bytes do not say otherwise."""
    suffix = path.suffix.lower()
    foreign = next((words for start, words in _FOREIGN.items() if data.startswith(start)), None)
    if words := foreign or _FOREIGN_SUFFIXES.get(suffix):
        raise UnreadablePolicy(f"{path.name} {words}.")
    kind = KINDS.get(suffix)
    if not kind:
        raise UnreadablePolicy(f"{path.name} is of no kind that can be imported. {_EXPECTED}")
    if kind != "Word" and data.startswith(_ZIP):
        raise UnreadablePolicy(f"{path.name} is a ZIP file, not {kind}. If it is a Word document, name it .docx.")
    return kind


def _decoded(source: Source) -> Source:
    source.text, source.encoding = _text(source.name, source.data)
    if not clean_text(source.text).strip():
        raise UnreadablePolicy(f"{source.name} holds nothing but white space.")
    if len(_CONTROLS.findall(source.text)) > len(source.text) / 1000:
        raise UnreadablePolicy(f"{source.name} is not text: it holds control characters. {_EXPECTED}")
    if len(_LINES_WITH_WORDS.findall(source.text)) > MAX_LINES:
        raise UnreadablePolicy(f"{source.name} has more than {MAX_LINES:,} lines. Import one policy at a time.")
    if source.encoding == "Windows-1252":
        source.remarks.append("Read as Windows-1252, because it is not UTF-8: look at quotes and accents.")
    _look_for_html(source)
    return source


def _text(name: str, data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: what its mark says, else UTF-8, else Windows-1252."""
    for mark, codec, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, codec, name), encoding
    if b"\x00" in data:
        raise UnreadablePolicy(f"{name} is not text: it holds zero bytes. {_EXPECTED}")
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text = _try(data, "cp1252", name)
    if _CONTROLS.search(text):
        raise UnreadablePolicy(f"{name} is not text in UTF-8 or Windows-1252. Save it as UTF-8.")
    return text, "Windows-1252"


def _try(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadablePolicy(f"{name} is not text in any encoding known here. Save it as UTF-8.") from error


def _look_for_html(source: Source) -> None:
    is_page = _PAGE.match(source.text[:1000]) is not None
    if source.kind != "HTML" and is_page:
        source.remarks.append(f"Named as {source.kind}, but it is a web page: read as HTML.")
        source.kind = "HTML"
    elif source.kind == "HTML" and not is_page and not _TAG.search(source.text):
        raise UnreadablePolicy(f"{source.name} holds no HTML. If it is plain text, name it .txt.")
