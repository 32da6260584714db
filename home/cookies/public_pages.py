"""Which pages are counted at all: those that everybody reads, and whose address says nothing of who reads it."""

from typing import Final

from django.http import HttpRequest
from django.urls import Resolver404, resolve

PUBLIC: Final = frozenset(
    {
        "wagtail_serve",
        "contact",
        "cookies",
        *(
            f"policies:{name}"
            for name in ("index", "policy", "versions", "version", "on", "on_day", "choose", "compare", "verify")
        ),
    }
)


def is_public_page(request: HttpRequest) -> bool:
    """Whether a request asks for such a page: never the account, the CMS, its previews, or an address with a token."""
    if getattr(request, "is_preview", False):
        return False
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return False
    return match.view_name in PUBLIC
