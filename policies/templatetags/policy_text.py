"""Turns the words of documents and redlines into HTML: everything is escaped, and only known links are links."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe

from policies.document import Document, Run, Runs, clean_text
from policies.models.versions import PolicyVersion
from policies.reading import machine_readable
from policies.reading.addresses import absolute
from policies.reading.layout import Layout, lay_out

register = template.Library()

LINKS = ("https://", "http://", "mailto:", "tel:")


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


def json_ld(data: Any) -> SafeString:
    """Return a data block for search engines. Browsers do not run it, so the script policy does not refuse it."""
    block = json_script(data)
    return mark_safe(block.replace('type="application/json"', 'type="application/ld+json"', 1))  # noqa: S308


@register.filter
def breakable(text: str) -> SafeString:
    """Let a long digest wrap after every eighth letter, so that it fits on a narrow screen."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((text[at : at + 8],) for at in range(0, len(text), 8)))
