"""Which requests a finished page may answer, which page that is, and how Django is asked for one for everybody."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final
from wsgiref.types import WSGIEnvironment

METHODS: Final = ("GET", "HEAD")
# What makes an answer its asker's own, or asks for another form of it.
OWN: Final = ("HTTP_AUTHORIZATION", "HTTP_ACCEPT_DATETIME")
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

    def __post_init__(self) -> None:
        names = "|".join(re.escape(name) for name in self.cookies)
        object.__setattr__(self, "ours", re.compile(rf"(?:^|[;,])\s*(?:{names})\s*(?:=|;|,|$)"))

    def key(self, environ: WSGIEnvironment) -> Key | None:
        """Return which page is asked for; nothing where only Django can tell."""
        get = environ.get
        if environ["REQUEST_METHOD"] not in METHODS or any(name in environ for name in OWN):
            return None
        if (cookies := get("HTTP_COOKIE")) and self.ours.search(cookies):
            return None
        path, host = environ["PATH_INFO"], get("HTTP_HOST", "")
        if host not in self.hosts or path.startswith(NO_PUBLIC_PAGE):
            return None
        query = get("QUERY_STRING", "")
        if query and (query := self.narrowed(query)) is None:
            return None
        return host, path, query, self.is_secure(environ), get("HTTP_SEC_GPC") == "1"

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

    def is_secure(self, environ: WSGIEnvironment) -> bool:
        if environ.get("wsgi.url_scheme") == "https":
            return True
        if self.secure_by is None:
            return False
        header, value = self.secure_by
        return bool(environ.get(header) == value)

    def neutral(self, environ: WSGIEnvironment, key: Key) -> WSGIEnvironment:
        """Return the request as anybody would send it: without what is of its asker alone."""
        host, _, query, _, refuses = key
        asked: WSGIEnvironment = {name: value for name, value in environ.items() if name in TAKEN_ALONG}
        asked |= {name: value for name, value in environ.items() if name.startswith("wsgi.")}
        asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "HTTP_HOST": host, "REMOTE_ADDR": "127.0.0.1"}
        if self.secure_by and self.secure_by[0] in environ:
            asked[self.secure_by[0]] = environ[self.secure_by[0]]
        if refuses:
            asked["HTTP_SEC_GPC"] = "1"
        return asked
