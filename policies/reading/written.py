"""The HTML of announced texts and of their redlines, written once in each process: what is frozen stays as it reads.

Kept by chain: the digest leaves out the addresses of sections, so that two versions with one digest may differ here.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from policies.reading.reading_time import minutes_to_read
from policies.reading.redline_page import RedlinePage, lay_out_redline
from policies.texts.redline import Redline, compare
from policies.versions.models import PolicyVersion

MOST: Final = 64
# Templates are indented for those who read them; a browser makes one blank of it.
INDENT: Final = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class ByChain:
    """A version, told apart by its chain."""

    chain: str
    version: PolicyVersion = field(compare=False)


def text_as_html(version: PolicyVersion) -> SafeString:
    """Return the HTML of an announced text."""
    return _text(ByChain(version.chain, version))


def minutes_of(version: PolicyVersion) -> int | None:
    """Return about how many minutes it takes to read an announced text; None where nobody can say."""
    return _minutes(ByChain(version.chain, version))


def redline_of(old: PolicyVersion, new: PolicyVersion) -> tuple[Redline, RedlinePage]:
    """Return the redline of two announced versions, and how it is laid out on a page."""
    return _redline(ByChain(old.chain, old), ByChain(new.chain, new))


def redline_as_html(old: PolicyVersion, new: PolicyVersion, *, side: bool) -> SafeString:
    """Return the HTML of a redline.

    Args:
        side: in two columns.
    """
    return _redline_as_html(ByChain(old.chain, old), ByChain(new.chain, new), side)


def forget() -> None:
    """Forget what was written: for tests, which make other texts with the same facts."""
    for written in (_text, _minutes, _redline, _redline_as_html):
        written.cache_clear()
    caches["template_fragments"].clear()


@lru_cache(MOST)
def _text(one: ByChain) -> SafeString:
    html = render_to_string("policies/document.html", {"document": one.version.document})
    return mark_safe(INDENT.sub("\n", html))  # noqa: S308  (what was safe, with fewer blanks)


@lru_cache(MOST)
def _minutes(one: ByChain) -> int | None:
    return minutes_to_read(one.version.document)


@lru_cache(MOST)
def _redline(old: ByChain, new: ByChain) -> tuple[Redline, RedlinePage]:
    redline = compare(old.version.document, new.version.document)
    return redline, lay_out_redline(redline)


@lru_cache(MOST)
def _redline_as_html(old: ByChain, new: ByChain, side: bool) -> SafeString:
    redline, laid_out = _redline(old, new)
    names = {
        "old_name": gettext("Version %(number)s") % {"number": old.version.number},
        "new_name": gettext("Version %(number)s") % {"number": new.version.number},
    }
    return render_to_string(
        "policies/redline/redline.html", {"redline": redline, "laid_out": laid_out, "side": side, **names}
    )
