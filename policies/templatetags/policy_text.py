"""Turns the words of documents and redlines into HTML: everything is escaped, and only known links are links."""

import datetime as dt
from itertools import zip_longest

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe

from accounts.values.wording import day_in_words
from policies.reading import machine_readable, written
from policies.reading.full_addresses import absolute
from policies.reading.layout import Layout, lay_out
from policies.reading.leading_away import marks_of
from policies.texts.document import (
    LINE_BREAK,
    Block,
    Document,
    Run,
    Runs,
    clean_text,
    direction_of,
    on_one_line,
    plain_text,
    runs_from_the_right,
)
from policies.versions.models import PolicyVersion

register = template.Library()

LINKS = ("https://", "http://", "mailto:", "tel:")
FROM_THE_RIGHT, BY_ITS_WORDS = mark_safe(' dir="rtl"'), mark_safe(' dir="auto"')
SCRIPTS = {"super": "sup", "sub": "sub"}


@register.filter
def text_as_html(version: PolicyVersion) -> SafeString:
    return written.text_as_html(version)


@register.simple_tag
def redline_as_html(old: PolicyVersion, new: PolicyVersion, side: bool) -> SafeString:
    return written.redline_as_html(old, new, side=side)


@register.filter
def words(runs: Runs) -> SafeString:
    """Return a line's words with their links, bold and italics."""
    return mark_safe("".join(map(_run, runs)))  # noqa: S308  (every part is escaped below)


def _run(run: Run) -> str:
    html: str = escape(run.text).replace(LINE_BREAK, "<br>")
    if run.script:
        html = f"<{SCRIPTS[run.script]}>{html}</{SCRIPTS[run.script]}>"
    if run.emphasis:
        html = f"<em>{html}</em>"
    if run.strong:
        html = f"<strong>{html}</strong>"
    return f'<a href="{escape(run.href)}"{marks_of(run.href)}>{html}</a>' if is_link(run.href) else html


def is_link(href: str) -> bool:
    """What was frozen is sanitised; what got past the door is not trusted here either."""
    return href.lower().startswith(LINKS) or (href.startswith("/") and href[1:2] not in ("/", "\\"))


@register.filter
def language(part: Document | Block) -> SafeString:
    """Return the attribute that says the language of a text or a block, where one is said."""
    return format_html(' lang="{}"', part.lang) if part.lang else mark_safe("")


@register.filter
def setting(part: Document | Block) -> SafeString:
    """Return the attributes for what holds several lines: its language, and the side from which that is read."""
    return format_html('{} dir="{}"', language(part), direction_of(part.lang)) if part.lang else mark_safe("")


@register.filter
def direction(runs: Runs, around: str = "") -> SafeString:
    """Return the attribute for one line. The browser finds its direction by its first letter.

    In a text that is read from the right, a line that begins with a foreign name is read from the right all the same.
    """
    from_right = around == "rtl" and runs_from_the_right(plain_text(runs))
    return FROM_THE_RIGHT if from_right else BY_ITS_WORDS


@register.filter
def plain(runs: Runs) -> str:
    """Return a line without markup; raised and lowered words keep their meaning."""
    return plain_text(on_one_line(runs))


@register.filter
def labelled(row: tuple[Runs, ...], header: tuple[Runs, ...]) -> list[tuple[Runs, Runs]]:
    """Return each cell of a row with the head of its column: on a phone the row is a card, and each cell says both."""
    return list(zip_longest(header, row, fillvalue=()))


@register.filter
def layout(document: Document) -> Layout:
    return lay_out(document)


@register.filter
def minutes(version: PolicyVersion) -> int | None:
    """Return about how many minutes it takes to read a version; None where nobody can say."""
    return written.minutes_of(version)


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
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), day_in_words(date))


@register.filter
def local_day(moment: dt.datetime) -> SafeString:
    return day(timezone.localdate(moment))


@register.simple_tag
def address(name: str, *args: object) -> str:
    """Return the full address of a page, for canonical links."""
    return absolute(f"policies:{name}", *args)


@register.simple_tag
def linked_data(version: PolicyVersion, publisher: str = "") -> SafeString:
    return json_ld(machine_readable.linked_data(version, publisher))


@register.simple_tag
def json_ld(data: object) -> SafeString:
    """Return a data block for search engines. Browsers do not run it, so the script policy does not refuse it."""
    block = json_script(data)
    return mark_safe(block.replace('type="application/json"', 'type="application/ld+json"', 1))  # noqa: S308


@register.filter
def breakable(text: str) -> SafeString:
    """Let a long digest wrap after every eighth letter, so that it fits on a narrow screen."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((text[at : at + 8],) for at in range(0, len(text), 8)))
