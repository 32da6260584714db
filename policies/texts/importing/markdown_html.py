"""Handles HTML in Markdown: what a browser shows or hides, and what only looks like HTML."""

import re
from html import escape

from markdown_it.token import Token

from policies.texts.importing.draft import Draft
from policies.texts.markup import BLOCKS, WITHOUT_CONTENT
from policies.texts.saying import gettext

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)(?:\s[^<>]*)?/?>")
_HIDDEN = re.compile(
    r"<(script|style|template|noscript|iframe)\b[^<>]{0,2000}>(.*?)(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "o:p",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "base",
        "body",
        "col",
        "colgroup",
        "head",
        "html",
        "img",
        "link",
        "meta",
        "picture",
        "source",
        "track",
        "area",
        "map",
        "param",
    ]
)
# The contents of these elements cannot become words of a policy.
_UNREAD = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "embed",
        "frame",
        "frameset",
        "iframe",
        "input",
        "math",
        "object",
        "progress",
        "meter",
        "select",
        "svg",
        "textarea",
        "video",
        "output",
        "datalist",
        "keygen",
        "marquee",
        "applet",
        "portal",
        "slot",
    ]
)
_KNOWN = _INLINE | _UNREAD | BLOCKS | WITHOUT_CONTENT


def settle_html(tokens: list[Token], draft: Draft) -> None:
    """Turn unknown tags ("Dear <name>") into words, and record elements that cannot be read."""
    found = [token for above in tokens for token in [above, *(above.children or [])]]
    for token in found:
        if token.type in ("html_block", "html_inline"):
            token.content = _with_unknown_tags_as_words(token.content, draft)
    html = " ".join(token.content for token in found if token.type in ("html_block", "html_inline"))
    for name in sorted({name.lower() for name in _TAG.findall(_COMMENT.sub(" ", html))} & _UNREAD):
        draft.unread.append(f"<{name}> cannot be read: only its words are in the document.")


def drop_hidden_html(html: str, draft: Draft) -> None:
    """Record comments, scripts and styles as dropped."""
    for match in _COMMENT.finditer(html):
        draft.drop_from_file(gettext("a comment"), _beginning(match[1]), match[1])
    for match in _HIDDEN.finditer(_COMMENT.sub(" ", html)):
        draft.drop_from_file(
            gettext("what stands in <%(tag)s>") % {"tag": match[1].lower()}, _beginning(match[2]), match[2]
        )


def _beginning(text: str) -> str:
    return f'"{" ".join(text.split())[:60]}"'


def _with_unknown_tags_as_words(html: str, draft: Draft) -> str:
    def settle(match: re.Match[str]) -> str:
        if match[1].lower() in _KNOWN:
            return match[0]
        draft.remarks.append(gettext("%(tag)s is no tag of HTML: it stands in the text as typed.") % {"tag": match[0]})
        return escape(match[0], quote=False)

    pieces = re.split(r"(<!--.*?(?:-->|\Z))", html, flags=re.DOTALL)
    return "".join(piece if piece.startswith("<!--") else _TAG.sub(settle, piece) for piece in pieces)
