"""Which requests a finished page may answer, which page that is, and how Django is asked for one for everybody."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final
from wsgiref.types import WSGIEnvironment

METHODS: Final = ("GET", "HEAD")
TAKEN_ALONG: Final = ("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL")
NO_PUBLIC_PAGE: Final = (
    *("/static/", "/media/", "/documents/", "/cms/", "/account/"),
    *("/healthz", "/readyz", "/metrics"),  # for who asks, with what only they send
)

Key = tuple[str, str, str, bool, bool]


@dataclass(frozen=True)
class Reader:
    """Reads requests by what the site's settings say.

    Attributes:
        hosts: the names of the site; other names that Django may know go to Django.
        cookies: the names of the site's own cookies, which make an answer their bearer's own.
        queries: names that public pages read from the address, each with the values of it that are kept.
        secure_by: the header by which a proxy says that it was asked by HTTPS, with the value; nothing without one.
    """

    hosts: Collection[str]
    cookies: Collection[str]
    queries: Mapping[str, Collection[str]]
    secure_by: tuple[str, str] | None = None
    ours: re.Pattern[str] = field(init=False)
    header: str = field(init=False)
    says_secure: str = field(init=False)

    def __post_init__(self) -> None:
        names = "|".join(re.escape(name) for name in self.cookies)
        header, value = self.secure_by or ("", "no header")
        object.__setattr__(self, "header", header)
        object.__setattr__(self, "says_secure", value)
        object.__setattr__(self, "ours", re.compile(rf"(?:^|[;,])\s*(?:{names})\s*(?:=|;|,|$)"))

    def key(self, environ: WSGIEnvironment) -> Key | None:
        """Return which page is asked for; nothing where only Django can tell. Ask `is_public` of it, too."""
        get = environ.get
        if environ["REQUEST_METHOD"] not in METHODS:
            return None
        if "HTTP_AUTHORIZATION" in environ or "HTTP_ACCEPT_DATETIME" in environ:  # their own, or another version of it
            return None
        if (cookies := get("HTTP_COOKIE")) and self.ours.search(cookies):
            return None
        query = get("QUERY_STRING", "")
        if query and (query := self.narrowed(query)) is None:
            return None
        secure = environ["wsgi.url_scheme"] == "https" or get(self.header) == self.says_secure
        return get("HTTP_HOST", ""), environ["PATH_INFO"], query, secure, get("HTTP_SEC_GPC") == "1"

    def is_public(self, key: Key) -> bool:
        """Whether a page may be kept by what its address says: one of this site's, where public pages are."""
        return key[0] in self.hosts and not key[1].startswith(NO_PUBLIC_PAGE)

    def narrowed(self, query: str) -> str | None:
        """Return the part of a query that a page reads; nothing where its value is not among those that are kept."""
        kept = []
        for part in query.split("&"):
            name, _, value = part.partition("=")
            if "%" in name or "+" in name:
                return None  # `%76iew` is `view`
            if name in self.queries:
                if value not in self.queries[name]:
                    return None
                kept.append(part)
        return kept[0] if len(kept) == 1 else (None if kept else "")

    def neutral(self, environ: WSGIEnvironment, key: Key) -> WSGIEnvironment:
        """Return the request as anybody would send it: without what is of its asker alone."""
        host, _, query, _, refuses = key
        asked: WSGIEnvironment = {name: value for name, value in environ.items() if name in TAKEN_ALONG}
        asked |= {name: value for name, value in environ.items() if name.startswith("wsgi.")}
        asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "HTTP_HOST": host, "REMOTE_ADDR": "127.0.0.1"}
        if self.header in environ:
            asked[self.header] = environ[self.header]
        if refuses:
            asked["HTTP_SEC_GPC"] = "1"
        return asked
