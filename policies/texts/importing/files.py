"""Opens a file: finds its kind and its text, and refuses what cannot be read."""

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from policies.texts.document import clean_text
from policies.texts.importing.decoding import CONTROLS, decode
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.front_matter import FrontMatter, cut_front_matter
from policies.texts.saying import gettext, gettext_noop

MAX_BYTES = 5 * 1024 * 1024
# A policy of 300 pages has about 10,000 lines; reading more would take minutes.
MAX_LINES = 20_000
KINDS = {
    ".txt": "plain text",
    ".text": "plain text",
    ".md": "Markdown",
    ".markdown": "Markdown",
    ".html": "HTML",
    ".htm": "HTML",
    ".docx": "Word",
    ".json": "JSON",
}
_EXPECTED = gettext_noop("What can be read: plain text (.txt), Markdown (.md), HTML (.html) and Word (.docx).")
_FOREIGN = {
    b"%PDF-": gettext_noop("%(name)s is a PDF. Export its text as Word (.docx) or plain text, and import that."),
    b"{\\rtf": gettext_noop(
        "%(name)s is a rich-text file (RTF). Open it in a word processor and save it as Word (.docx)."
    ),
    b"\xd0\xcf\x11\xe0": gettext_noop(
        "%(name)s is in the old Word format (.doc). Open it in Word or LibreOffice and save it as .docx."
    ),
}
_FOREIGN_SUFFIXES = {
    ".pdf": _FOREIGN[b"%PDF-"],
    ".rtf": _FOREIGN[b"{\\rtf"],
    ".doc": _FOREIGN[b"\xd0\xcf\x11\xe0"],
    ".odt": gettext_noop("%(name)s is an OpenDocument text. Open it in LibreOffice and save it as Word (.docx)."),
    ".pages": gettext_noop("%(name)s is a Pages document. Export it as Word (.docx)."),
}
# Word wraps a password-protected document in the old format, in a stream with this name.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_LINES_WITH_WORDS = re.compile(r"[^\s][^\r\n]*")
_PAGE = re.compile(r"\s*(<\?xml[^>]{0,200}>\s*)?<(!doctype html|html)\b", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z][^<>]{0,2000}>")


@dataclass(slots=True)
class Source:
    """A readable file: `text` without front matter for text formats, `data` for Word."""

    name: str
    kind: str
    data: bytes
    text: str = ""
    encoding: str = ""
    front_matter: FrontMatter | None = None
    remarks: list[str] = field(default_factory=list)


def open_source(path: Path) -> Source:
    """Return the contents of a file.

    Raises:
        UnreadablePolicy: the file is missing, of an unknown kind, too large, empty, or not text.
    """
    return source_of(path.name, _read(path))


def source_of(name: str, data: bytes) -> Source:
    """Return the contents of a file that was read already.

    Args:
        name: the file's, with the ending that says its kind.
        data: its bytes, at most one more than MAX_BYTES.

    Raises:
        UnreadablePolicy: it is of an unknown kind, too large, empty, or not text.
    """
    if len(data) > MAX_BYTES:
        raise UnreadablePolicy(
            gettext("%(name)s is larger than 5 MB. Take out pictures, or import the text alone.") % {"name": name}
        )
    if not data:
        raise UnreadablePolicy(gettext("%(name)s is empty.") % {"name": name})
    kind = _kind(PurePath(name), data)
    if kind == "Word":
        return Source(name, kind, data, encoding="ZIP of XML")
    return _decoded(Source(name, kind, data))


def _read(path: Path) -> bytes:
    try:
        if not path.exists():
            raise UnreadablePolicy(gettext("There is no file %(path)s.") % {"path": path})
        if not path.is_file():
            raise UnreadablePolicy(
                gettext("%(path)s is not a file. Name the file that holds the policy.") % {"path": path}
            )
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadablePolicy(
            gettext("%(path)s cannot be opened: %(reason)s.") % {"path": path, "reason": reason}
        ) from error


def _kind(path: PurePath, data: bytes) -> str:
    """Return the kind of a file by its suffix, unless its first bytes show that it is something else."""
    suffix = path.suffix.lower()
    foreign = next((words for start, words in _FOREIGN.items() if data.startswith(start)), None)
    if data.startswith(b"\xd0\xcf\x11\xe0") and _LOCKED in data:
        raise UnreadablePolicy(
            gettext("%(name)s is locked with a password. Open it in Word and save it without one.")
            % {"name": path.name}
        )
    if words := foreign or _FOREIGN_SUFFIXES.get(suffix):
        raise UnreadablePolicy(gettext(words) % {"name": path.name})
    kind = KINDS.get(suffix)
    if not kind:
        raise UnreadablePolicy(
            gettext("%(name)s is of no kind that can be imported. %(expected)s")
            % {"name": path.name, "expected": gettext(_EXPECTED)}
        )
    if kind != "Word" and data.startswith(_ZIP):
        raise UnreadablePolicy(
            gettext("%(name)s is a ZIP file, not %(kind)s. If it is a Word document, name it .docx.")
            % {"name": path.name, "kind": kind}
        )
    return kind


def _decoded(source: Source) -> Source:
    decoded = decode(source.name, source.data, gettext(_EXPECTED))
    source.encoding, source.remarks = decoded.encoding, [*decoded.remarks]
    source.front_matter, source.text = cut_front_matter(decoded.text)
    if not clean_text(source.text).strip():
        raise UnreadablePolicy(gettext("%(name)s holds nothing but white space.") % {"name": source.name})
    if len(CONTROLS.findall(source.text)) > len(source.text) / 1000:
        raise UnreadablePolicy(
            gettext("%(name)s is not text: it holds control characters. %(expected)s")
            % {"name": source.name, "expected": gettext(_EXPECTED)}
        )
    if len(_LINES_WITH_WORDS.findall(source.text)) > MAX_LINES:
        raise UnreadablePolicy(
            gettext("%(name)s has more than %(max_lines)s lines. Import one policy at a time.")
            % {"name": source.name, "max_lines": f"{MAX_LINES:,}"}
        )
    _look_for_html(source)
    return source


def _look_for_html(source: Source) -> None:
    is_page = _PAGE.match(source.text[:1000]) is not None
    if source.kind != "HTML" and is_page:
        source.remarks.append(gettext("Named as %(kind)s, but it is a web page: read as HTML.") % {"kind": source.kind})
        source.kind = "HTML"
    elif source.kind == "HTML" and not is_page and not _TAG.search(source.text):
        raise UnreadablePolicy(
            gettext("%(name)s holds no HTML. If it is plain text, name it .txt.") % {"name": source.name}
        )
