"""Reads Word: mammoth finds the text, the document's own XML says what was in it."""

import io
import re
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

import mammoth

from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.html import drop, unlink_fragments
from policies.texts.importing.sections import arrange
from policies.texts.importing.word_package import WordText, read_package
from policies.texts.importing.words import count_words
from policies.texts.markup import Node, parse, runs_of, text_of

_HEADINGS = "\n".join(
    f"p[style-name='{name} {level}'] => h{level + 1}:fresh\np.Heading{level} => h{level + 1}:fresh"
    for name in ("heading", "Heading")
    for level in range(1, 6)
)
_CONTENTS = "\n".join(
    f"p[style-name='{name} {level}'] => nav > p:fresh" for name in ("toc", "TOC") for level in range(1, 10)
)
# mammoth leaves lists flat whose level is only in the name of their style.
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
# What mammoth trips over in a file that says it is Word and is not well made.
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
)


def read_word(data: bytes) -> Draft:
    """Return the draft of a .docx.

    Raises:
        UnreadablePolicy: no Word document, damaged, suspiciously large inside, or without headings.
    """
    text = read_package(data)
    draft = _counted(text)
    root = parse(_html(data))
    drop(root, draft, "a table of contents", lambda node: node.tag == "nav")
    _set_notes(root, draft)
    unlink_fragments(root, draft)
    arrange(draft, root.children)
    return draft


def _html(data: bytes) -> str:
    try:
        return mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        ).value
    except _TROUBLE as error:
        raise UnreadablePolicy("It is damaged, or not made by Word. Open it in Word and save it again.") from error


def _counted(text: WordText) -> Draft:
    draft = Draft(count_words(text.body))
    for what, where, words in text.dropped:
        draft.words += count_words(words)
        draft.drop(what, where, words)
    if hidden := count_words(text.hidden).total():
        draft.remarks.append(f"Hidden text is in the document now, {hidden} words: {text.hidden.strip()[:200]}")
    if text.insertions:
        draft.remarks.append(f"Tracked insertions taken as accepted: {text.insertions}.")
    if text.pictures:
        draft.remarks.append(f"Pictures left out: {text.pictures}.")
    return draft


def _set_notes(root: Node, draft: Draft) -> None:
    """Put each footnote in square brackets where its number stood."""
    notes = _taken_notes(root)
    for node in [*root.walk()]:
        match = _NOTE.fullmatch(node.attrs.get("href", ""))
        if match and (words := notes.pop((match[1], match[3]), None)) is not None:
            node.tag, node.attrs, node.children = "span", {}, [f" [{words}]"]
            draft.remarks.append(f"A footnote stands in square brackets now: {words[:80]}")


def _taken_notes(root: Node) -> dict[tuple[str, str], str]:
    """Take the notes out of the list that mammoth puts at the end."""
    notes = {}
    for item in [node for node in root.walk() if node.tag == "li"]:
        for node in item.walk():
            match = _NOTE.fullmatch(node.attrs.get("href", ""))
            if match and match[2]:
                node.children.clear()
                notes[match[1], match[3]] = text_of(runs_of(item.children))
                item.children.clear()
                break
    return notes
