"""Rewrites constructs that mammoth does not understand into equivalent ones that it does."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree
from zipfile import ZipFile

from policies.texts.importing.word_numbering import Numbering
from policies.texts.importing.word_styles import Styles
from policies.texts.importing.word_xml import MC, W, is_drop_cap
from policies.texts.saying import gettext

Element = ElementTree.Element
# Private-use characters mark the automatic number in front of a paragraph.
LABEL = re.compile("\ue000([^\ue001]*)\ue001")
PRIVATE = re.compile("[\ue000\ue001]")
_LINK = re.compile(r"""\s*HYPERLINK\b(?P<rest>.*)""", re.DOTALL | re.IGNORECASE)
_SWITCH = re.compile(r'\\(?P<name>[a-z])(?:\s+"(?P<quoted>[^"]*)"|\s+(?P<bare>[^\s"\\]\S*))?', re.IGNORECASE)
_ADDRESS = re.compile(r'\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"\\]\S*))')
_WORDS = frozenset({f"{W}t", f"{W}noBreakHyphen", f"{W}sym"})


def prepare(root: Element, styles: Styles, numbering: Numbering) -> list[str]:
    """Rewrite a document part in place. Return remarks on changes that a person should know about."""
    remarks: list[str] = []
    _unwrap_fields(root)
    _settle_links(root)
    _settle_boxes(root)
    for parent in [*root.iter()]:
        _join_paragraphs(parent, remarks)
    for paragraph in root.iter(f"{W}p"):
        _settle_paragraph(paragraph, styles, numbering)
    return remarks


def _unwrap_fields(root: Element) -> None:
    """Turn simple fields, which mammoth drops, into complex ones: the text shown for them belongs to the document."""
    for parent in [*root.iter()]:
        if not any(child.tag == f"{W}fldSimple" for child in parent):
            continue
        children: list[Element] = []
        for child in parent:
            if child.tag == f"{W}fldSimple":
                instruction = Element(f"{W}instrText")
                instruction.text = child.get(f"{W}instr", "")
                children += [_char("begin"), _run(instruction), _char("separate"), *child, _char("end")]
            else:
                children.append(child)
        parent[:] = children


def _char(kind: str) -> Element:
    return _run(Element(f"{W}fldChar", {f"{W}fldCharType": kind}))


def _run(*children: Element) -> Element:
    run = Element(f"{W}r")
    run.extend(children)
    return run


def _settle_links(root: Element) -> None:
    """Join the address and anchor of link fields: `HYPERLINK "https://example.org/a" \\l "b"` becomes …/a#b."""
    fields: list[list[Element]] = []
    for element in root.iter():
        if element.tag == f"{W}instrText" and fields:
            fields[-1].append(element)
        elif element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                fields.append([])
            elif fields:
                _settle_link(fields[-1])
                fields[-1] = []
                if kind == "end":
                    fields.pop()


def _settle_link(instructions: list[Element]) -> None:
    match = _LINK.match("".join(element.text or "" for element in instructions))
    if not match:
        return
    rest = match["rest"]
    address = "" if rest.lstrip().startswith("\\") else _first(_ADDRESS.match(rest))
    anchors = [_first(found) for found in _SWITCH.finditer(rest) if found["name"].lower() == "l"]
    anchor = next(filter(None, anchors), "")
    if address:
        link = f'HYPERLINK "{address}{f"#{anchor}" if anchor and "#" not in address else ""}"'
    else:
        link = f'HYPERLINK \\l "{anchor}"'
    for number, element in enumerate(instructions):
        element.text = "" if number else link


def _first(match: re.Match[str] | None) -> str:
    return (match["quoted"] or match["bare"] or "") if match else ""


def _settle_boxes(root: Element) -> None:
    """Add the fallback form, which mammoth reads, to text boxes that lack it."""
    for element in root.iter(f"{MC}AlternateContent"):
        fallback = element.find(f"{MC}Fallback")
        if fallback is None:
            fallback = ElementTree.SubElement(element, f"{MC}Fallback")
        if not _shows(fallback):
            boxes = [box for choice in element.iter(f"{MC}Choice") for box in choice.iter(f"{W}txbxContent")]
            pictures = [Element(f"{W}pict") for _ in boxes]
            for picture, box in zip(pictures, boxes, strict=True):
                picture.append(box)
            fallback.extend(pictures)


