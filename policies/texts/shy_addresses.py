"""E-mail addresses in HTML, for people to read and copy, and not for programs that collect them; and back.

Around each @ stand words that browsers hide, and a link leads to a page of this site in place of the address. It is one
notation with two directions, so that a saved page is still read as the text that it shows.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from html import escape, unescape
from typing import Final

# What a text browser shows of it tells a person what to do.
GAP: Final = '<span class="shy" hidden>(leave this out)</span>'
_GAP = re.compile(r'<span class="shy" hidden(?:="")?>[^<]*</span>')
_LINK = re.compile(r'href="[^"]*/contact/write/([A-Za-z0-9_-]+=*)[^A-Za-z0-9_=-][^"]*"')
# All that may hold an address or must stay as it is; what else a page has is passed over at once.
_PLACES = re.compile(
    r"<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>"
    r"|<(?:textarea|title|option)\b[^<>]*>[^<]*"  # browsers read no tags in these: what a tag hides would be shown
    r'|<a\b[^<>]*href="mailto:[^<>]*>|<[^<>@]*@[^<>]*>|@',
    re.DOTALL | re.IGNORECASE,
)
_MAILTO = re.compile(r'\bhref="mailto:([^"]+)"', re.IGNORECASE)
_IN_JSON = re.compile(r'(?<=[^\s"@])@|(?<!")@(?=[^\s"@])')

# Returns the address of the page that stands in place of a mailbox.
LinkTo = Callable[[str], str]


def shy_html(html: str, link_to: LinkTo) -> str:
    """Return a page in which no e-mail address stands."""
    return _PLACES.sub(lambda found: _shy(found, link_to), html) if "@" in html or "mailto:" in html else html


def _shy(found: re.Match[str], link_to: LinkTo) -> str:
    place = found[0]
    if place == "@":
        return f"{GAP}@{GAP}" if _joins(found) else place
    if place[:7].lower() == "<script":
        return shy_json(place)
    if place[:6].lower() == "<style":
        return place
    place = _MAILTO.sub(lambda link: f'href="{link_to(unescape(link[1]))}"', place)
    return place.replace("@", "&#64;")


def _joins(found: re.Match[str]) -> bool:
    """Return whether a sign has anything beside it; tags count, since they may stand inside of an address."""
    around = found.string[max(found.start() - 1, 0) : found.end() + 1].strip()
    return len(around) > 1


def shy_json(data: str) -> str:
    """Return JSON that says the same without an address in it: only whoever reads JSON sees the sign. Keys stay."""
    return _IN_JSON.sub(r"\\u0040", data)


def shy_xml(data: str) -> str:
    """Return XML that says the same: only whoever reads XML sees the sign."""
    return data.replace("@", "&#64;")


def written_plainly(html: str) -> str:
    """Return a page of this site as it was before, with its addresses."""
    return _LINK.sub(lambda found: f'href="mailto:{escape(opened(found[1]))}"', _GAP.sub("", html))


def closed(mailbox: str) -> str:
    """Return a mailbox, with what follows a question mark in a link to it, in letters without an @."""
    return urlsafe_b64encode(mailbox.encode()).decode().rstrip("=")


def opened(letters: str) -> str:
    """Return the mailbox of `closed`; nothing where the letters are none of ours."""
    try:
        return urlsafe_b64decode(letters + "=" * (-len(letters) % 4)).decode()
    except ValueError:
        return ""
