"""E-mail addresses in HTML, for people to read and copy, and not for programs that collect them; and back.

Around each @ stand words that browsers hide, and a link leads to a page of this site in place of the address. It is one
notation with two directions, so that a saved page is still read as the text that it shows.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Final

# What a text browser shows of it tells a person what to do.
GAP: Final = '<span class="shy" hidden>(leave this out)</span>'
_GAP = re.compile(r'<span class="shy" hidden(?:="")?>[^<]*</span>')
_LINK = re.compile(r'href="[^"]*/contact/write/([A-Za-z0-9_-]+=*)[^A-Za-z0-9_=-][^"]*"')
_PARTS = re.compile(r"(<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>|<[^<>]*>)", re.DOTALL | re.IGNORECASE)
_NAME = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")
_MAILTO = re.compile(r'\bhref="mailto:([^"]+)"', re.IGNORECASE)
# With a letter on one side at least: in tags and runs an address may be cut in two at its sign.
_AT = re.compile(r"(?<=[^\s@])@|@(?=[^\s@])")
_IN_JSON = re.compile(r'(?<=[^\s"@])@|(?<!")@(?=[^\s"@])')
# Browsers read no tags in these: what is hidden by a tag would be shown.
_WITHOUT_TAGS = frozenset({"textarea", "title", "option"})

# Returns the address of the page that stands in place of a mailbox.
LinkTo = Callable[[str], str]


def shy_html(html: str, link_to: LinkTo) -> str:
    """Return a page in which no e-mail address stands."""
    return "".join(_parts(html, link_to)) if "@" in html else html


def _parts(html: str, link_to: LinkTo) -> Iterator[str]:
    inside = ""
    for part in _PARTS.split(html):
        if part.startswith("<"):
            inside = _name(part)
            yield _shy_tag(part, inside, link_to)
        else:
            yield _AT.sub("&#64;" if inside in _WITHOUT_TAGS else f"{GAP}@{GAP}", part)


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def _shy_tag(tag: str, name: str, link_to: LinkTo) -> str:
    if name in ("script", "style"):
        return shy_json(tag) if name == "script" else tag
    return _MAILTO.sub(lambda found: f'href="{link_to(unescape(found[1]))}"', tag).replace("@", "&#64;")


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
