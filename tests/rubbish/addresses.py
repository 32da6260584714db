"""Every address that the site knows, as templates to be filled in: from the resolver, so that none is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

OURS = ("plum", "home", "policies", "accounts")


@dataclass(frozen=True)
class Address:
    """A path with %(name)s for what varies, the names, and whether a view of ours answers there."""

    template: str
    names: tuple[str, ...]
    is_ours: bool


@cache
def addresses() -> tuple[Address, ...]:
    return tuple(sorted(set(_below(get_resolver(), "")), key=lambda address: (address.template, address.names)))


def _below(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        regex = prefix + entry.pattern.regex.pattern.removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _below(entry, regex)
        else:
            for template, names in normalize(regex.replace(r"\Z", "").replace("$", "")):
                yield Address("/" + template, tuple(names), _is_ours(entry))


def _is_ours(entry: URLPattern) -> bool:
    view = getattr(entry.callback, "view_class", entry.callback)
    return view.__module__.partition(".")[0] in OURS