def _shows(element: Element) -> bool:
    """Return whether an element contains words."""
    return any(found.tag in _WORDS for found in element.iter())


def _settle_paragraph(paragraph: Element, styles: Styles, numbering: Numbering) -> None:
    for run in _runs(paragraph):
        for element in run:
            _settle_break(element)
            if element.tag == f"{W}t" and element.text:
                element.text = PRIVATE.sub("", element.text)
        _settle_looks(run, styles, paragraph)
    label = numbering.label(paragraph)
    if label is not None and (label or paragraph.find(f"{W}pPr/{W}numPr") is not None) and _shows(paragraph):
        text = Element(f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        text.text = f"\ue000{label}\ue001"
        paragraph.insert(_after_properties(paragraph), _run(text))


def _runs(paragraph: Element) -> Iterator[Element]:
    """Yield the runs of a paragraph, except those in nested paragraphs of text boxes."""
    for child in paragraph:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in (f"{W}p", f"{W}pPr"):
            yield from _runs(child)


def _settle_break(element: Element) -> None:
    """Replace breaks that mammoth ignores, joining the words around them. A page break becomes a blank."""
    if element.tag == f"{W}cr":
        element.tag = f"{W}br"
    elif element.tag == f"{W}ptab" or element.get(f"{W}type") in ("page", "column"):
        element.tag = f"{W}tab"
        element.attrib.clear()


def _settle_looks(run: Element, styles: Styles, paragraph: Element) -> None:
    struck, raised = styles.is_struck(run, paragraph), styles.raised(run, paragraph)
    properties = run.find(f"{W}rPr")
    if properties is None:
        if not struck and not raised:
            return
        properties = Element(f"{W}rPr")
        run.insert(0, properties)
    for name in ("strike", "dstrike", "vertAlign"):
        for found in properties.findall(f"{W}{name}"):
            properties.remove(found)
    if struck:
        properties.append(Element(f"{W}strike"))
    if raised:
        properties.append(Element(f"{W}vertAlign", {f"{W}val": raised}))


def _join_paragraphs(parent: Element, remarks: list[str]) -> None:
    """Join a drop cap to its paragraph, and paragraphs whose separating mark was deleted."""
    for paragraph, below in pairwise([*parent, None]):
        if paragraph is None or paragraph.tag != f"{W}p":
            continue
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
        if mark is not None:
            paragraph.find(f"{W}pPr/{W}rPr").remove(mark)
        if below is None or below.tag != f"{W}p" or not (is_drop_cap(paragraph) or mark is not None):
            continue
        moved = [child for child in paragraph if child.tag != f"{W}pPr"]
        if mark is not None and _text(moved) and _text([below]):
            remarks.append(
                gettext('A deleted paragraph mark joins "%(text)s" and "%(next)s".')
                % {"text": _text(moved)[-40:], "next": _text([below])[:40]}
            )
            moved.append(_blank())
        place = _after_properties(below)
        below[place:place] = moved
        parent.remove(paragraph)


def _after_properties(paragraph: Element) -> int:
    return int(len(paragraph) > 0 and paragraph[0].tag == f"{W}pPr")


def _text(elements: list[Element]) -> str:
    """Return the words of some elements, without deleted text."""
    words = (found.text or "" for element in elements for found in element.iter(f"{W}t"))
    return LABEL.sub("", "".join(words)).strip()


def _blank() -> Element:
    text = Element(f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = " "
    return _run(text)


def packed(data: bytes, parts: dict[str, Element]) -> bytes:
    """Return the package with these parts replaced, and without pictures."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as package, ZipFile(buffer, "w") as prepared:
        for name in dict.fromkeys(package.namelist()):
            if name in parts:
                prepared.writestr(name, ElementTree.tostring(parts[name], "utf-8", xml_declaration=True))
            elif name.endswith((".xml", ".rels")):
                prepared.writestr(name, package.read(name))
    return buffer.getvalue()
