"""The editors' guide as a page: docs/editors.md made into HTML, with its pictures, for whoever may enter the CMS."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCS = Path(__file__).resolve().parents[3] / "docs"
GUIDE, PICTURES = DOCS / "editors.md", DOCS / "pictures"
PICTURE = re.compile(r"[a-z0-9-]+\.(?:webp|png)")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the guide, and its address on the page."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Guide:
    title: str
    html: SafeString
    chapters: tuple[Chapter, ...]


def read_guide() -> Guide | None:
    """Return the guide; None where it was not installed with the code."""
    if not GUIDE.exists():
        return None
    return _made(GUIDE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _made(text: str) -> Guide:
    """Return the text as HTML. The file is ours, and no HTML in it is taken for HTML."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    title, chapters = "", []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            words = tokens[place + 1].content
            token.attrSet("id", slugify(words))
            if token.tag == "h1":
                title = words
            if token.tag == "h2":
                chapters.append(Chapter(words, slugify(words)))
        for child in token.children or ():
            _in_the_cms(child)
    html = reader.renderer.render(_without_title(tokens), reader.options, {})
    return Guide(title, mark_safe(html), tuple(chapters))  # noqa: S308  (made of our own file, with html off)


def _without_title(tokens: list[Token]) -> list[Token]:
    """Leave out the first heading: the page has it already."""
    return tokens[3:] if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1" else tokens


def _in_the_cms(token: Token) -> None:
    """Have pictures come from the CMS, where only editors see them."""
    if token.type == "image":
        name = str(token.attrs["src"]).rpartition("/")[2]
        token.attrSet("src", reverse("policies_guide:picture", args=[name]))
        token.attrSet("loading", "lazy")
