"""The patterns of all addresses of the site."""

from django.urls import URLPattern, URLResolver, get_resolver


def all_patterns(resolver: URLResolver | None = None, prefix: str = ""):
    """Every address pattern with its whole path, in the order in which Django tries them."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern
        else:
            yield from all_patterns(pattern, prefix + str(pattern.pattern))
