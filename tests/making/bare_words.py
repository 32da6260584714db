"""Words in a template that stand outside of translate and blocktranslate, found without rendering it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

READ_ALOUD = {
    "title", "alt", "aria-label", "aria-description", "placeholder", "label",
    "data-label", "data-busy", "data-w-progress-active-value",
}  # fmt: skip
SILENT = {"script", "style", "code"}
LETTER = re.compile(r"[^\W\d_]")
ENTITY = re.compile(r"&#?\w+;")
WHOLE = {"blocktranslate": "endblocktranslate", "comment": "endcomment"}
# What a tag or filter is given to show: words begin with a capital or are several.
GIVEN = re.compile(r'(?:\b(\w+)=|\|(?:default|default_if_none|add|join|yesno):)"([^"]*)"')
WORDS = re.compile(r"[A-Z]|\w\W*\s\W*\w")
VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"


def bare_words(source: str, *, html: bool = True) -> list[str]:
    """Return the words of a template's source that no translator is given."""
    found: list[str] = []
    text = "".join(_pieces(source, found))
    if not html:
        return found + [line.strip() for line in text.splitlines() if LETTER.search(line)]
    page = _Page()
    page.feed(text)
    page.close()
    return found + page.found


def _pieces(source: str, found: list[str]) -> Iterator[str]:
    """Yield what is between the tags, a mark for each value; words in the tags themselves go to `found`."""
    until = ""
    for token in Lexer(source).tokenize():
        first = (token.contents.split(maxsplit=1) or [""])[0]
        if until:
            until = "" if (token.token_type, first) == (TokenType.BLOCK, until) else until
        elif token.token_type == TokenType.TEXT:
            yield token.contents
        elif token.token_type != TokenType.COMMENT:
            until = WHOLE.get(first, "") if token.token_type == TokenType.BLOCK else ""
            found += [] if until == "endcomment" else _given(first, token.contents)
            if token.token_type == TokenType.VAR:
                yield VALUE


def _given(tag: str, contents: str) -> list[str]:
    shown = [words for name, words in GIVEN.findall(contents) if WORDS.search(words) and name not in {"class", "id"}]
    english = ["|pluralize"] if "|pluralize" in contents else []
    return ([] if tag in {"url", "extends", "load"} else shown) + english


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        known = dict(attrs)
        read = READ_ALOUD | ({"content"} if known.get("name") == "description" else set())
        self.found += [value for name, value in attrs if name in read and value and LETTER.search(value)]
        if tag == "input" and known.get("type") == "submit":
            self.found += [value for value in [known.get("value")] if value and LETTER.search(value)]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent and LETTER.search(ENTITY.sub("", data)):
            self.found.append(" ".join(data.split()))
