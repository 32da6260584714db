"""What a page asks people for: the fields of its forms, and the line beside each."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.urls import URLPattern, URLResolver, get_resolver

NOT_FILLED_IN = {"hidden", "submit", "button", "reset"}


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.posts, self.around = False, ""
        self.asked: list[tuple[str, set[str]]] = []
        self.told: set[str] = set()

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "form":
            self.posts = known.get("method", "get").lower() == "post"
        if tag == "fieldset":
            self.around = known.get("aria-describedby") or ""
        if "told" in (known.get("class") or "").split():
            self.told.add(known.get("id") or "")
        if self.posts and tag in ("input", "select", "textarea") and known.get("type") not in NOT_FILLED_IN:
            by = f"{known.get('aria-describedby') or ''} {self.around}"
            self.asked.append((known.get("name") or "", set(by.split())))

    def handle_endtag(self, tag):
        if tag == "form":
            self.posts = False
        if tag == "fieldset":
            self.around = ""


def fields_without_a_line(html: str) -> list[str]:
    """The names of the fields that people fill in to be sent, and that no line from the register describes."""
    page = _Fields()
    page.feed(html)
    return [name for name, by in page.asked if not by & page.told]


def fields_of(html: str) -> list[str]:
    page = _Fields()
    page.feed(html)
    return [name for name, _ in page.asked]


def addresses_without_arguments(patterns=None, before: str = "/") -> Iterator[str]:
    """Every page of the site that has one fixed address, the CMS left out."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = str(pattern.pattern)
        if route.startswith(("cms/", "^")) or "<" in route:
            continue
        if isinstance(pattern, URLResolver):
            yield from addresses_without_arguments(pattern.url_patterns, before + route)
        elif isinstance(pattern, URLPattern):
            yield before + route
