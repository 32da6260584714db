"""Turns the words of documents and redlines into HTML: everything is escaped, and only known links are links."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe

from policies.reading import machine_readable
from policies.reading.full_addresses import absolute
from policies.reading.layout import Layout, lay_out
from policies.texts.document import Document, Run, Runs, clean_text
from policies.texts.redline import Piece
from policies.versions.models import PolicyVersion

register = template.Library()

LINKS = ("https://", "http://", "mailto:", "tel:")
TAGS = {"inserted": "ins", "deleted": "del"}
HIDDEN = '<span class="visually-hidden">'


@register.filter
def words(runs: Runs) -> SafeString:
    """Return a line's words with their links, bold and italics."""
    return mark_safe("".join(map(_run, runs)))  # noqa: S308  (every part is escaped below)


def _run(run: Run) -> str:
    html: str = escape(run.text)
    if run.emphasis:
        html = f"<em>{html}</em>"
    if run.strong:
        html = f"<strong>{html}</strong>"
    return f'<a href="{escape(run.href)}">{html}</a>' if is_link(run.href) else html


def is_link(href: str) -> bool:
    """What was frozen is sanitised; what got past the door is not trusted here either."""
    return href.lower().startswith(LINKS) or (href.startswith("/") and href[1:2] not in ("/", "\\"))


@register.filter
def plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)


@register.filter
def plain_heading(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@register.filter
def layout(document: Document) -> Layout:
    return lay_out(document)


@register.filter
def prose(text: str) -> SafeString:
    """Return an editor's plain words as paragraphs, without what makes a text read differently from what it says."""
    lines = filter(None, (clean_text(line).strip() for line in text.splitlines()))
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


@register.filter
def one_line(text: str) -> str:
    return clean_text(text).strip()


@register.filter
def telephone(number: str) -> str:
    """Return what a telephone dials."""
    return "".join(sign for sign in number if sign in "+0123456789")


@register.filter
def day(date: dt.date) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), date_format(date, "j F Y"))


@register.filter
def local_day(moment: dt.datetime) -> SafeString:
    return day(timezone.localdate(moment))


@register.simple_tag
def address(name: str, *args: Any) -> str:
    """Return the full address of a page, for canonical links."""
    return absolute(f"policies:{name}", *args)


@register.simple_tag
def linked_data(version: PolicyVersion, publisher: str = "") -> SafeString:
    return json_ld(machine_readable.linked_data(version, publisher))


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Return both sides of a line in one, what came and went marked for eyes, ears and plain text."""
    return _joined(pieces, spoken=True)


@register.filter
def marked_silently(pieces: Iterable[Piece]) -> SafeString:
    """The same where the heading has said already that all of this came or went."""
    return _joined(pieces, spoken=False)


@register.filter
def old_side(pieces: Iterable[Piece]) -> SafeString:
    return _joined((piece for piece in pieces if piece.op != "inserted"), spoken=True)


@register.filter
def new_side(pieces: Iterable[Piece]) -> SafeString:
    return _joined((piece for piece in pieces if piece.op != "deleted"), spoken=True)


def _joined(pieces: Iterable[Piece], *, spoken: bool) -> SafeString:
    """Return marked pieces; a line that was replaced as a whole has no space of its own between old and new."""
    pieces = tuple(pieces)
    space = " " if [piece.op for piece in pieces] == ["deleted", "inserted"] else ""
    return mark_safe(space.join(_piece(piece, spoken=spoken) for piece in pieces))  # noqa: S308  (each is escaped)


def _piece(piece: Piece, *, spoken: bool) -> str:
    """Mark the words of a piece; the space before them stays outside of the mark."""
    html = words(piece.runs)
    if piece.op == "same":
        return html
    space = " " if html.startswith(" ") else ""
    before, after = (f"{HIDDEN}[{piece.op}: </span>", f"{HIDDEN}]</span>") if spoken else ("", "")
    tag = TAGS[piece.op]
    return f"{space}<{tag}>{before}{html[len(space) :]}{after}</{tag}>"


def json_ld(data: Any) -> SafeString:
    """Return a data block for search engines. Browsers do not run it, so the script policy does not refuse it."""
    block = json_script(data)
    return mark_safe(block.replace('type="application/json"', 'type="application/ld+json"', 1))  # noqa: S308


@register.filter
def breakable(text: str) -> SafeString:
    """Let a long digest wrap after every eighth letter, so that it fits on a narrow screen."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((text[at : at + 8],) for at in range(0, len(text), 8)))
