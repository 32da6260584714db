"""Names in Word's XML, and safe parsing."""

import io
import re
from xml.etree import ElementTree

from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.saying import gettext, gettext_noop

Element = ElementTree.Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MAX_NESTING = 200
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    "wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "officeDocument/relationships": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_STRICT_NAME = re.compile(r"\{http://purl\.oclc\.org/ooxml/([^}]*)\}(.*)")
_OFF = frozenset({"0", "false", "off"})
_DOCTYPE = re.compile(b"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")
_DAMAGED = gettext_noop("It is damaged: its XML is not well formed. Open it in Word and save it again.")


def value(element: Element | None, path: str) -> str:
    """Return the `val` attribute of the element at a path, or ""."""
    found = element.find("/".join(W + name for name in path.split("/"))) if element is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def is_on(element: Element) -> bool:
    """Return whether a toggle property is on."""
    return element.get(f"{W}val", "true") not in _OFF


def is_drop_cap(paragraph: Element) -> bool:
    """Return whether a paragraph is a drop cap for the next one."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    return frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")


def refuse_entities(data: bytes) -> None:
    """Refuse XML with a document type: entities can expand without limit, and Word never uses them.

    Raises:
        UnreadablePolicy: the XML has a document type.
    """
    if _DOCTYPE.search(data):
        raise UnreadablePolicy(
            gettext("Its XML declares a document type, which Word never does. Save it again with Word.")
        )


def root_of(data: bytes) -> Element:
    """Return the root of a part, with names of the strict format changed to the usual ones.

    Raises:
        UnreadablePolicy: not well formed, or nested too deeply.
    """
    depth = 0
    root = None
    try:
        events = ElementTree.iterparse(io.BytesIO(data), ("start", "end"))  # noqa: S314  (see refuse_entities)
        for event, element in events:
            depth += 1 if event == "start" else -1
            root = element
            if depth > MAX_NESTING:
                raise UnreadablePolicy(
                    gettext("It is nested too deeply. Copy the text into a new document and save that.")
                )
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise UnreadablePolicy(gettext(_DAMAGED)) from error
    if root is None:
        raise UnreadablePolicy(gettext("It is damaged: a part of it is empty."))
    if _STRICT.encode() in data:
        _make_transitional(root)
    return root


def _make_transitional(root: Element) -> None:
    for element in root.iter():
        element.tag = _transitional(element.tag)
        for name in [*element.attrib]:
            if (usual := _transitional(name)) != name:
                element.attrib[usual] = element.attrib.pop(name)


def _transitional(name: str) -> str:
    match = _STRICT_NAME.match(name) if isinstance(name, str) else None
    usual = _TRANSITIONAL.get(match[1]) if match else None
    return f"{{{usual}}}{match[2]}" if match and usual else name
