"""Reads Markdown: CommonMark with tables, definition lists and contact boxes. HTML in it is shown as it is typed."""

import re
from collections import Counter
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.html import unlink_fragments
from policies.texts.importing.markdown_extras import read_extras
from policies.texts.importing.sections import arrange
from policies.texts.importing.words import count_words
from policies.texts.markup import parse

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_MARKS = re.compile(r"[*_\\`~]")
_HTML = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,500}|!--)")
# The parser's time grows with the square of these where they are never closed.
_COSTLY = "[]*_`<&!\\"
_MOST_MARKS = 50_000
_BREAKS = frozenset({"softbreak", "hardbreak"})
_OWN_WORDS = frozenset({"text", "code_inline", "html_inline"})


def read_markdown(text: str) -> Draft:
    """Return the draft of a Markdown text.

    Raises:
        UnreadablePolicy: more markup than any policy has, or no heading that could open a section.
    """
    if sum(map(text.count, _COSTLY)) > _MOST_MARKS:
        raise UnreadablePolicy("It holds more markup than any policy. Save the text alone.")
    tokens = _PARSER.parse(text)
    draft = _counted(text, tokens)
    read_extras(tokens)
    root = parse(_PARSER.renderer.render(tokens, _PARSER.options, {}))
    unlink_fragments(root, draft)
    arrange(draft, root.children)
    return draft


def _counted(text: str, tokens: list[Token]) -> Draft:
    """Return a draft with the words of the file: those the parser shows, and those it has overlooked."""
    shown = "\n".join(_shown_text(token) for token in tokens)
    numbers = " ".join(token.info for token in tokens if token.type == "list_item_open")
    known = " ".join([*map(_apart, tokens), numbers, *map(_addresses, tokens)])
    overlooked = _bare_words(unescape(text)) - _bare_words(known)
    draft = Draft(count_words(f"{shown}\n{numbers}") + overlooked, numbering=count_words(numbers))
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                draft.drop("the words of a picture", f'"{child.content}"', child.content)
                draft.words += count_words(child.content)
    _tell(draft, tokens, shown)
    return draft


def _shown_text(token: Token) -> str:
    """Return the words of a block as a reader sees them."""
    if not token.children:
        return token.content
    return "".join(
        " " if child.type in _BREAKS else child.content * (child.type in _OWN_WORDS) for child in token.children
    )


def _apart(token: Token) -> str:
    """Return the words of a block parted where a link begins or ends, as they are in the file."""
    if not token.children:
        return token.content
    return "".join(
        child.content or (" " if child.type in _BREAKS or child.type.startswith("link") else "")
        for child in token.children
    )


def _addresses(token: Token) -> str:
    """Return what stands in a file beside the words: addresses and titles of links, languages of code."""
    found = [str(value) for child in token.children or () for value in child.attrs.values()]
    return " ".join([*map(unescape, found), token.info])


def _bare_words(text: str) -> Counter[str]:
    return count_words(_MARKS.sub("", text))


def _tell(draft: Draft, tokens: list[Token], shown: str) -> None:
    if html := len(_HTML.findall(shown)):
        draft.remarks.append(f"HTML is not read in Markdown; it stands in the text as typed: {html} tags.")
    starts = [
        str(token.attrs["start"]) for token in tokens if token.type == "ordered_list_open" and "start" in token.attrs
    ]
    if starts:
        draft.remarks.append(
            f"Lists that began at another number than 1 are numbered by the site: {', '.join(starts)}."
        )
