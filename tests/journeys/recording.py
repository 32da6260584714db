"""A recorder: what a browser was given to keep, and whom its pages called, in one state of what its person chose."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request

# What scripts of the page may read; everything else is for the server alone.
FOR_SCRIPTS = {"csrftoken", "theme", "wagtail_sidebar_collapsed", "_ga", "_ga_*"}
NUMBERS = {"one": 1}
UNITS = {"year": 365, "week": 7, "day": 1}
KEYS = """async () => origin === "null" ? {} : ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  database: (await indexedDB.databases()).map(one => one.name),
  cache: await caches.keys(),
  worker: (await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
})"""
PLACES = {"local": "Local storage", "session": "Session storage"}  # as the page about cookies calls them
TOLERANCE = 300  # seconds: a busy machine is slow, not wrong


@dataclass(frozen=True)
class Told:
    """A row of the page about cookies, as people read it."""

    name: str
    place: str
    lasts: str

    @property
    def seconds(self) -> float | None:
        """How long it is said to last; None where it ends with the browser, or with its storage."""
        found = re.match(r"(\w+) (year|week|day)s?$", self.lasts)
        if not found:
            assert self.lasts.startswith("Until"), self.lasts
            return None
        number = NUMBERS.get(found[1].lower()) or int(found[1])
        return number * UNITS[found[2]] * 86400


def told_by(page: Page, url: str) -> list[Told]:
    """Read the register off the page about cookies."""
    page.goto(f"{url}/cookies/")
    rows = page.locator("table.versions tbody tr").evaluate_all(
        """rows => rows.map(row => [
             row.querySelector("code").textContent,
             row.querySelector("th .hint")?.textContent || "Cookie",
             row.querySelector("[data-label=Lasts]").textContent.trim()])"""
    )
    return [Told(*row) for row in rows]


@dataclass
class Recorder:
    """Follows one browser through the pages of the site."""

    context: BrowserContext
    url: str
    state: str
    scripts: bool = True
    cookies: dict[str, dict[str, object]] = field(default_factory=dict)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    elsewhere: list[tuple[str, str]] = field(default_factory=list)
    visited: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", self._look)

    def _look(self, request: Request) -> None:
        is_call = urlsplit(request.url).scheme in {"http", "https", "ws", "wss"}
        if is_call and not request.url.startswith(self.url):
            self.elsewhere.append((self.visited[-1] if self.visited else "", request.url))

    def visit(self, page: Page, path: str) -> None:
        self.visited.append(path)
        response = page.goto(self.url + path)
        assert response and response.status < 500, path
        self.note(page)

    def note(self, page: Page) -> None:
        """Write down what the browser holds now, with what is left of its life."""
        for cookie in self.context.cookies():
            left = None if cookie["expires"] == -1 else cookie["expires"] - time.time()
            self.cookies.setdefault(cookie["name"], {**cookie, "left": left, "first": self.visited[-1]})
        if self.scripts:
            for place, keys in page.evaluate(KEYS).items():
                for key in keys:
                    self.keys.setdefault((place, key), self.visited[-1])

    def undeclared(self, told: list[Told]) -> Iterator[str]:
        """Yield what was kept and is not on the page about cookies, or otherwise than it says."""
        for name, cookie in self.cookies.items():
            said = next((one for one in told if one.place == "Cookie" and fnmatchcase(name, one.name)), None)
            if said is None:
                yield f"{self.state}: the cookie {name}, first on {cookie['first']}, is not declared"
            else:
                yield from (f"{self.state}: {name} {wrong}" for wrong in differs(cookie, said))
        for (place, key), first in self.keys.items():
            where = PLACES.get(place, place)
            if not any(one.place == where and fnmatchcase(key, one.name) for one in told):
                yield f"{self.state}: the key {key} ({where}), first on {first}, is not declared"


def differs(cookie: dict[str, object], said: Told) -> Iterator[str]:
    left, lasts = cookie["left"], said.seconds
    if (left is None) != (lasts is None):
        yield f"lasts {left} seconds; told: {said.lasts}"
    elif left is not None and abs(left - lasts) > TOLERANCE:
        yield f"lasts {left:.0f} seconds; told: {said.lasts}"
    if cookie["httpOnly"] == (said.name in FOR_SCRIPTS):
        yield f"can{'not' if cookie['httpOnly'] else ''} be read by scripts"
    if cookie["sameSite"] != "Lax":
        yield f"is sent along from other sites: {cookie['sameSite']}"
    if cookie["domain"].startswith("."):
        yield f"is of the whole domain {cookie['domain']}"
