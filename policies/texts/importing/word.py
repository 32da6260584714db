"""Reads Word files: mammoth converts the text, and the XML shows what it must contain."""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

import mammoth

from policies.texts.importing.arranging import arrange
from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.headings import level_of
from policies.texts.importing.html import drop, unlink_fragments
from policies.texts.importing.struck import Choice, settle_struck
from policies.texts.importing.word_counts import count_words
from policies.texts.importing.word_numbering import read_numbering
from policies.texts.importing.word_package import WordText, read_package
from policies.texts.importing.word_preparing import LABEL, packed, prepare
from policies.texts.importing.word_styles import read_styles
from policies.texts.markup import LISTS, Node, Part, parse, runs_of, text_of
from policies.texts.saying import gettext

_HEADINGS = "\n".join(
    f"p[style-name='{name} {level}'] => h{level + 1}:fresh\np.Heading{level} => h{level + 1}:fresh"
    for name in ("heading", "Heading")
    for level in range(1, 6)
)
_CONTENTS = "\n".join(
    f"p[style-name='{name} {level}'] => nav > p:fresh" for name in ("toc", "TOC") for level in range(1, 10)
)
# mammoth flattens lists whose level is only in the name of their style.
_STYLES = f"""
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
{_HEADINGS}
{_CONTENTS}
p[style-name='TOC Heading'] => nav > p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='List Number'] => ol > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
"""
_NOTE = re.compile(r"#(footnote|endnote)-(ref-)?(.+)")
# Errors that mammoth raises for malformed files.
_TROUBLE = (
    AttributeError,
    BadZipFile,
    ExpatError,
    IndexError,
    KeyError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def read_word(data: bytes, struck: Choice | None = None) -> Draft:
    """Return the draft of a .docx.

    Args:
        data: of the file.
        struck: what to do with struck-through words.

    Raises:
        StruckWords: there are some, and `struck` is not given.
        UnreadablePolicy: not a Word document, damaged, or too large when unpacked.
    """
    text = read_package(data)
    draft = _counted(text)
    styles = read_styles(text.part("styles"))
    numbering = read_numbering(text.part("numbering"), styles)
    for part in text.texts.values():
        draft.remarks += prepare(part, styles, numbering)
    root = parse(_html(packed(data, text.parts), draft))
    _take_labels(root, draft)
    drop(root, draft, gettext("a table of contents"), lambda node: node.tag == "nav")
    settle_struck(root, draft, struck)
    _set_notes(root, draft)
    unlink_fragments(root, draft)
    arrange(draft, root.children)
    return draft


def _html(data: bytes, draft: Draft) -> str:
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except _TROUBLE as error:
        raise UnreadablePolicy(
            gettext("It is damaged, or not made by Word. Open it in Word and save it again.")
        ) from error
    symbols = [message.message for message in result.messages if "w:sym" in message.message]
    draft.unread += [
        gettext("A symbol cannot be read, and is not in the document: %(symbol)s") % {"symbol": text.partition(": ")[2]}
        for text in symbols
    ]
    return str(result.value)


def _take_labels(root: Node, draft: Draft) -> None:
    """Move the numbers that Word shows from the words to attributes of items and headings."""
    for node in root.walk():
        if node.tag != "li" and not level_of(node):
            continue
        found = _first_label(node)
        if found is not None:
            node.attrs["typed"] = found
    for node in root.walk():
        _set_other_labels(node, draft)


def _first_label(node: Node) -> str | None:
    """Remove and return the label at the beginning of a node's own words."""
    for place, part in enumerate(node.children):
        if isinstance(part, str):
            match = LABEL.match(part)
            if match:
                node.children[place] = part[match.end() :]
            return match[1] if match else None
        if part.tag in LISTS or (found := _first_label(part)) is None:
            return None
        return found
    return None


def _set_other_labels(node: Node, draft: Draft) -> None:
    """Keep the number of a paragraph that is neither item nor heading as words, as Word shows it."""
    for place, part in enumerate(node.children):
        if isinstance(part, str) and (match := LABEL.search(part)):
            draft.put_in(gettext("a number that Word shows"), f'"{part[match.end() :][:60]}"', match[1])
            node.children[place] = LABEL.sub(lambda found: f"{found[1]} " if found[1] else "", part)


def _counted(text: WordText) -> Draft:
    draft = Draft(count_words(text.body))
    for what, where, words in text.dropped:
        draft.words += count_words(words)
        draft.drop(what, where, words)
    if hidden := count_words(text.hidden).total():
        draft.remarks.append(
            gettext("Hidden text is in the document now, %(number)s words: %(words)s")
            % {"number": hidden, "words": text.hidden.strip()[:200]}
        )
    if text.insertions:
        draft.remarks.append(
            gettext("Tracked insertions taken as accepted: %(insertions)s.") % {"insertions": text.insertions}
        )
    draft.unread += text.unread
    if text.pictures:
        draft.remarks.append(gettext("Pictures left out: %(pictures)s.") % {"pictures": text.pictures})
    return draft


def _set_notes(root: Node, draft: Draft) -> None:
    """Put each footnote in square brackets in place of its number."""
    notes = _taken_notes(root)
    for node in [*root.walk()]:
        if node.tag == "sup" and any(_NOTE.fullmatch(inner.attrs.get("href", "")) for inner in node.nodes):
            node.tag = "span"
        match = _NOTE.fullmatch(node.attrs.get("href", ""))
        if match and (words := notes.pop((match[1], match[3]), None)) is not None:
            node.tag, node.attrs, node.children = "span", {}, [" [", *words, "]"]
            draft.remarks.append(
                gettext("A footnote stands in square brackets now: %(words)s") % {"words": text_of(runs_of(words))[:80]}
            )


def _taken_notes(root: Node) -> dict[tuple[str, str], list[Part]]:
    """Remove the notes from the list that mammoth appends, and return them."""
    notes = {}
    for item in [node for node in root.walk() if node.tag == "li"]:
        for node in item.walk():
            match = _NOTE.fullmatch(node.attrs.get("href", ""))
            if match and match[2]:
                node.children.clear()
                notes[match[1], match[3]] = _stripped([*_inline(item)])
                item.children.clear()
                break
    return notes


def _stripped(parts: list[Part]) -> list[Part]:
    """Return a note without blank parts at its ends."""
    while parts and not text_of(runs_of(parts[:1])):
        del parts[0]
    while parts and not text_of(runs_of(parts[-1:])):
        del parts[-1]
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return parts


def _inline(item: Node) -> Iterator[Part]:
    """Yield the parts of a note without paragraph nodes, styles included."""
    for part in item.children:
        if isinstance(part, Node) and part.is_block:
            yield from (" ", *_inline(part))
        else:
            yield part
