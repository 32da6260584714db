"""A catalogue that puts marks around each word it is asked for, a world whose data have no Latin letter, and what is
then Latin outside of marks: words of ours that no translator is given."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.utils.translation import trans_real
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation

from tests.making.bare_words import READ_ALOUD, SILENT

OPEN, CLOSE = "⟦", "⟧"
# What reads the same in every language: addresses, files, digests, tags of languages, times and kinds of data.
NO_WORDS = re.compile(
    r"https?://\S+|[\w.+-]+@[\w.-]+|(?<![\w<])/[\w./?=&%#-]+|\b[\w-]+\.(?:txt|json|html|csv|zip|xml|py)\b"
    r"|policies/[\w.-]+|\b[A-Z]-[A-Z0-9]{6}\b|\b[0-9a-f]{7,64}\b|\b\d{4}-\d\d-\d\dT[\d:.+Z]+"
)
# Hidden, for programs that collect addresses.
GAP = "(leave this out)"
LATIN = re.compile(r"[A-Za-zÀ-ž]")
TO_GREEK = str.maketrans("abcdefghijklmnopqrstuvwxyz", "αβψδεφγηιξκλμνοπθρστθωςχυζ")


class Marked(DjangoTranslation):
    """The site's own language, with marks around all that goes through gettext."""

    def __init__(self, real: DjangoTranslation) -> None:
        self.__dict__.update(real.__dict__)

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message.rpartition(CONTEXT_SEPARATOR)[2]}{CLOSE}"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


@pytest.fixture
def marked(monkeypatch):
    """Let the site speak in marks."""
    speaks = Marked(trans_real.translation("en-gb"))
    monkeypatch.setattr(trans_real, "_translations", {"en-gb": speaks, "en": speaks})
    monkeypatch.setattr(trans_real, "_default", speaks)
    monkeypatch.delattr(trans_real._active, "value", raising=False)


def greek(text: str) -> str:
    """Return data for a person or an editor to have written."""
    return text.lower().translate(TO_GREEK)


def unmarked(text: str) -> list[str]:
    """Return the words of ours in a text that stand outside of marks, line by line."""
    text = text.replace(GAP, "")
    outside, depth = [], 0
    for piece in re.split(f"([{OPEN}{CLOSE}])", text):
        if piece in {OPEN, CLOSE}:
            depth = max(0, depth + (1 if piece == OPEN else -1))
        elif not depth:
            outside.append(piece)
    lines = NO_WORDS.sub("", "".join(outside)).splitlines()
    return [" ".join(line.split()) for line in lines if LATIN.search(line)]


def unmarked_in_page(html: str) -> list[str]:
    """Return the words of ours on a page, seen or read aloud, that stand outside of marks."""
    page = _Page()
    page.feed(html)
    page.close()
    return [*page.found, *page.end()]


# Words are in one element of these, whatever else is in it.
BLOCKS = {
    "address", "article", "aside", "blockquote", "button", "caption", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "footer", "form", "h1", "h2", "h3", "h4", "header", "label", "legend", "li", "main", "nav", "ol", "option", "p",
    "pre", "section", "summary", "table", "td", "textarea", "th", "title", "ul",
}  # fmt: skip


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.words: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent.append(tag)
        if tag in BLOCKS:
            self.end_block()
        known = dict(attrs)
        described = {"content"} if known.get("name") == "description" else set()
        button = {"value"} if known.get("type") in {"submit", "button"} and tag == "input" else set()
        for name, value in attrs:
            if value and name in READ_ALOUD | described | button:
                self.found += [f"{name}: {line}" for line in unmarked(unescape(value))]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()
        if tag in BLOCKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)

    def end_block(self) -> None:
        self.found += self.end()

    def end(self) -> list[str]:
        words, self.words = " ".join("".join(self.words).split()), []
        return unmarked(words)
