"""A finished answer: what is kept of it, the forms it is sent in, and when its reader has it already."""

import datetime as dt
import threading
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final
from wsgiref.types import WSGIEnvironment

from home.finished_pages.encodings import PACK, PACK_FOR_EVER, is_worth_packing, preferred
from home.finished_pages.headers import Headers

STATUSES: Final = ("200 ", "301 ", "404 ")
# Of one request, or made anew for each form.
NOT_KEPT: Final = {"content-length", "x-request-id", "vary", "connection", "date"}
# RFC 9110, 15.4.5.
NOT_MODIFIED: Final = {"cache-control", "content-location", "etag", "expires", "last-modified", "vary"}
# What an answer may vary on: each packing is a form of it, and the others are told apart before it is looked for.
TOLD_APART: Final = {"accept-encoding", "accept-datetime", "sec-gpc"}
OVERHEAD: Final = 8000  # bytes of an entry beside its bodies: above all headers, with their forms


class Form:
    """One packing of an answer: its headers, its body, and the headers for who has it already."""

    __slots__ = ("body", "headers", "headers_if_known")

    def __init__(self, headers: Headers, body: bytes) -> None:
        self.headers, self.body = headers, body
        self.headers_if_known = [header for header in headers if header[0].lower() in NOT_MODIFIED]


class Kept:
    """An answer that is sent again for as long as its stamp is the newest of its scope.

    Attributes:
        size: its bytes in memory, about.
        counted: those of them that the store has counted; none once it is dropped.
    """

    __slots__ = (
        "body",
        "counted",
        "etag",
        "forms",
        "headers",
        "is_there",
        "lock",
        "modified",
        "opened",
        "packable",
        "scope",
        "size",
        "stamp",
        "status",
        "stays",
        "used",
    )

    def __init__(self, status: str, headers: Headers, body: bytes, scope: str, stamp: object) -> None:
        """Keep an answer.

        Args:
            headers: as Django gave them.
            scope: whose generation it goes by.
            stamp: that generation, as it was before the page was made.
        """
        named = {name.lower(): value for name, value in headers}
        self.status, self.body, self.scope, self.stamp, self.used = status, body, scope, stamp, False
        self.opened, self.counted, self.is_there = "", 0, status.startswith("200")
        self.etag, self.modified = named.get("etag", ""), named.get("last-modified", "")
        self.stays = "immutable" in named.get("cache-control", "")
        self.packable = is_worth_packing(named.get("content-type", ""), body)
        vary = ", ".join(filter(None, (named.get("vary", ""), "Accept-Encoding" if self.packable else "")))
        kept = [header for header in headers if header[0].lower() not in NOT_KEPT]
        self.headers = [*kept, ("Vary", vary)] if vary else kept
        self.lock = threading.Lock()
        self.forms = {"": Form([*self.headers, _length(body)], body)}
        self.size = OVERHEAD + len(body)

    def form(self, accepted: str) -> Form:
        """Return the form that its reader takes; each is packed once."""
        packing = preferred(accepted) if accepted and self.packable else ""
        return self.forms.get(packing) or self._pack(packing)

    def _pack(self, packing: str) -> Form:
        pack = PACK_FOR_EVER if self.stays else PACK
        with self.lock:  # everybody who waited for the page wants it packed at once
            return self.forms.get(packing) or self._add_form(packing, pack[packing](self.body))

    def _add_form(self, packing: str, packed: bytes) -> Form:
        headers = [(name, weak(value) if name.lower() == "etag" else value) for name, value in self.headers]
        self.forms[packing] = Form([*headers, ("Content-Encoding", packing), _length(packed)], packed)
        self.size = OVERHEAD + sum(len(form.body) for form in tuple(self.forms.values()))
        return self.forms[packing]

    def take_over(self, before: "Kept") -> None:
        """Take the packed forms of an answer with the same words: packing takes as long as making a page."""
        if self.packable and before.body == self.body:
            for packing, form in before.forms.items():
                if packing and packing not in self.forms:
                    self._add_form(packing, form.body)

    def is_known(self, environ: WSGIEnvironment) -> bool:
        """Whether the reader has it already, by what a conditional request says. Source: RFC 9110, 13.2.2."""
        if not self.is_there:
            return False
        if known := environ.get("HTTP_IF_NONE_MATCH"):
            return bool(self.etag) and _names(known, self.etag)
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        if not since or not self.modified:
            return False
        return since == self.modified or _is_older(self.modified, since)


class Passes:
    """An address whose answer is not to be kept: whoever asks for it goes straight on to Django."""

    __slots__ = ("counted", "scope", "stamp", "used")
    size = 500

    def __init__(self, scope: str, stamp: object) -> None:
        self.scope, self.stamp, self.used, self.counted = scope, stamp, False, 0


def may_be_kept(status: str, headers: Iterable[tuple[str, str]]) -> bool:
    """Whether an answer says that it is the same for everybody."""
    named = {name.lower(): value for name, value in headers}
    public = "public" in {word.strip().lower() for word in named.get("cache-control", "").split(",")}
    varies = {word.strip().lower() for word in named.get("vary", "").split(",") if word.strip()}
    return status.startswith(STATUSES) and public and "set-cookie" not in named and not varies - TOLD_APART


def weak(etag: str) -> str:
    return etag if etag.startswith("W/") else f"W/{etag}"


def _length(body: bytes) -> tuple[str, str]:
    return "Content-Length", str(len(body))


@lru_cache(512)
def _names(known: str, etag: str) -> bool:
    return known.strip() == "*" or etag.removeprefix("W/") in {
        one.strip().removeprefix("W/") for one in known.split(",")
    }


def _is_older(modified: str, since: str) -> bool:
    at, known = _moment(modified), _moment(since)
    return at is not None and known is not None and at <= known


@lru_cache(512)
def _moment(text: str) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
